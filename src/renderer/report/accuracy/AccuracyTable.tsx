import type { AccuracyEntry } from '@shared/calibration/accuracy-entry';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import classes from './accuracy.module.css';

interface AccuracyTableProps {
  /** what the groups are: "metric", "source" */
  readonly by: string;
  readonly rows: readonly AccuracyEntry[];
}

/** Median error of each group with its source left out: bars, and all four figures as a table. */
export function AccuracyTable({ by, rows }: AccuracyTableProps) {
  const { locale } = useReport();
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const sorted = rows.toSorted((one, other) => other.leftOut.median - one.leftOut.median);
  const [worst] = sorted;
  if (worst === undefined) return null;
  const title = `By ${by}: worst predicted is ${worst.name}, ${percent(worst.leftOut.median)}`;
  const most = Math.max(0.01, ...sorted.map(({ leftOut }) => leftOut.median));
  return (
    <ChartFrame
      title={title}
      description="Median error with the source left out of the fit."
      isTablePrinted={false}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'name', title: 'Group' },
            { key: 'rows', title: 'Runs', isNumber: true },
            { key: 'in', title: 'Fitted, median', isNumber: true },
            { key: 'in90', title: 'Fitted, p90', isNumber: true },
            { key: 'out', title: 'Left out, median', isNumber: true },
            { key: 'out90', title: 'Left out, p90', isNumber: true },
          ]}
          rows={sorted.map(({ name, rows: count, fitted, leftOut }) => [
            name,
            numberCell(count, '1'),
            ...[fitted.median, fitted.p90, leftOut.median, leftOut.p90].map((error) =>
              numberCell(error, 'fraction'),
            ),
          ])}
        />
      }
    >
      <ul className={classes.bars}>
        {sorted.map(({ name, rows: count, leftOut }) => (
          <li key={name}>
            <span className={classes.name}>{name}</span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                style={{ width: `${(100 * leftOut.median) / most}%` }}
              />
            </span>
            <span className={classes.amount}>{percent(leftOut.median)}</span>
            <span className={classes.count}>{`${formatValue(count, '1', locale)} runs`}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}
