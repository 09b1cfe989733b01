/**
 * Fits the serving constants (resources/catalogue/assumptions-serving.json) to published measurements and prints the error
 * on the rows used and, by leaving out whole source families, on rows not used.
 *
 *   node tests/calibration/fit-inference.mjs CASES.json [--write] [--quick]
 *
 * CASES.json: published serving measurements in the format of the estimate command. They are not part of this project.
 * Every constant has a prior (inference-start.json, inference-parameters.mjs); how firm all of them are, and which kinds of
 * constants are fitted at all, is decided by the errors on families left out. --quick fits with the usual firmness only.
 * --write stores the constants and the ranges, and docs/calibration/inference.{md,json}.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { InferenceFit, loadEstimator } from './inference-fit.mjs';
import { loss, summary } from './inference-errors.mjs';
import { servingParameters } from './inference-parameters.mjs';
import { accuracyJson, intervalFactors, writeReport } from './inference-report.mjs';

const options = process.argv.slice(2);
const [casesFile] = options.filter((option) => !option.startsWith('--'));
if (!casesFile) {
  console.error('Usage: node tests/calibration/fit-inference.mjs CASES.json [--write] [--quick]');
  process.exit(2);
}
const isQuick = options.includes('--quick');
const usualScale = 4;
/** A kind of constants whose fit raises the loss on families left out by more is not fitted. */
const leastGain = -0.0005;
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const estimator = await loadEstimator();
const parameters = servingParameters();

function report(label, inSample, leftOut) {
  console.log(
    `${label}: in sample ${loss(inSample).toFixed(4)}, left out ${loss(leftOut).toFixed(4)}`,
  );
  console.log('  in sample', JSON.stringify(summary(inSample)));
  console.log('  left out ', JSON.stringify(summary(leftOut)));
}

// First every constant is fitted, to see which kinds of them pay on families left out.
const every = new InferenceFit(estimator, cases, parameters);
const first = every.whole(usualScale);
const firstLeftOut = every.leftOut(first, usualScale);
report('all constants', every.rowsAt(first.logs), firstLeftOut);
const kindOf = ({ key }) => key.split('.')[1];
const kinds = [...new Set(parameters.map(kindOf))].map((kind) => {
  const kept = new RegExp(`^serving\\.${kind}(\\.|$)`);
  const count = parameters.filter((one) => kindOf(one) === kind).length;
  const gain = isQuick
    ? Infinity
    : loss(every.leftOut(first, usualScale, { kept })) - loss(firstLeftOut);
  console.log(`${kind} (${count}): ${gain.toFixed(4)} less loss on families left out`);
  return { kind, count, gain, isFitted: gain >= leastGain };
});

// Then those that pay, with priors of several firmnesses.
const pays = new Set(kinds.filter(({ isFitted }) => isFitted).map(({ kind }) => kind));
const free = parameters.filter((one) => pays.has(kindOf(one)));
const fixed = Object.fromEntries(
  parameters.filter((one) => !pays.has(kindOf(one))).map(({ key, start }) => [key, start]),
);
const fit = new InferenceFit(estimator, cases, free, fixed);
const tried = [];
let from = fit.start;
for (const scale of isQuick ? [usualScale] : [1, 2, 4]) {
  const whole = fit.whole(scale, from);
  from = whole.logs;
  const inSample = fit.rowsAt(whole.logs);
  const leftOut = fit.leftOut(whole, scale);
  tried.push({ scale, whole, inSample, leftOut });
  report(`priors × ${scale}`, inSample, leftOut);
}
const chosen = tried.reduce((one, other) =>
  loss(other.leftOut) < loss(one.leftOut) ? other : one,
);
const { scale, whole, inSample } = chosen;
const leftOut = isQuick ? chosen.leftOut : fit.leftOut(whole, scale, { renew: true });
report('chosen, refitted without each family', inSample, leftOut);

if (options.includes('--write')) {
  const fitted = fit.valuesOf(whole.logs);
  const ranges = intervalFactors(leftOut);
  estimator.store({ ...fitted, ...ranges });
  const found = { inSample, leftOut, parameters, fitted, ranges, tried, kinds, scale };
  writeFileSync('docs/calibration/inference.md', writeReport(found));
  writeFileSync(
    'docs/calibration/inference.json',
    `${JSON.stringify(accuracyJson(found), null, 2)}\n`,
  );
}
await estimator.close();
