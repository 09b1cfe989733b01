import { Table } from '@mantine/core';
import type { PlanSummary } from '@shared/ipc/contract';
import classes from './library.module.css';
import { PlanRow } from './PlanRow';

interface PlanTableProps {
  readonly plans: readonly PlanSummary[];
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
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table className={classes.table} aria-label="Plans" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Changed</Table.Th>
            <Table.Th ta="right">Accelerators</Table.Th>
            <Table.Th>Workloads</Table.Th>
            <Table.Th aria-label="Actions" w={44} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={moveFocus}>
          {plans.map((plan) => (
            <PlanRow key={plan.id} plan={plan} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
