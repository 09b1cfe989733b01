/**
 * Fits the serving constants (resources/catalogue/assumptions-serving.json) to published measurements and prints the error
 * on the rows used and, by leaving out whole source families, on rows not used.
 *
 *   node tests/calibration/fit-inference.mjs CASES.json [--write] [--fine] [--quick] [--only=PATTERN]
 *
 * CASES.json: published serving measurements in the format of the estimate command. They are not part of this project.
 * --quick leaves out the folds. --only fits the constants whose names match and keeps the rest. --write stores the constants and the ranges, and docs/calibration/inference.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fitConstants, loadEstimator, touchedCases } from './inference-fit.mjs';
import { measuredRows, summary } from './inference-errors.mjs';
import { intervalFactors, writeReport } from './inference-report.mjs';

const options = process.argv.slice(2);
const [casesFile] = options.filter((option) => !option.startsWith('--'));
if (!casesFile) {
  console.error(
    'Usage: node tests/calibration/fit-inference.mjs CASES.json [--write] [--fine] [--quick]',
  );
  process.exit(2);
}
const steps = options.includes('--fine') ? [0.3, 0.15, 0.07] : [0.2, 0.08];
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const estimator = await loadEstimator();
const only = new RegExp(options.find((option) => option.startsWith('--only='))?.slice(7) ?? '');
const chosen = (values) =>
  Object.fromEntries(Object.entries(values).filter(([key]) => only.test(key)));
const start = chosen(estimator.constants());

/** Families are dealt to folds by size, so that every fold leaves out about as many groups. */
const folds = 5;
const families = [...new Set(cases.map((row) => row.id.split('-')[0]))];
const foldOf = new Map(families.map((family, index) => [family, index % folds]));
const inFold = (row, fold) => foldOf.get(row.id.split('-')[0]) === fold;

const touched = touchedCases(estimator, cases, start);
const fitted = fitConstants(estimator, cases, start, steps, touched);
const inSample = measuredRows(cases, estimator.predict(cases, fitted));
console.log('in sample', JSON.stringify(summary(inSample)));

if (options.includes('--write')) estimator.store(fitted);
const leftOut = [];
for (let fold = 0; fold < folds && !options.includes('--quick'); fold += 1) {
  const train = cases.filter((row) => !inFold(row, fold));
  const held = cases.filter((row) => inFold(row, fold));
  const constants = fitConstants(
    estimator,
    train,
    { ...start, ...chosen(estimator.handSet()) },
    steps,
    touched,
  );
  leftOut.push(...measuredRows(held, estimator.predict(held, constants)));
  console.log(`fold ${fold} left out`, JSON.stringify(summary(leftOut)));
}
if (options.includes('--write') && leftOut.length > 0) {
  const ranges = intervalFactors(leftOut);
  estimator.store({ ...fitted, ...ranges });
  writeFileSync(
    'docs/calibration/inference.md',
    writeReport({ inSample, leftOut, start, fitted, ranges }),
  );
}
await estimator.close();
