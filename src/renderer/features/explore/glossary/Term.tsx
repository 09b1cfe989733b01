import { LazyPopover } from '../../../report/popover/LazyPopover';
import { useReport } from '../../../report/report-context';
import { SourceChip } from '../../../report/source/SourceChip';
import { findTerm } from './glossary-terms';
import classes from './glossary.module.css';

interface TermProps {
  readonly id: string;
  /** the word as the sentence has it */
  readonly children: string;
}

/** A word in a sentence that opens its meaning. On paper it is a word like any other. */
export function Term({ id, children }: TermProps) {
  const { mode } = useReport();
  const { term, meaning, sources } = findTerm(id);
  if (mode === 'print') return <>{children}</>;
  return (
    <LazyPopover
      label={term}
      position="bottom"
      width={320}
      padding="sm"
      button={{ className: classes.word, title: `What is meant by ${term}`, children }}
    >
      {() => (
        <div className={classes.meaning}>
          <strong>{term}</strong>
          <p>{meaning}</p>
          {sources.map((source) => (
            <SourceChip key={source} sourceId={source} />
          ))}
        </div>
      )}
    </LazyPopover>
  );
}
