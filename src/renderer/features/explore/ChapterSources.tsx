import { UnstyledButton } from '@mantine/core';
import { memo, useId, useState } from 'react';
import { SourceChip } from '../../report/source/SourceChip';
import classes from './explore.module.css';

interface ChapterSourcesProps {
  /** source ids with spaces between them: a text, so that the same sources are not drawn again */
  readonly ids: string;
}

/** What a chapter rests on: folded on the screen, unfolded on paper. */
export const ChapterSources = memo(function ChapterSources({ ids }: ChapterSourcesProps) {
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  return (
    <div className={classes.sources}>
      <UnstyledButton
        className={classes.unfold}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setIsOpen((wasOpen) => !wasOpen)}
      >
        Sources of this chapter
      </UnstyledButton>
      <ul id={listId} hidden={!isOpen}>
        {ids.split(' ').map((id) => (
          <li key={id}>
            <SourceChip sourceId={id} />
          </li>
        ))}
      </ul>
    </div>
  );
});
