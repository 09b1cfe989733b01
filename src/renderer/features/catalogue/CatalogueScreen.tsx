import { Button, SegmentedControl, Select, Switch, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useMemo } from 'react';
import { usePlan, usePlanCatalogue } from '../../document/document';
import { ReportProvider } from '../../report/report-context';
import classes from './catalogue.module.css';
import { kindOf } from './catalogue-kinds';
import { setCatalogueView, useCatalogueView } from './catalogue-store';
import { ChartPanel } from './ChartPanel';
import { ComparePanel } from './ComparePanel';
import { entriesOf, filterEntries, type Entry } from './entries';
import { EntryDetails } from './EntryDetails';
import { EntryTable } from './EntryTable';
import { KindList } from './KindList';
import { PartEditor } from './PartEditor';
import { PartFiles } from './PartFiles';

/** Every fact that plans are computed with: found, compared, drawn, and added to. */
export function CatalogueScreen() {
  const plan = usePlan();
  const catalogue = usePlanCatalogue();
  const key = useCatalogueView((view) => view.kind);
  const search = useDeferredValue(useCatalogueView((view) => view.search));
  const group = useCatalogueView((view) => view.group);
  const isOwnOnly = useCatalogueView((view) => view.isOwnOnly);
  const view = useCatalogueView((state) => state.view);
  const chosenId = useCatalogueView((state) => state.chosenId);
  const comparedIds = useCatalogueView((state) => state.comparedIds);
  const editing = useCatalogueView((state) => state.editing);
  const kind = kindOf(key);
  const entries = useMemo(() => entriesOf(key, catalogue), [key, catalogue]);
  const found = useMemo(
    () => filterEntries(entries, { search, group, isOwnOnly }),
    [entries, search, group, isOwnOnly],
  );
  const chosen = entries.find(({ id }) => id === chosenId) ?? null;
  const compared = comparedIds.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  return (
    <ReportProvider catalogue={catalogue}>
      <main className={classes.screen} id="main">
        <KindList />
        <div className={classes.shelf}>
          <h1 className={classes.title}>{kind.title}</h1>
          <Tools entries={entries} shown={found.length} compared={compared.length} />
          {view === 'compare' && compared.length > 1 ? (
            <ComparePanel entries={compared} />
          ) : view === 'chart' ? (
            <ChartPanel key={key} kind={kind} entries={found} catalogue={catalogue} />
          ) : found.length === 0 ? (
            <p className={classes.quiet}>Nothing here matches. Clear the search or the filter.</p>
          ) : (
            <EntryTable key={key} kind={kind} entries={found} />
          )}
        </div>
        {chosen !== null && <EntryDetails kind={kind} entry={chosen} catalogue={catalogue} />}
        {editing !== null && plan !== null && kind.partKind !== null && (
          <PartEditor
            kind={kind.partKind}
            mode={editing}
            base={editing === 'blank' ? null : chosen}
            plan={plan}
            catalogue={catalogue}
          />
        )}
      </main>
    </ReportProvider>
  );
}

interface ToolsProps {
  readonly entries: readonly Entry[];
  readonly shown: number;
  readonly compared: number;
}

/** How many entries are shown; where nothing is asked for, how many more a search finds. */
function countText(entries: readonly Entry[], shown: number, isAsked: boolean): string {
  if (shown === entries.length) return `${shown} entries`;
  const rest = entries.length - shown;
  return isAsked
    ? `${shown} of ${entries.length} entries`
    : `${shown} entries; a search finds ${rest} more`;
}

function Tools({ entries, shown, compared }: ToolsProps) {
  const plan = usePlan();
  const { kind, view, search, group, isOwnOnly } = useCatalogueView((state) => state);
  const { partKind } = kindOf(kind);
  const groups = useMemo(
    () => [...new Set(entries.map((entry) => entry.group))].filter((name) => name !== '').sort(),
    [entries],
  );
  return (
    <div className={classes.tools}>
      <TextInput
        type="search"
        aria-label="Search this shelf"
        placeholder="Name, maker or alias"
        leftSection={<IconSearch size="0.875rem" stroke={1.75} />}
        value={search}
        w={220}
        onChange={(event) => setCatalogueView({ search: event.currentTarget.value })}
      />
      {groups.length > 1 && (
        <Select
          aria-label="Maker or group"
          placeholder="All"
          data={groups}
          value={group}
          w={150}
          clearable
          searchable
          onChange={(chosen) => setCatalogueView({ group: chosen })}
        />
      )}
      {partKind !== null && (
        <Switch
          size="xs"
          label="Your own only"
          checked={isOwnOnly}
          onChange={(event) => setCatalogueView({ isOwnOnly: event.currentTarget.checked })}
        />
      )}
      <span className={classes.quiet} role="status">
        {countText(entries, shown, search.trim() !== '' || group !== null || isOwnOnly)}
      </span>
      <SegmentedControl
        aria-label="Show as"
        ml="auto"
        value={view}
        onChange={(chosen) => setCatalogueView({ view: chosen })}
        data={[
          { value: 'list', label: 'List' },
          {
            value: 'compare',
            label: compared > 0 ? `Compare ${compared}` : 'Compare',
            disabled: compared < 2,
          },
          { value: 'chart', label: 'Chart' },
        ]}
      />
      {partKind !== null && (
        <>
          <Button
            variant="default"
            leftSection={<IconPlus size="0.875rem" stroke={1.75} />}
            disabled={plan === null}
            onClick={() => setCatalogueView({ editing: 'blank' })}
          >
            Add your own…
          </Button>
          <PartFiles />
        </>
      )}
    </div>
  );
}
