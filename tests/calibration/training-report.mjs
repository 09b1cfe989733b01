/** Writes what the fit found: the constants and intervals for the catalogue, the report for people, the figures for the app. */
import { novelty, widened } from './novelty.mjs';

const percent = (value) => `${(100 * value).toFixed(1)} %`;
const relative = (error) => Math.abs(Math.expm1(error));

function quantile(values, weights, share) {
  const sorted = values.map((value, i) => [value, weights[i]]).sort(([a], [b]) => a - b);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let seen = 0;
  for (const [value, weight] of sorted) {
    seen += weight;
    if (seen >= share * total) return value;
  }
  return sorted.at(-1)?.[0] ?? Number.NaN;
}

export function summary(errors, weights) {
  const sizes = errors.map(relative);
  return {
    median: quantile(sizes, weights, 0.5),
    p90: quantile(sizes, weights, 0.9),
    bias: quantile(errors, weights, 0.5),
  };
}

/** What decides between firmnesses: the mean error with those beyond a half counted as a half, for median and tail alike. */
export function loss(errors, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (
    errors.reduce((sum, error, i) => sum + weights[i] * Math.min(0.5, Math.abs(error)), 0) / total
  );
}

/** Error either way, as a factor 1 + e, that holds four of five left-out runs. */
function interval(errors, weights) {
  return Math.expm1(quantile(errors.map(Math.abs), weights, 0.8));
}

function table(title, { rows, weights, fitted, leftOut }, key) {
  const lines = [...new Set(rows.map(key))].sort().map((name) => {
    const at = rows.map((row, i) => (key(row) === name ? i : -1)).filter((i) => i >= 0);
    const pick = (values) => at.map((i) => values[i]);
    const inside = summary(pick(fitted), pick(weights));
    const outside = summary(pick(leftOut), pick(weights));
    return `| ${name} | ${at.length} | ${percent(inside.median)} | ${percent(inside.p90)} | ${percent(outside.median)} | ${percent(outside.p90)} |`;
  });
  return `## ${title}\n\n| | rows | fitted, median | fitted, p90 | left out, median | left out, p90 |\n|---|--:|--:|--:|--:|--:|\n${lines.join('\n')}\n`;
}

function firmness({ scale, fitted, leftOut, weights }) {
  const inside = summary(fitted, weights);
  const outside = summary(leftOut, weights);
  return `| ${scale} | ${percent(inside.median)} | ${percent(inside.p90)} | ${percent(outside.median)} | ${percent(outside.p90)} | ${loss(leftOut, weights).toFixed(4)} |`;
}

/** The rows of a table for the app. */
function entries({ rows, weights, fitted, leftOut }, key) {
  const thousandth = (value) => Number(value.toFixed(3));
  const names = [...new Set(rows.map(key))].sort();
  return names.map((name) => {
    const at = rows.map((row, i) => (key(row) === name ? i : -1)).filter((i) => i >= 0);
    const errors = (values) => {
      const { median, p90 } = summary(
        at.map((i) => values[i]),
        at.map((i) => weights[i]),
      );
      return { median: thousandth(median), p90: thousandth(p90) };
    };
    return {
      name,
      rows: at.length,
      fitted: errors(fitted),
      leftOut: errors(leftOut),
    };
  });
}

const fact = (label, value, unit, note, low, high) => ({
  label,
  value,
  unit,
  source: 'clusterwright-training-fit',
  quality: 'derived',
  ...(low === undefined ? {} : { low, high }),
  ...(note ? { note } : {}),
});

const kinds = {
  Usual: 'dense models whose layout is stated, on GPUs',
  Rare: 'TPUs, other makers, V100 and GH200, adapters, hybrid or small models, 4 bits',
  Experts: 'models with experts',
  Open: 'dense models whose layout is mostly open',
  Run: 'accelerator-hours and days of whole runs of dense models',
};

/** Votes (one per source, model and accelerator), rows and families count a third each. */
function threeWays(at, { rows, weights }) {
  const votes = at.reduce((sum, i) => sum + weights[i], 0);
  const sizes = new Map();
  for (const i of at) sizes.set(rows[i].family, (sizes.get(rows[i].family) ?? 0) + 1);
  return at.map(
    (i) => weights[i] / votes + 1 / at.length + 1 / sizes.get(rows[i].family) / sizes.size,
  );
}

/** The relative error e that four of five runs of unseen sources of the kind at these places should keep within. */
function rangeOf(at, found) {
  const held = interval(
    at.map((i) => found.leftOut[i]),
    threeWays(at, found),
  );
  return widened(1 + held) - 1;
}

/** Shares of votes, of rows and, in the mean, of families that ranges learned from all other families hold. */
function heldOfUnseen(found) {
  const { rows, weights, leftOut } = found;
  const held = { votes: 0, rows: 0, families: 0 };
  const families = [...new Set(rows.map(({ family }) => family))];
  const votes = weights.reduce((sum, weight) => sum + weight, 0);
  for (const family of families) {
    const widths = new Map();
    const own = rows.map((row, i) => (row.family === family ? i : -1)).filter((i) => i >= 0);
    let inside = 0;
    for (const i of own) {
      const { coverage } = rows[i];
      const others = rows
        .map((row, j) => (row.family !== family && row.coverage === coverage ? j : -1))
        .filter((j) => j >= 0);
      if (!widths.has(coverage)) widths.set(coverage, Math.log1p(rangeOf(others, found)));
      if (Math.abs(leftOut[i]) > widths.get(coverage)) continue;
      held.votes += weights[i] / votes;
      held.rows += 1 / rows.length;
      inside += weights[i];
    }
    held.families += inside / own.reduce((sum, i) => sum + weights[i], 0) / families.length;
  }
  return held;
}

export function writeReport(found) {
  const { rows, weights, fitted, leftOut, memory, parameters, values, writeFileSync } = found;
  const { tried, scale, kept } = found;
  const peaks = summary(
    memory,
    memory.map(() => 1),
  );
  const round = (value) => Number(value.toPrecision(3));
  const facts = Object.fromEntries(
    parameters.map((p, i) => [
      `training.${p.key}`,
      fact(p.label, round(values[i]), p.unit, p.note),
    ]),
  );
  const ranges = Object.entries(kinds).map(([kind, words]) => {
    const at = rows.map((row, i) => (row.coverage === kind ? i : -1)).filter((i) => i >= 0);
    const error = round(rangeOf(at, found));
    facts[`training.interval${kind}`] = fact(
      `Relative error that should hold four of five runs of unseen sources: ${words}`,
      error,
      '1',
    );
    return { kind, words, error, count: at.length, at };
  });
  // With half of the sources to learn from and half to check: whether intervals learned from some sources hold for others.
  const halves = [0, 1].map((half) => {
    const families = [...new Set(rows.map(({ family }) => family))].sort();
    const isLearned = (row) => families.indexOf(row.family) % 2 === half;
    let inside = 0;
    let all = 0;
    for (const { at } of ranges) {
      const learned = at.filter((i) => isLearned(rows[i]));
      if (learned.length === 0) continue;
      const width = Math.log1p(rangeOf(learned, found));
      for (const i of at.filter((j) => !isLearned(rows[j]))) {
        all += weights[i];
        if (Math.abs(leftOut[i]) <= width) inside += weights[i];
      }
    }
    return inside / all;
  });
  const unseen = heldOfUnseen(found);
  const everyRow = rows.map((_, i) => i);
  const anyKind = rangeOf(everyRow, found);
  const overall = {
    fitted: summary(fitted, weights),
    leftOut: summary(leftOut, weights),
  };
  const medianOf = overall.leftOut.median;
  facts['training.stepTimeFactor'] = fact(
    'Measured step time over the modelled one',
    1,
    '1',
    `the range should hold four of five runs of unseen sources; median error of those left out ${percent(medianOf)}`,
    round(1 / (1 + anyKind)),
    round(1 + anyKind),
  );
  writeFileSync(
    'resources/catalogue/assumptions-training.json',
    `${JSON.stringify(facts, null, 2)}\n`,
  );
  const report = `# Calibration of training

Written by \`node tests/calibration/fit-training.mjs CASES.json --write\`; do not edit by hand. ${rows.length} published runs from
${new Set(rows.map(({ family }) => family)).size} source families; those in tests/calibration/measurements/training.json are part of the project with their sources, the others are
not. Error is |predicted / measured − 1| of the most direct
metric (tokens/s per accelerator, seconds per step, TFLOP/s, MFU, accelerator-hours, days); every source, model and accelerator has one
vote. *Left out* comes from a fit that saw no run of the same source family.

| | median | 90th percentile |
|---|--:|--:|
| fitted | ${percent(overall.fitted.median)} | ${percent(overall.fitted.p90)} |
| left out | ${percent(overall.leftOut.median)} | ${percent(overall.leftOut.p90)} |

How firmly the constants hold on to where they start: every prior's standard deviation times a factor, here ${scale}, as decision 21
says. Loss: mean error in logarithms, those beyond a half counted as a half.

| priors × | fitted, median | fitted, p90 | left out, median | left out, p90 | left out, loss |
|--:|--:|--:|--:|--:|--:|
${tried.map(firmness).join('\n')}

Constants whose fit raises that loss by more than 0.0005 stay where they start (*kept* below): ${kept.size} of ${parameters.length}.

## Memory

Peak memory per accelerator of ${memory.length} runs that report it: median error ${percent(peaks.median)}, 90th percentile ${percent(peaks.p90)}, predicted over reported
${percent(Math.exp(peaks.bias))} in the middle.

## Ranges

p10 to p90 is the prediction divided and multiplied by 1 + e. Four of five left-out errors of its kind are within
(1 + e)^(1 / ${novelty}), votes, rows and families counting a third each; the rest is for sources that nobody has seen (decision 21). Learned from all other families, the ranges hold ${percent(unseen.votes)} of the votes, ${percent(unseen.rows)} of the rows and, in the mean over
families, ${percent(unseen.families)}. Learned from half of the families and checked on the other half, they hold ${percent(halves[0])} and ${percent(halves[1])}.

| kind | rows | e |
|---|--:|--:|
${ranges.map(({ words, count, error }) => `| ${words} | ${count} | ${percent(error)} |`).join('\n')}

${table('By source family', found, (row) => row.family)}
${table('By accelerator', found, (row) => row.accelerator)}
${table('By kind of model', found, (row) => row.kind)}
## Constants

| constant | meaning | start | fitted | unit |
|---|---|--:|--:|---|
${parameters.map((p, i) => `| ${p.key} | ${p.label} | ${p.start} | ${kept.has(p.key) ? 'kept' : round(values[i])} | ${p.unit} |`).join('\n')}
`;
  writeFileSync('docs/calibration/training.md', report);
  const app = {
    rows: rows.length,
    families: new Set(rows.map(({ family }) => family)).size,
    ...overall,
    memory: { rows: memory.length, ...peaks },
    novelty,
    coverage: halves,
    ranges: ranges.map(({ words, count, error }) => ({
      kind: words,
      rows: count,
      error,
    })),
    byFamily: entries(found, (row) => row.family),
    byAccelerator: entries(found, (row) => row.accelerator),
    byModelKind: entries(found, (row) => row.kind),
  };
  writeFileSync('docs/calibration/training.json', `${JSON.stringify(app, null, 2)}\n`);
}
