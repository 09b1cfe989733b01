import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react';
import type { TableData } from '@shared/table/cell';
import { tsvText } from '@shared/table/delimited';
import { tableRecords } from '@shared/table/records';
import { useReport } from '../report-context';
import type { TableFormat } from './table-file';

interface TableActionsProps {
  readonly title: string;
  readonly table: () => TableData;
}

const icon = { size: '0.875rem', stroke: 1.75, 'aria-hidden': true } as const;

/** Copies a table and writes it to a file: raw numbers, units in the heading. Nothing on paper. */
export function TableActions({ title, table }: TableActionsProps) {
  const { mode, tables, isInPopover } = useReport();
  if (mode === 'print' || tables === null) return null;
  async function exportAs(format: TableFormat) {
    const { tableFileBytes } = await import('./table-file');
    const bytes = await tableFileBytes(tableRecords(table()), format, title);
    tables?.exportFile({ title, format, bytes });
  }
  return (
    <Menu
      position="bottom-end"
      withinPortal={!isInPopover}
      floatingStrategy={isInPopover ? 'fixed' : 'absolute'}
    >
      <Menu.Target>
        <ActionIcon size="sm" aria-label={`Copy or export the table “${title}”`}>
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy {...icon} />}
          onClick={() => tables.copy(tsvText(tableRecords(table())), 'The table was')}
        >
          Copy table
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeCsv {...icon} />} onClick={() => void exportAs('csv')}>
          Export CSV…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconFileSpreadsheet {...icon} />}
          onClick={() => void exportAs('xlsx')}
        >
          Export XLSX…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
