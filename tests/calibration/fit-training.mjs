/**
 * Fits the training constants (parameters.mjs) to published runs and writes what it found:
 *
 *   node tests/calibration/fit-training.mjs CASES.json [--write]
 *
 * Of many rows of one source, model and accelerator a few, evenly spaced, take part in the fit; errors are of all.
 *
 * CASES.json: an array of cases with `measured` (docs/calibration/training.md says which were used; they are not part of the
 * project). Robust loss in logarithms, one vote per source, model and accelerator; every error that is reported as left out
 * comes from a fit that saw no run of that source family. Without --write it only prints.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';
import { fit } from './fit.mjs';
import { parameters } from './parameters.mjs';
import { summary, writeReport } from './training-report.mjs';

const [path, ...flags] = process.argv.slice(2);
if (path === undefined) {
  console.error('Usage: node tests/calibration/fit-training.mjs CASES.json [--write]');
  process.exit(2);
}
const metrics = [
  'tokens_per_s_per_gpu',
  'iteration_s',
  'tflops_per_gpu',
  'mfu',
  'hfu',
  'gpu_hours',
  'days',
];
const times = new Set(['iteration_s', 'gpu_hours', 'days']);
const smallestFold = 20;
const mostRowsOfGroup = 6;

const server = await createServer({
  configFile: 'vite.cli.config.ts',
  server: { middlewareMode: true },
  logLevel: 'error',
});
const { bundledCatalogue } = await server.ssrLoadModule('/src/shared/catalogue/bundled.ts');
const { settleCase } = await server.ssrLoadModule('/src/cli/estimate/estimate.ts');
const { predictTraining, acceleratorsOf } = await server.ssrLoadModule(
  '/src/cli/estimate/training-metrics.ts',
);
const { readTrainingConstants } = await server.ssrLoadModule('/src/engine/training/constants.ts');
const { trainingMemory } = await server.ssrLoadModule('/src/engine/training/memory.ts');
const { coverageOf } = await server.ssrLoadModule('/src/cli/estimate/training-interval.ts');

function constantsOf(values) {
  const assumptions = { ...bundledCatalogue.assumptions };
  parameters.forEach(({ key }, i) => {
    assumptions[`training.${key}`] = { ...assumptions[`training.${key}`], value: values[i] };
  });
  return readTrainingConstants(assumptions);
}

function rowsOf(cases, values) {
  const constants = constantsOf(values);
  return cases.flatMap((raw) => {
    const metric = metrics.find(
      (name) => typeof raw.measured?.[name] === 'number' && raw.measured[name] > 0,
    );
    if (metric === undefined) return [];
    const settled = settleCase(raw, bundledCatalogue, constants);
    const family = raw.id.split('-')[0];
    return [
      {
        id: raw.id,
        metric,
        settled,
        family,
        measured: raw.measured[metric],
        accelerator: raw.hardware.accelerator,
        coverage: coverageOf(settled),
        kind: settled.job.parameters.expertLayers > 0 ? 'experts' : 'dense',
        group: `${family}|${raw.model?.name}|${raw.hardware.accelerator}|${metric}`,
      },
    ];
  });
}

/** ln(predicted speed / measured speed). */
function errorsOf(rows, values) {
  const constants = constantsOf(values);
  return rows.map(({ settled, metric, measured }) => {
    const { job, machine, convention } = settled;
    const { predicted } = predictTraining(job, machine.device, constants, convention, {
      ...settled,
      count: acceleratorsOf(job),
    });
    return (times.has(metric) ? -1 : 1) * Math.log(predicted[metric] / measured);
  });
}

/** ln(predicted / reported) of peak memory, where a run reports it ('47GB', as binary gigabytes). */
function memoryErrors(cases, values) {
  const constants = constantsOf(values);
  return cases.flatMap((raw) => {
    const reported = Number.parseFloat(raw.measured?.memory_reported);
    if (!(reported > 0) || !/\dG/.test(raw.measured.memory_reported)) return [];
    const { job } = settleCase(raw, bundledCatalogue, constants);
    return [Math.log(trainingMemory(job, constants).total / (reported * 2 ** 30))];
  });
}

function weightsOf(rows) {
  const sizes = new Map();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return rows.map(({ group }) => 1 / sizes.get(group));
}

/** At most a few rows of every group, evenly spaced; the group's weight stays one. */
function thinned(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups.values()].flatMap((members) => {
    const kept = Math.min(members.length, mostRowsOfGroup);
    return Array.from(
      { length: kept },
      (_, i) => members[Math.floor(((i + 0.5) * members.length) / kept)],
    );
  });
}

const cases = JSON.parse(readFileSync(path, 'utf8'));
function fitRows(rows, start, iterations) {
  const few = thinned(rows);
  return fit(parameters, (values) => errorsOf(few, values), weightsOf(few), start, iterations);
}

let values = parameters.map(({ key }) => bundledCatalogue.assumptions[`training.${key}`].value);
for (let pass = 0; pass < 2; pass += 1) {
  values = fitRows(rowsOf(cases, values), values, 12);
}
const rows = rowsOf(cases, values);
const weights = weightsOf(rows);
const fitted = errorsOf(rows, values);
const memory = memoryErrors(cases, values);

const counts = new Map();
for (const { family } of rows) counts.set(family, (counts.get(family) ?? 0) + 1);
const foldOf = (family) => (counts.get(family) >= smallestFold ? family : 'small sources');
const leftOut = rows.map(() => 0);
for (const fold of new Set(rows.map(({ family }) => foldOf(family)))) {
  const seen = rows.filter(({ family }) => foldOf(family) !== fold);
  const held = rows.map((row, i) => [row, i]).filter(([{ family }]) => foldOf(family) === fold);
  const values1 = fitRows(seen, values, 8);
  // Layouts that a case leaves open are chosen again, as they would be without this source.
  const again = rowsOf(
    cases.filter(({ id }) => foldOf(id.split('-')[0]) === fold),
    values1,
  );
  const errors = errorsOf(again, values1);
  held.forEach(([, i], n) => {
    leftOut[i] = errors[n];
  });
  console.log(
    `${fold}: left out ${held.length} rows, ${JSON.stringify(summary(errors, weightsOf(again)))}`,
  );
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
console.log('fitted', summary(fitted, weights), 'left out', summary(leftOut, weights));
await server.close();
if (flags.includes('--write'))
  writeReport({ rows, weights, fitted, leftOut, memory, parameters, values, writeFileSync });
