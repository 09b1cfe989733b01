import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'vite';
import { loss, lossSum, measuredRows } from './inference-errors.mjs';

const file = 'resources/catalogue/assumptions-serving.json';

/** What is never fitted here: limits that engines document, ranges, and what fit-serving-kernels.mjs reads off single kernels. */
const documented =
  'range|gibibytes|memoryFraction|workspace|cacheBlock|largestBatch|prefillTokens|reservedAnswer|finiteRun|burstDeviations|imageError';
const kernels =
  'matmulFloor|narrowMatmulFloor|attentionFloor|expertFloor|expertTraffic|expertStream|expertShare|expertImbalance|fourBitStream|cacheStream|attentionShare|attentionTraffic|latentShare|weightStream$|weightStream.(ampere|hopper|blackwell|ada|intel|exllama)';
const fixed = new RegExp(`^serving.(${documented}|${kernels})`);
/** Shares of something physical: they stay where they make sense. */
const bounds = {
  weightStream: [0.4, 1.35],
  computeShare: [0.25, 1.5],
  prefillFraction: [0.3, 1.2],
  dequantisation: [0.4, 1.1],
  closedLoopBurst: [0.02, 1],
  serverShare: [0.8, 1],
  targetMargin: [0.5, 0.95],
};

/** The estimate command's own code, with constants that can be set. */
export async function loadEstimator() {
  const server = await createServer({
    configFile: 'vite.cli.config.ts',
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'error',
  });
  const { estimateCases } = await server.ssrLoadModule('/src/cli/estimate/estimate.ts');
  const { bundledCatalogue } = await server.ssrLoadModule('/src/shared/catalogue/bundled.ts');
  const stored = JSON.parse(readFileSync(file, 'utf8'));
  return {
    constants: () =>
      Object.fromEntries(
        Object.entries(stored)
          .filter(([key]) => !fixed.test(key))
          .map(([key, fact]) => [key, fact.value]),
      ),
    /** What engineers would put before any measurement: where the folds start, so that nothing of a left-out row is in it. */
    handSet: () => JSON.parse(readFileSync('tests/calibration/inference-start.json', 'utf8')),
    predict(cases, values) {
      const assumptions = { ...bundledCatalogue.assumptions };
      for (const [key, value] of Object.entries(values))
        assumptions[key] = { ...assumptions[key], value };
      return estimateCases(cases, { ...bundledCatalogue, assumptions });
    },
    store(values) {
      const newest = JSON.parse(readFileSync(file, 'utf8'));
      const round = (value) => Number(value.toPrecision(3));
      for (const [key, value] of Object.entries(values))
        if (newest[key]) newest[key].value = round(value);
      writeFileSync(file, `${JSON.stringify(newest, null, 2)}\n`);
    },
    close: () => server.close(),
  };
}

function within(key, value) {
  const [, name] = key.split('.');
  const [low, high] = bounds[name] ?? [0, Infinity];
  return Math.min(high, Math.max(low, value));
}

/** For every constant, the cases that it touches: found once by moving it. */
export function touchedCases(estimator, cases, start) {
  const base = estimator.predict(cases, start).map((one) => JSON.stringify(one.predicted));
  return new Map(
    Object.keys(start).map((key) => {
      const moved = estimator.predict(cases, { ...start, [key]: start[key] * 0.8 });
      const ids = cases.filter(
        (_, index) => JSON.stringify(moved[index].predicted) !== base[index],
      );
      return [key, new Set(ids.map((one) => one.id))];
    }),
  );
}

/** Coordinate search along every logarithmic axis with shrinking steps; only the cases that a constant touches are timed anew. */
export function fitConstants(estimator, cases, start, steps, touched) {
  let values = { ...start };
  const all = measuredRows(cases, estimator.predict(cases, values));
  const weights = new Map(all.map((row) => [`${row.id} ${row.metric}`, row.weight]));
  const total = all.reduce((sum, row) => sum + row.weight, 0);
  const costOf = (own, at) => {
    const rows = measuredRows(own, estimator.predict(own, at));
    for (const row of rows) row.weight = weights.get(`${row.id} ${row.metric}`);
    return lossSum(rows) / total;
  };
  const away = (key, value) => 0.0004 * Math.log(value / start[key]) ** 2;
  for (const step of steps) {
    for (const key of Object.keys(start)) {
      const own = cases.filter((one) => touched.get(key).has(one.id));
      if (own.length === 0) continue;
      let best = costOf(own, values) + away(key, values[key]);
      for (const sign of [1, -1]) {
        for (let tries = 0; tries < 3; tries += 1) {
          const next = { ...values, [key]: within(key, values[key] * Math.exp(sign * step)) };
          if (next[key] === values[key]) break;
          const value = costOf(own, next) + away(key, next[key]);
          if (value >= best - 1e-6) break;
          [best, values] = [value, next];
        }
      }
    }
  }
  console.log(`loss ${loss(measuredRows(cases, estimator.predict(cases, values))).toFixed(4)}`);
  return values;
}
