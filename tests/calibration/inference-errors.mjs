/** Errors of predictions, weighted so that a large grid of one source counts as much as a single row of another. */
const metrics = [
  'output_tokens_per_s_total',
  'total_tokens_per_s',
  'images_per_s',
  'videos_per_s',
  'ttft_ms',
  'tpot_ms',
];

/** One row per case and measured metric: the logarithm of predicted over measured, and a weight. `partName` names a part, however it is written. */
export function measuredRows(cases, predictions, partName) {
  const rows = cases.flatMap((one, index) => {
    const derived = new Set(one.derived_fields ?? []);
    return metrics
      .filter((metric) => one.measured?.[metric] > 0)
      .filter((metric) => !(derived.has(metric) && metric.endsWith('_ms')))
      .map((metric) => {
        const value = predictions[index].predicted?.[metric];
        return {
          id: one.id,
          metric,
          family: one.id.split('-')[0],
          accelerator: partName(one.hardware.accelerator),
          model: one.model.name,
          kind: predictions[index].rangeKind ?? 'partial',
          log: value > 0 ? Math.log(value / one.measured[metric]) : Math.log(2),
        };
      });
  });
  const sizes = new Map();
  const group = (row) => `${row.family}|${row.model}|${row.accelerator}|${row.metric}`;
  for (const row of rows) sizes.set(group(row), (sizes.get(group(row)) ?? 0) + 1);
  for (const row of rows) row.weight = 1 / sizes.get(group(row));
  return rows;
}

/** Robust loss, summed: the logarithmic error up to a factor of two, growing slowly beyond. */
export function lossSum(rows) {
  return rows.reduce((sum, { log, weight }) => {
    const size = Math.abs(log);
    return sum + weight * (size < 0.7 ? size : 0.7 + 0.3 * Math.log(size / 0.7));
  }, 0);
}

/** Weighted mean of the robust loss. */
export function loss(rows) {
  return lossSum(rows) / rows.reduce((sum, { weight }) => sum + weight, 0);
}

/** Weighted quantile of a value over rows. */
export function quantile(rows, share, value) {
  const sorted = rows
    .map((row) => [value(row), row.weight])
    .sort((one, other) => one[0] - other[0]);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let seen = 0;
  for (const [found, weight] of sorted) {
    seen += weight;
    if (seen >= share * total) return found;
  }
  return sorted.at(-1)?.[0] ?? Number.NaN;
}

const relative = ({ log }) => Math.abs(Math.exp(log) - 1);

/** Median and 90th percentile of the relative error, by metric. */
export function summary(rows) {
  return Object.fromEntries(
    [...new Set(rows.map((row) => row.metric))].map((metric) => {
      const own = rows.filter((row) => row.metric === metric);
      return [
        metric,
        [quantile(own, 0.5, relative), quantile(own, 0.9, relative)].map((x) =>
          Number(x.toFixed(3)),
        ),
      ];
    }),
  );
}
