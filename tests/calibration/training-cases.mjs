/** The published runs that the training constants are fitted to, predicted by the estimate command's own code. */
import { readFileSync } from 'node:fs';
import { engineServer } from './engine-server.mjs';

/** Of a run the most direct figure that was published. */
const metrics = JSON.parse(readFileSync('tests/calibration/run-figures.json', 'utf8'));
const mostRowsOfGroup = 8;

export const familyOf = ({ id }) => id.split('-')[0];

/** One vote per source, model and accelerator, shared by its rows. */
export function weightsOf(rows) {
  const sizes = new Map();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return rows.map(({ group }) => 1 / sizes.get(group));
}

/** At most a few rows of every group, evenly spaced; the group's weight stays one. */
export function thinned(rows) {
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

/** The engine, with constants given as logarithms in the order of the parameters. */
export async function loadTraining(parameters) {
  const server = await engineServer();
  const { load } = server;
  const { bundledCatalogue } = await load('/src/shared/catalogue/bundled.ts');
  const { partName } = await load('/tests/calibration/part-name.ts');
  const { settleCase } = await load('/src/cli/estimate/estimate.ts');
  const { predictTraining, acceleratorsOf } = await load('/src/cli/estimate/training-metrics.ts');
  const { readTrainingConstants } = await load('/src/engine/training/constants.ts');
  const { trainingMemory } = await load('/src/engine/training/memory.ts');
  const { coverageOf } = await load('/src/cli/estimate/training-interval.ts');

  function constantsOf(logs) {
    const assumptions = { ...bundledCatalogue.assumptions };
    parameters.forEach(({ key, label }, i) => {
      const value = Math.exp(logs[i]);
      assumptions[`training.${key}`] = { ...assumptions[`training.${key}`], label, value };
    });
    return readTrainingConstants(assumptions);
  }

  /** Rows with everything settled that does not depend on time. */
  function rowsOf(cases, logs) {
    const constants = constantsOf(logs);
    return cases.flatMap((raw) => {
      const metric = metrics.find(
        (name) => typeof raw.measured?.[name] === 'number' && raw.measured[name] > 0,
      );
      if (metric === undefined) return [];
      const settled = settleCase(raw, bundledCatalogue, constants);
      const family = familyOf(raw);
      const accelerator = partName(bundledCatalogue, raw.hardware.accelerator);
      return [
        {
          id: raw.id,
          metric,
          settled,
          family,
          measured: raw.measured[metric],
          accelerator,
          coverage: coverageOf(settled, metric),
          kind: settled.job.parameters.expertLayers > 0 ? 'experts' : 'dense',
          group: `${family}|${raw.model?.name}|${accelerator}|${metric}`,
        },
      ];
    });
  }

  /** ln(predicted / measured) of every row's metric. */
  function errorsOf(rows, logs) {
    const constants = constantsOf(logs);
    return rows.map(({ settled, metric, measured }) => {
      const { job, machine, convention } = settled;
      const count = acceleratorsOf(job);
      const run = { ...settled, count };
      const { predicted } = predictTraining(job, machine.device, constants, convention, run);
      return Math.log(predicted[metric] / measured);
    });
  }

  /** ln(predicted / reported) of peak memory, where a run reports it ('47GB', as binary gigabytes). */
  function memoryErrors(cases, logs) {
    const constants = constantsOf(logs);
    return cases.flatMap((raw) => {
      const reported = Number.parseFloat(raw.measured?.memory_reported);
      if (!(reported > 0) || !/\dG/.test(raw.measured.memory_reported)) return [];
      const { job } = settleCase(raw, bundledCatalogue, constants);
      return [Math.log(trainingMemory(job, constants).total / (reported * 2 ** 30))];
    });
  }

  return { rowsOf, errorsOf, memoryErrors, close: () => server.close() };
}
