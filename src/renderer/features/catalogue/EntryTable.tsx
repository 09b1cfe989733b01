import { Badge, Checkbox, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { noValue } from '@shared/format/value';
import { dayCell, factCell, type TableCell, type TableColumn } from '@shared/table/cell';
import tables from '../../report/chart/table.module.css';
import { CellContent } from '../../report/table/CellContent';
import { ColumnHeading } from '../../report/table/ColumnHeading';
import { useTableOrder } from '../../report/table/table-order';
import { TableActions } from '../../report/table/TableActions';
import classes from './catalogue.module.css';
import type { CatalogueKind } from './catalogue-kinds';
import {
  comparedLimit,
  setCatalogueView,
  toggleCompared,
  useCatalogueView,
} from './catalogue-store';
import type { Entry } from './entries';

interface EntryTableProps {
  readonly kind: CatalogueKind;
  readonly entries: readonly Entry[];
}

const rowHeight = 34;

function cellsOf({ columns }: CatalogueKind, entry: Entry): readonly TableCell[] {
  return [
    entry.name,
    entry.group,
    entry.date === null ? noValue : dayCell(entry.date),
    ...columns.map((key): TableCell => {
      const found = entry.facts.find((each) => each.key === key);
      const cell = factCell(found?.fact, found?.unit);
      return { ...cell, low: undefined, high: undefined };
    }),
  ];
}

function columnsOf(kind: CatalogueKind, entries: readonly Entry[]): readonly TableColumn[] {
  const labels = new Map(
    entries.flatMap(({ facts }) => facts.map(({ key, label }) => [key, label] as const)),
  );
  return [
    { key: 'name', title: 'Name' },
    { key: 'group', title: kind.key === 'prices' ? 'Provider' : 'Maker or group' },
    { key: 'date', title: kind.key === 'prices' ? 'Quoted on' : 'Released' },
    ...kind.columns.map((key) => ({ key, title: labels.get(key) ?? key, isNumber: true })),
  ];
}

/** Up and down move from entry to entry, also to those that are not drawn yet. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** The entries of a shelf, as many drawn as are in sight. */
export function EntryTable({ kind, entries }: EntryTableProps) {
  const room = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => entries.map((entry) => cellsOf(kind, entry)), [kind, entries]);
  const columns = useMemo(() => columnsOf(kind, entries), [kind, entries]);
  const kept = useTableOrder(rows);
  // eslint-disable-next-line react-hooks/incompatible-library -- the rows are drawn anew whenever it moves
  const virtual = useVirtualizer({
    count: kept.places.length,
    getScrollElement: () => room.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const drawn = virtual.getVirtualItems();
  const before = drawn[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <div className={classes.list} ref={room}>
      <table
        className={tables.table}
        aria-label={kind.title}
        aria-rowcount={kept.places.length + 1}
        onKeyDown={moveFocus}
      >
        <thead className={classes.stickyHead}>
          <tr>
            <th scope="col" className={classes.tick}>
              <TableActions
                title={kind.title}
                table={() => ({ columns, rows: kept.places.map((place) => rows[place] ?? []) })}
              />
            </th>
            {columns.map((column, index) => (
              <ColumnHeading key={column.key} column={column} index={index} kept={kept} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {drawn.map(({ index }) => {
            const place = kept.places[index] ?? 0;
            const entry = entries[place];
            return (
              entry && (
                <EntryRow key={entry.id} entry={entry} cells={rows[place] ?? []} row={index + 2} />
              )
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

interface EntryRowProps {
  readonly entry: Entry;
  readonly cells: readonly TableCell[];
  readonly row: number;
}

function EntryRow({ entry, cells, row }: EntryRowProps) {
  const isChosen = useCatalogueView(({ chosenId }) => chosenId === entry.id);
  const isCompared = useCatalogueView(({ comparedIds }) => comparedIds.includes(entry.id));
  const isFull = useCatalogueView(({ comparedIds }) => comparedIds.length >= comparedLimit);
  const [, ...others] = cells;
  return (
    <tr aria-rowindex={row} data-chosen={isChosen || undefined} className={classes.row}>
      <td className={classes.tick}>
        <Checkbox
          size="xs"
          aria-label={`Compare ${entry.name}`}
          checked={isCompared}
          disabled={isFull && !isCompared}
          onChange={() => toggleCompared(entry.id)}
        />
      </td>
      <th scope="row">
        <UnstyledButton
          className={classes.entry}
          data-entry
          aria-pressed={isChosen}
          onClick={() => setCatalogueView({ chosenId: entry.id })}
        >
          {entry.name}
        </UnstyledButton>
        {entry.isOwn && (
          <Badge size="xs" ml={6}>
            Your own
          </Badge>
        )}
        {entry.isOld && (
          <Badge size="xs" ml={6} color="orange">
            Old price
          </Badge>
        )}
      </th>
      {others.map((cell, index) => (
        <td key={index} data-number={index > 1}>
          <CellContent cell={cell} />
        </td>
      ))}
    </tr>
  );
}
