import type { BillLine } from '@engine/facility/bill';
import { billColumns, billTableCells } from '@shared/format/bill-table';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { BillNotes } from './BillNotes';
import classes from './facility.module.css';

interface BillTableProps {
  readonly lines: readonly BillLine[];
  readonly title: string;
  readonly description: string;
}

/** The bill of materials with what its quantities and prices rest on: on paper that stands once, after all bills. */
export function BillTable({ lines, title, description }: BillTableProps) {
  const { mode } = useReport();
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
      {mode === 'screen' && <BillNotes lines={lines} />}
    </div>
  );
}
