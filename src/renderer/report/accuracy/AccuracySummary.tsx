import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { accuracyOf, type AccuracySubject } from './accuracy-subject';
import { AccuracyTable } from './AccuracyTable';
import classes from './accuracy.module.css';

interface AccuracySummaryProps {
  readonly subject: AccuracySubject;
  readonly isShort?: boolean;
}

/** How far predictions lie from what was published, and how the ranges are learned. */
export function AccuracySummary({ subject, isShort = false }: AccuracySummaryProps) {
  const { locale } = useReport();
  const found = accuracyOf[subject];
  const { rows, families, fitted, leftOut, coverage, ranges, tables, unseen } = found;
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const count = (value: number) => formatValue(value, '1', locale);
  return (
    <div className={classes.stack}>
      <p className={classes.text}>
        {`Compared with ${count(rows)} ${found.compared} from ${count(families)} sources. With a source left out of the fit, half of its ${found.errorsOf} lie within ${percent(leftOut.median)} of the prediction and nine in ten within ${percent(leftOut.p90)}; in the fit it is ${percent(fitted.median)} and ${percent(fitted.p90)}.`}
      </p>
      <p className={classes.text}>
        {`${found.rangeRule} ${found.rangeHeld(coverage.map(percent).join(' and '))}`}
      </p>
      <p className={classes.text}>
        {`Nothing was fitted to ${count(unseen.rows)} further ${found.compared} from ${count(unseen.families)} other sources, among them machines and software that the fit never saw: half lie within ${percent(unseen.median)}, nine in ten within ${percent(unseen.p90)}, and the ranges hold ${percent(unseen.inRange)}. Expect that much where your set-up is unlike those compared.`}
      </p>
      {ranges.length > 0 && (
        <DataTable
          caption="Ranges by kind of run"
          columns={[
            { key: 'kind', title: 'Kind of run' },
            { key: 'rows', title: 'Runs', isNumber: true },
            { key: 'error', title: 'e', isNumber: true },
          ]}
          rows={ranges.map(({ kind, rows: seen, error }) => [
            kind,
            numberCell(seen, '1'),
            numberCell(error, 'fraction'),
          ])}
        />
      )}
      {tables
        .filter(({ isAlwaysShown }) => isAlwaysShown || !isShort)
        .map(({ by, rows: entries }) => (
          <AccuracyTable key={by} by={by} rows={entries} />
        ))}
    </div>
  );
}
