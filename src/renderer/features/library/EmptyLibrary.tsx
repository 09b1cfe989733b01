import { Button, EmptyState } from '@mantine/core';
import { performCommand } from '../../app/app-commands';
import { searchLibrary } from './library-store';

interface EmptyLibraryProps {
  readonly search: string;
}

/** What stands where plans will be, with the ways to the first one. */
export function EmptyLibrary({ search }: EmptyLibraryProps) {
  if (search.trim() !== '') {
    return (
      <EmptyState
        py="xl"
        size="sm"
        title={`No plan matches “${search.trim()}”`}
        description="The search looks at names, notes, models and systems."
      >
        <EmptyState.Actions>
          <Button variant="default" onClick={() => searchLibrary('')}>
            Clear search
          </Button>
        </EmptyState.Actions>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      py="xl"
      size="sm"
      title="No plans yet"
      description="Start from the hardware at hand, from what has to be served or trained, or from a template below."
    >
      <EmptyState.Actions>
        <Button onClick={() => performCommand('file.new')}>I know my cluster</Button>
        <Button variant="default" onClick={() => performCommand('file.newFromDemand')}>
          I know my demand
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
