import { Button, Popover, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Failure } from '@shared/result';
import { goToLibrary } from '../../app/navigation';
import { planDocument, useSaveState } from '../../document/document';
import classes from './header.module.css';

/** Says whether everything is on disk; when not, why, and what can be done. */
export function SaveIndicator() {
  const save = useSaveState();
  if (save.kind === 'failed') return <NotSaved failure={save.failure} />;
  const isSaved = save.kind === 'saved';
  return (
    <span className={classes.save} role="status">
      {isSaved && <IconCheck size="0.8125rem" stroke={2} aria-hidden />}
      {isSaved ? 'Saved' : 'Saving…'}
    </span>
  );
}

interface NotSavedProps {
  readonly failure: Failure;
}

function NotSaved({ failure }: NotSavedProps) {
  const isConflict = failure.kind === 'conflict';
  return (
    <Popover width={340} position="bottom-start" withArrow>
      <Popover.Target>
        <Button
          size="compact-xs"
          color="red"
          variant="light"
          flex="none"
          role="alert"
          leftSection={<IconAlertTriangle size="0.8125rem" stroke={2} />}
        >
          Not saved
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="xs">Not saved: {failure.message}</Text>
        <Text size="xs" c="dimmed" mt="xs">
          {isConflict
            ? 'The changes are kept in this window until one of the versions is chosen.'
            : 'The changes are kept in this window, and saving is tried again by itself.'}
        </Text>
        <Button
          mt="sm"
          variant="default"
          onClick={() => void (isConflict ? planDocument.saveOnTop() : planDocument.flush())}
        >
          {isConflict ? 'Save this version as the newest' : 'Try again now'}
        </Button>
        {isConflict && (
          <Button mt="sm" ml="sm" variant="subtle" onClick={() => void goToLibrary()}>
            Go to the library
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
