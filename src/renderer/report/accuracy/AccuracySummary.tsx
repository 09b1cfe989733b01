import { trainingAccuracy } from '@shared/calibration/training-accuracy';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { AccuracyTable } from './AccuracyTable';
import classes from './accuracy.module.css';

/** How far predictions of training lie from published runs, and how the ranges are learned. */
export function AccuracySummary({ isShort = false }: { readonly isShort?: boolean }) {
  const { locale } = useReport();
  const { rows, families, fitted, leftOut, coverage, ranges } = trainingAccuracy;
  const { byFamily, byAccelerator, byModelKind } = trainingAccuracy;
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const count = (value: number) => formatValue(value, '1', locale);
  return (
    <div className={classes.stack}>
      <p className={classes.text}>
        {`Compared with ${count(rows)} published runs from ${count(families)} sources. With a source left out of the fit, half of its runs lie within ${percent(leftOut.median)} of the prediction and nine in ten within ${percent(leftOut.p90)}; in the fit it is ${percent(fitted.median)} and ${percent(fitted.p90)}.`}
      </p>
      <p className={classes.text}>
        {`A range divides and multiplies the prediction by 1 + e; e holds four of five left-out errors of the kind of run. Learned from half of the sources, the ranges hold ${coverage.map(percent).join(' and ')} of the other half.`}
      </p>
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
      {!isShort && byModelKind && <AccuracyTable by="kind of model" rows={byModelKind} />}
      {!isShort && byAccelerator && <AccuracyTable by="accelerator" rows={byAccelerator} />}
      {!isShort && byFamily && <AccuracyTable by="source" rows={byFamily} />}
    </div>
  );
}
