/**
 * Fits the training constants (parameters.mjs) to published runs and writes what it found:
 *
 *   node tests/calibration/fit-training.mjs CASES.json [--write] [--quick]
 *
 * CASES.json: an array of cases with `measured` (docs/calibration/training.md says which were used; they are not part of the
 * project); those of measurements/, which are, are added. Robust loss in logarithms, one vote per source, model and accelerator;
 * of many rows of one vote a few, evenly spaced, take part in the fit, errors are of all. Every error that is reported as left
 * out comes from a fit that saw no run of that source family; those decide which constants are fitted at all and how firmly
 * they hold on to where they start.
 * --quick fits with the usual firmness only. Without --write it only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gatheredCases } from './gathered-cases.mjs';
import { parameters } from './parameters.mjs';
import { loadTraining, weightsOf } from './training-cases.mjs';
import { TrainingFit } from './training-fit.mjs';
import { loss, summary, writeReport } from './training-report.mjs';

const options = process.argv.slice(2);
const [path] = options.filter((option) => !option.startsWith('--'));
if (path === undefined) {
  console.error('Usage: node tests/calibration/fit-training.mjs CASES.json [--write] [--quick]');
  process.exit(2);
}
/** Priors hold as firmly as they are stated: other firmnesses are tried to show what they would change, see decision 21. */
const usualScale = 1;
/** A constant whose fit raises the loss on families left out by more stays where it starts. */
const leastGain = -0.0005;
const scales = options.includes('--quick') ? [usualScale] : [0.5, 1, 2, 3];

const cases = [...JSON.parse(readFileSync(path, 'utf8')), ...gatheredCases('training')];
const engine = await loadTraining(parameters);
const fit = new TrainingFit(engine, cases, parameters);

// First every constant is fitted, to see which of them pay on families left out.
const first = fit.whole(usualScale);
const firstRows = engine.rowsOf(cases, first.logs);
const lossWith = (kept) =>
  loss(fit.leftOut(firstRows, first, usualScale, { kept }), weightsOf(firstRows));
const lossOfAll = lossWith(new Set());
const gains = parameters.map(({ key }) => ({
  key,
  gain: lossWith(new Set([key])) - lossOfAll,
}));
const kept = new Set(gains.filter(({ gain }) => gain < leastGain).map(({ key }) => key));
for (const { key, gain } of gains) console.log(`${key}: ${gain.toFixed(5)} less loss left out`);

// Then those that pay, with priors of several firmnesses.
let from = first.logs;
const tried = scales.map((scale) => {
  const whole = fit.whole(scale, { from, kept });
  from = whole.logs;
  const rows = engine.rowsOf(cases, whole.logs);
  const weights = weightsOf(rows);
  const fitted = engine.errorsOf(rows, whole.logs);
  const leftOut = fit.leftOut(rows, whole, scale, { kept });
  console.log(`priors × ${scale}: fitted`, summary(fitted, weights), 'left out', {
    ...summary(leftOut, weights),
    loss: loss(leftOut, weights),
  });
  return { scale, whole, rows, weights, fitted, leftOut };
});
const chosen = tried.find(({ scale }) => scale === usualScale);
const { scale, whole, rows, weights, fitted } = chosen;
const leftOut = fit.leftOut(rows, whole, scale, { renew: true, kept });
const values = whole.logs.map(Math.exp);
const memory = engine.memoryErrors(cases, whole.logs);

for (const family of fit.families) {
  const at = rows.map((row, i) => (row.family === family ? i : -1)).filter((i) => i >= 0);
  const pick = (list) => at.map((i) => list[i]);
  console.log(`${family}: left out ${at.length} rows,`, summary(pick(leftOut), pick(weights)));
}
parameters.forEach(({ key, start, unit }, i) =>
  console.log(`${key}: ${start} -> ${values[i].toPrecision(3)} ${unit}`),
);
console.log(
  'memory',
  summary(
    memory,
    memory.map(() => 1),
  ),
);
console.log(`chosen: priors × ${scale}, fitted`, summary(fitted, weights));
console.log('refitted without each family', summary(leftOut, weights));
await engine.close();
if (options.includes('--write')) {
  const found = {
    rows,
    weights,
    fitted,
    leftOut,
    memory,
    parameters,
    values,
    tried,
    scale,
    kept,
  };
  writeReport({ ...found, writeFileSync });
}
