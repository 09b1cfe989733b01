import { inferenceAccuracy } from '@shared/calibration/inference-accuracy';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import { AccuracyTable } from './AccuracyTable';
import classes from './accuracy.module.css';

/** How far predictions of serving lie from published measurements, and how the ranges are learned. */
export function InferenceAccuracySummary({ isShort = false }: { readonly isShort?: boolean }) {
  const { locale } = useReport();
  const { rows, families, fitted, leftOut, coverage } = inferenceAccuracy;
  const { byMetric, byAccelerator, byFamily } = inferenceAccuracy;
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const count = (value: number) => formatValue(value, '1', locale);
  return (
    <div className={classes.stack}>
      <p className={classes.text}>
        {`Compared with ${count(rows)} published figures from ${count(families)} sources. With a source left out of the fit, half of its throughputs lie within ${percent(leftOut.median)} of the prediction and nine in ten within ${percent(leftOut.p90)}; in the fit it is ${percent(fitted.median)} and ${percent(fitted.p90)}.`}
      </p>
      <p className={classes.text}>
        {`A range is set so that it holds four of five left-out errors of the kind of run; over all of them the ranges hold ${percent(coverage)}.`}
      </p>
      <AccuracyTable by="metric" rows={byMetric} />
      {!isShort && <AccuracyTable by="accelerator, throughput" rows={byAccelerator} />}
      {!isShort && <AccuracyTable by="source" rows={byFamily} />}
    </div>
  );
}
