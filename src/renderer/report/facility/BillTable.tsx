import type { BillLine } from '@engine/facility/bill';
import { billColumns, billTableCells } from '@shared/format/bill-table';
import { DataTable } from '../chart/DataTable';
import { BillNotes } from './BillNotes';
import classes from './facility.module.css';

interface BillTableProps {
  readonly lines: readonly BillLine[];
  readonly title: string;
  readonly description: string;
}

/** The bill of materials with what its quantities and prices rest on. */
export function BillTable({ lines, title, description }: BillTableProps) {
  return (
    <div>
      <div className={classes.billTitle}>{title}</div>
      <div className={classes.quiet}>{description}</div>
      <DataTable
        caption={title}
        isCaptionHidden
        columns={billColumns}
        rows={lines.map(billTableCells)}
      />
      <BillNotes lines={lines} />
    </div>
  );
}
