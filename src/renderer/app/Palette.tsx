import { Kbd } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { PlanSummary } from '@shared/ipc/contract';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { usePlanWhile } from '../document/document';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import {
  catalogueEntries,
  commandEntries,
  glossaryEntries,
  libraryEntries,
  planEntries,
  searchEntries,
  type PaletteEntry,
} from './palette-entries';

const groups: readonly PaletteEntry['group'][] = [
  'Commands',
  'Parts of this plan',
  'Inputs',
  'Plans',
  'Catalogue',
  'Glossary',
];

/** One search over commands, the open plan's parts and inputs, the library and the catalogue. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [hasChosen, setHasChosen] = useState(false);
  const [plans, setPlans] = useState<readonly PlanSummary[]>([]);
  const plan = usePlanWhile(isOpen);
  const entries = isOpen
    ? searchEntries(
        [
          ...commandEntries(),
          ...(plan ? planEntries(plan) : []),
          ...libraryEntries(plans),
          ...catalogueEntries(bundledCatalogue),
          ...glossaryEntries(),
        ],
        query,
      )
    : [];

  async function readPlans() {
    const listed = await invoke('library.list', { search: '', includeArchived: false });
    if (listed.ok) setPlans(listed.value);
    else noticeFailure(listed.error);
  }

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      size={600}
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      // What was chosen takes the focus: giving it back would take it away from there.
      returnFocus={!hasChosen}
      onSpotlightOpen={() => {
        setIsOpen(true);
        setHasChosen(false);
        void readPlans();
      }}
      onSpotlightClose={() => setIsOpen(false)}
    >
      <Spotlight.Search
        aria-label="Search commands, plans and fields"
        placeholder="Search commands, plans, inputs, models, systems"
        leftSection={<IconSearch size="1rem" stroke={1.75} />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => {
          const members = entries.filter((entry) => entry.group === group);
          return (
            members.length > 0 && (
              <Spotlight.ActionsGroup key={group} label={group}>
                {members.map((entry) => (
                  <Spotlight.Action
                    key={entry.id}
                    label={entry.label}
                    description={entry.description}
                    rightSection={entry.shortcut && <Kbd>{entry.shortcut}</Kbd>}
                    onClick={() => {
                      setHasChosen(true);
                      entry.perform();
                    }}
                  />
                ))}
              </Spotlight.ActionsGroup>
            )
          );
        })}
        {entries.length === 0 && <Spotlight.Empty>Nothing has this name</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
