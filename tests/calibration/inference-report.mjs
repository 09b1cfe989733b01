import { loss, quantile, summary } from './inference-errors.mjs';
import { novelty, widened } from './novelty.mjs';

const names = {
  output_tokens_per_s_total: 'throughput',
  total_tokens_per_s: 'throughput',
  ttft_ms: 'timeToFirstToken',
  tpot_ms: 'timePerOutputToken',
};

/** Factors around a prediction that should hold four of five measurements of unseen sources, by metric and by how much a case states. */
export function intervalFactors(rows) {
  const factors = {};
  for (const name of ['throughput', 'timeToFirstToken', 'timePerOutputToken']) {
    for (const kind of ['complete', 'partial', 'benchmark']) {
      const own = rows.filter((row) => names[row.metric] === name && row.kind === kind);
      const enough = own.length >= 12 ? own : rows.filter((row) => names[row.metric] === name);
      factors[`serving.range.${name}.${kind}.low`] = widened(
        Math.exp(-quantile(enough, 0.9, (row) => row.log)),
      );
      factors[`serving.range.${name}.${kind}.high`] = widened(
        Math.exp(-quantile(enough, 0.1, (row) => row.log)),
      );
    }
  }
  for (const [kind, metric] of [
    ['image', 'images_per_s'],
    ['video', 'videos_per_s'],
  ]) {
    const own = rows.filter((row) => row.metric === metric);
    factors[`serving.${kind}Error`] =
      widened(Math.exp(quantile(own, 0.8, (row) => Math.abs(row.log)))) - 1;
  }
  return factors;
}

const percent = (value) => `${(100 * value).toFixed(1)} %`;
const relative = ({ log }) => Math.abs(Math.exp(log) - 1);

function table(title, key, inSample, leftOut) {
  const lines = [
    `## ${title}`,
    '',
    '| | rows | in sample, median | 90 % | left out, median | 90 % |',
    '|---|--:|--:|--:|--:|--:|',
  ];
  for (const value of [...new Set(leftOut.map(key))].sort()) {
    const [own, held] = [inSample, leftOut].map((rows) => rows.filter((row) => key(row) === value));
    const figures = [own, held].flatMap((rows) => [
      quantile(rows, 0.5, relative),
      quantile(rows, 0.9, relative),
    ]);
    lines.push(`| ${value} | ${held.length} | ${figures.map(percent).join(' | ')} |`);
  }
  return lines.join('\n');
}

const accuracyOf = (rows) => ({
  median: Number(quantile(rows, 0.5, relative).toFixed(3)),
  p90: Number(quantile(rows, 0.9, relative).toFixed(3)),
});

const labels = {
  output_tokens_per_s_total: 'Output tokens per second',
  total_tokens_per_s: 'Input and output tokens per second',
  images_per_s: 'Images per second',
  videos_per_s: 'Videos per second',
  ttft_ms: 'Time to first token',
  tpot_ms: 'Time per output token',
};

const isThroughput = ({ metric }) => names[metric] === 'throughput';

/** What the app shows of the calibration: throughput as a whole, every metric, and throughput by source and accelerator. */
export function accuracyJson({ inSample, leftOut, ranges }) {
  const group = (key, filter = () => true) =>
    [...new Set(leftOut.filter(filter).map(key))].sort().map((name) => {
      const [own, held] = [inSample, leftOut].map((rows) =>
        rows.filter((row) => filter(row) && key(row) === name),
      );
      return { name, rows: held.length, fitted: accuracyOf(own), leftOut: accuracyOf(held) };
    });
  const within = ({ metric, kind, log }) => {
    const low = ranges[`serving.range.${names[metric]}.${kind}.low`];
    const high = ranges[`serving.range.${names[metric]}.${kind}.high`];
    return low === undefined || (Math.exp(-log) >= low && Math.exp(-log) <= high);
  };
  const ranged = leftOut.filter(({ metric }) => names[metric]);
  const total = ranged.reduce((sum, { weight }) => sum + weight, 0);
  const held = ranged.filter(within).reduce((sum, { weight }) => sum + weight, 0);
  return {
    rows: leftOut.length,
    families: new Set(leftOut.map(({ family }) => family)).size,
    fitted: accuracyOf(inSample.filter(isThroughput)),
    leftOut: accuracyOf(leftOut.filter(isThroughput)),
    novelty,
    coverage: Number((held / total).toFixed(3)),
    byMetric: group(({ metric }) => labels[metric]),
    byFamily: group(({ family }) => family),
    byAccelerator: group(({ accelerator }) => accelerator, isThroughput),
  };
}

/** The calibration report, in Markdown. */
export function writeReport({
  inSample,
  leftOut,
  parameters,
  fitted,
  ranges,
  tried,
  kinds,
  scale,
}) {
  const number = (value) => Number(value.toPrecision(3)).toString();
  const pays = new Set(kinds.filter(({ isFitted }) => isFitted).flatMap(({ kept }) => kept));
  const isFree = ({ key }) => pays.has(key);
  const constants = parameters.map(
    (one) =>
      `| ${one.key} | ${number(one.start)} | ${isFree(one) ? number(one.spread * scale) : 'kept'} | ${number(fitted[one.key])} |`,
  );
  const factors = Object.entries(ranges).map(([key, value]) => `| ${key} | ${number(value)} |`);
  const medians = (rows) =>
    Object.values(summary(rows))
      .map(([median, p90]) => `${percent(median)} (${percent(p90)})`)
      .join(' | ');
  const firmness = tried.map(
    (one) =>
      `| ${one.scale} | ${loss(one.inSample).toFixed(4)} | ${loss(one.leftOut.family).toFixed(4)} | ${loss(one.leftOut.model).toFixed(4)} | ${medians(one.leftOut.family)} |`,
  );
  const worth = kinds.map(
    ({ kind, kept, gain, isFitted }) =>
      `| ${kind} | ${kept.length} | ${Number.isFinite(gain) ? gain.toFixed(4) : 'not asked'} | ${isFitted ? 'fitted' : 'kept'} |`,
  );
  return [
    '# Calibration of inference',
    '',
    'Written by `tests/calibration/fit-inference.mjs` from published measurements: those handed to it, not part of this project, and tests/calibration/measurements.',
    'Left out: every source family was predicted with constants fitted without it. Every group of source, model, accelerator',
    `and metric weighs the same. ${parameters.filter(isFree).length} of ${parameters.length} constants fitted, on ${inSample.length} rows in ${new Set(inSample.map(({ family, model, accelerator, metric }) => `${family}|${model}|${accelerator}|${metric}`)).size} groups.`,
    '',
    table('By metric', (row) => row.metric, inSample, leftOut),
    '',
    table('By source family', (row) => row.family, inSample, leftOut),
    '',
    table('By accelerator', (row) => row.accelerator, inSample, leftOut),
    '',
    table('By model', (row) => row.model, inSample, leftOut),
    '',
    '## How firm the priors are',
    '',
    'Every constant starts where an engineer would put it, some with measurements in view (decision 9), with a standard deviation of its logarithm. All',
    'deviations were scaled together; the scale with the least loss was taken, in the mean over families left out and models of a',
    'family left out. Medians and 90th percentiles are of errors on families left out, from refits along the derivatives of the',
    'whole fit.',
    '',
    `| scale | loss in sample | families left out | models left out | ${Object.keys(summary(leftOut)).join(' | ')} |`,
    `|--:|--:|--:|--:|${Object.keys(summary(leftOut))
      .map(() => '--:')
      .join('|')}|`,
    ...firmness,
    '',
    '## What each kind of constant is worth',
    '',
    'How much fitting all constants of a kind lowers that mean loss, against keeping them at their start. Kinds whose fit raises it by',
    'more than 0.0005 are kept there.',
    '',
    '| kind | constants | lower loss | |',
    '|---|--:|--:|---|',
    ...worth,
    '',
    '## Constants',
    '',
    '| constant | start | deviation of its logarithm | fitted |',
    '|---|--:|--:|--:|',
    ...constants,
    '',
    `## Ranges (p10 and p90 over the prediction), from errors left out, to the power of ${novelty} for sources that nobody has seen (decision 21)`,
    '',
    '| factor | value |',
    '|---|--:|',
    ...factors,
    '',
  ].join('\n');
}
