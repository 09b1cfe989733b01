import { Table } from '@mantine/core';
import { useMemo } from 'react';
import type { PlanSummary } from '@shared/ipc/contract';
import { numberCell, type TableCell } from '@shared/table/cell';
import { SortButton } from '../../report/table/SortButton';
import { sortState, useTableOrder } from '../../report/table/table-order';
import { TableActions } from '../../report/table/TableActions';
import classes from './library.module.css';
import { PlanRow } from './PlanRow';
import { workloadText } from './workload-text';

interface PlanTableProps {
  readonly plans: readonly PlanSummary[];
}

const columns = [
  { key: 'name', title: 'Name' },
  { key: 'changed', title: 'Changed' },
  { key: 'accelerators', title: 'Accelerators', isNumber: true },
  { key: 'workloads', title: 'Workloads' },
];

function planCells(plan: PlanSummary): readonly TableCell[] {
  return [plan.name, plan.updatedAt, numberCell(plan.accelerators, ''), workloadText(plan)];
}

function moveFocus(event: React.KeyboardEvent<HTMLTableSectionElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-plan-name]')];
  const current = links.findIndex((link) => link === document.activeElement);
  if (current === -1) return;
  event.preventDefault();
  links[current + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
}

/** Every plan in a row; arrow keys move between names, Enter opens, F2 renames, Delete deletes. */
export function PlanTable({ plans }: PlanTableProps) {
  const rows = useMemo(() => plans.map(planCells), [plans]);
  const { order, places, sort } = useTableOrder(rows);
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table className={classes.table} aria-label="Plans" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ key, title, isNumber }, index) => (
              <Table.Th
                key={key}
                aria-sort={sortState(order, index)}
                {...(isNumber ? { ta: 'right' } : {})}
              >
                <SortButton title={title} column={index} order={order} sort={sort} />
              </Table.Th>
            ))}
            <Table.Th aria-label="Actions" w={44}>
              <TableActions
                title="Plans"
                table={() => ({ columns, rows: places.map((place) => rows[place] ?? []) })}
              />
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={moveFocus}>
          {places.map((place) => {
            const plan = plans[place];
            return plan && <PlanRow key={plan.id} plan={plan} />;
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
