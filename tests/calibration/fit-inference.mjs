/**
 * Fits the serving constants (resources/catalogue/assumptions-serving.json) to published measurements and prints the error
 * on the rows used and, by leaving out whole source families, on rows not used.
 *
 *   node tests/calibration/fit-inference.mjs CASES.json [--write] [--quick]
 *
 * CASES.json: published serving measurements in the format of the estimate command. They are not part of this project; those
 * of tests/calibration/measurements are, and are fitted with them.
 * Every constant has a prior (inference-start.json, inference-parameters.mjs); how firm all of them are, and which kinds of
 * constants are fitted at all, is decided by the mean of the loss on families left out and on models of a family left out: new
 * measurements come from new sources as well as of new models from known ones. --quick fits with the usual firmness only;
 * --kinds=FILE takes what each kind is worth from a run before (docs/calibration/inference-kinds.json) instead of asking again,
 * and leaves families out along the derivatives of the whole fit.
 * --write stores the constants and the ranges, and docs/calibration/inference.{md,json}.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gatheredCases } from './gathered-cases.mjs';
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
const kindsFile = options.find((option) => option.startsWith('--kinds='))?.slice(8);
const usualScale = 2;
/** A kind of constants whose fit raises the loss on what is left out by more is not fitted. */
const leastGain = -0.0005;
const cases = [...JSON.parse(readFileSync(casesFile, 'utf8')), ...gatheredCases('serving')];
const estimator = await loadEstimator();
const parameters = servingParameters();

function report(label, inSample, { family, model }) {
  console.log(
    `${label}: in sample ${loss(inSample).toFixed(4)}, families left out ${loss(family).toFixed(4)}, models ${loss(model).toFixed(4)}`,
  );
  console.log('  in sample', JSON.stringify(summary(inSample)));
  console.log('  families ', JSON.stringify(summary(family)));
  console.log('  models   ', JSON.stringify(summary(model)));
}

/** Rows predicted with constants fitted without their family, and without their model of that family. */
function bothLeftOut(fit, whole, scale, options = {}) {
  const [family, model] = ['family', 'model'].map((by) =>
    fit.leftOut(whole, scale, { ...options, by }),
  );
  return { family, model };
}

const judged = ({ family, model }) => (loss(family) + loss(model)) / 2;

const kindOf = ({ key }) => {
  const [, kind] = key.split('.');
  // Servers differ in nothing more than in this: each decides for itself.
  return kind === 'requestOverhead' ? key.slice('serving.'.length) : kind;
};

/** How much the fit of each kind of constants lowers the loss on what is left out, all others being fitted. */
function gainsOfKinds() {
  if (kindsFile) return JSON.parse(readFileSync(kindsFile, 'utf8'));
  const every = new InferenceFit(estimator, cases, parameters);
  const first = every.whole(usualScale);
  const firstLeftOut = bothLeftOut(every, first, usualScale);
  report('all constants', every.rowsAt(first.logs), firstLeftOut);
  const gains = {};
  for (const kind of isQuick ? [] : new Set(parameters.map(kindOf))) {
    const kept = parameters.filter((one) => kindOf(one) === kind).map(({ key }) => key);
    const without = judged(bothLeftOut(every, first, usualScale, { kept }));
    gains[kind] = without - judged(firstLeftOut);
    console.log(
      `${kind} (${kept.length}): ${gains[kind].toFixed(4)} less loss on what is left out`,
    );
  }
  return gains;
}

// First every constant is fitted, to see which kinds of them pay on families left out.
const gains = gainsOfKinds();
const kinds = [...new Set(parameters.map(kindOf))].map((kind) => {
  const kept = parameters.filter((one) => kindOf(one) === kind).map(({ key }) => key);
  const gain = gains[kind] ?? Infinity;
  return { kind, kept, gain, isFitted: gain >= leastGain };
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
for (const scale of isQuick ? [usualScale] : [1, 2, 3]) {
  const whole = fit.whole(scale, from);
  from = whole.logs;
  const inSample = fit.rowsAt(whole.logs);
  const leftOut = bothLeftOut(fit, whole, scale);
  tried.push({ scale, whole, inSample, leftOut });
  report(`priors × ${scale}`, inSample, leftOut);
}
const chosen = tried.reduce((one, other) =>
  judged(other.leftOut) < judged(one.leftOut) ? other : one,
);
const { scale, whole, inSample } = chosen;
const isAlong = isQuick || Boolean(kindsFile);
const leftOut = isAlong ? chosen.leftOut.family : fit.leftOut(whole, scale, { renew: true });
report('chosen, refitted without each family', inSample, {
  family: leftOut,
  model: chosen.leftOut.model,
});

if (options.includes('--write')) {
  const fitted = fit.valuesOf(whole.logs);
  const ranges = intervalFactors(leftOut);
  estimator.store({ ...fitted, ...ranges });
  const found = { inSample, leftOut, parameters, fitted, ranges, tried, kinds, scale };
  writeFileSync('docs/calibration/inference-kinds.json', `${JSON.stringify(gains, null, 2)}\n`);
  writeFileSync('docs/calibration/inference.md', writeReport(found));
  writeFileSync(
    'docs/calibration/inference.json',
    `${JSON.stringify(accuracyJson(found), null, 2)}\n`,
  );
}
await estimator.close();
