import { quantile } from './inference-errors.mjs';

const names = {
  output_tokens_per_s_total: 'throughput',
  total_tokens_per_s: 'throughput',
  ttft_ms: 'timeToFirstToken',
  tpot_ms: 'timePerOutputToken',
};

/** Factors around a prediction that hold four of five left-out measurements, by metric and by how much a case states. */
export function intervalFactors(rows) {
  const factors = {};
  for (const name of ['throughput', 'timeToFirstToken', 'timePerOutputToken']) {
    for (const kind of ['complete', 'partial', 'benchmark']) {
      const own = rows.filter((row) => names[row.metric] === name && row.kind === kind);
      const enough = own.length >= 12 ? own : rows.filter((row) => names[row.metric] === name);
      factors[`serving.range.${name}.${kind}.low`] = Math.exp(
        -quantile(enough, 0.9, (row) => row.log),
      );
      factors[`serving.range.${name}.${kind}.high`] = Math.exp(
        -quantile(enough, 0.1, (row) => row.log),
      );
    }
  }
  const images = rows.filter((row) => row.metric === 'images_per_s');
  factors['serving.imageError'] = Math.expm1(quantile(images, 0.8, (row) => Math.abs(row.log)));
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

/** The calibration report, in Markdown. */
export function writeReport({ inSample, leftOut, start, fitted, ranges }) {
  const constants = Object.keys(fitted).map(
    (key) => `| ${key} | ${start[key].toPrecision(3)} | ${fitted[key].toPrecision(3)} |`,
  );
  const factors = Object.entries(ranges).map(
    ([key, value]) => `| ${key} | ${value.toPrecision(3)} |`,
  );
  return [
    '# Calibration of inference',
    '',
    'Written by `tests/calibration/fit-inference.mjs` from published measurements that are not part of this project.',
    'Left out: every source family was predicted with constants fitted without it (five folds). Every group of source, model,',
    'accelerator and metric weighs the same.',
    '',
    table('By metric', (row) => row.metric, inSample, leftOut),
    '',
    table('By source family', (row) => row.family, inSample, leftOut),
    '',
    table('By accelerator', (row) => row.accelerator, inSample, leftOut),
    '',
    table('By model', (row) => row.model, inSample, leftOut),
    '',
    '## Constants',
    '',
    '| constant | before | fitted |',
    '|---|--:|--:|',
    ...constants,
    '',
    '## Ranges (p10 and p90 over the prediction), from left-out errors',
    '',
    '| factor | value |',
    '|---|--:|',
    ...factors,
    '',
  ].join('\n');
}
