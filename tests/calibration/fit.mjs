/** Robust least squares in logarithms: Levenberg–Marquardt with numerical derivatives, Huber weights and a prior per constant. */

const huberWidth = 0.15;
const spreadOfError = 0.12;
const derivativeStep = 0.02;

/** Solves a small dense system by elimination with pivots. */
export function solve(matrix, vector) {
  const n = vector.length;
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  for (let i = 0; i < n; i += 1) {
    let pivot = i;
    for (let r = i + 1; r < n; r += 1)
      if (Math.abs(rows[r][i]) > Math.abs(rows[pivot][i])) pivot = r;
    [rows[i], rows[pivot]] = [rows[pivot], rows[i]];
    for (let r = 0; r < n; r += 1) {
      if (r === i) continue;
      const factor = rows[r][i] / rows[i][i];
      for (let c = i; c <= n; c += 1) rows[r][c] -= factor * rows[i][c];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

const huber = (error) =>
  Math.abs(error) <= huberWidth ? error * error : huberWidth * (2 * Math.abs(error) - huberWidth);

/**
 * Fits the logarithms of the parameters' values. `residuals(values)` gives ln(predicted / measured) per row, `weights` how
 * much each row counts.
 */
export function fit(parameters, residuals, weights, start, iterations = 12) {
  const clamp = (log, p) => Math.min(Math.log(p.high), Math.max(Math.log(p.low), log));
  const valuesOf = (logs) => logs.map(Math.exp);
  const objective = (errors, logs) =>
    errors.reduce((sum, e, i) => sum + (weights[i] * huber(e)) / spreadOfError ** 2, 0) +
    logs.reduce(
      (sum, log, i) => sum + ((log - Math.log(parameters[i].start)) / parameters[i].spread) ** 2,
      0,
    );
  let logs = start.map((value, i) => clamp(Math.log(value), parameters[i]));
  let errors = residuals(valuesOf(logs));
  let best = objective(errors, logs);
  let damping = 0.1;
  for (let round = 0; round < iterations; round += 1) {
    const columns = logs.map((log, i) => {
      const step =
        log + derivativeStep > Math.log(parameters[i].high) ? -derivativeStep : derivativeStep;
      const moved = residuals(valuesOf(logs.map((value, j) => (j === i ? value + step : value))));
      return moved.map((error, r) => (error - errors[r]) / step);
    });
    const strength = errors.map(
      (e, i) => (weights[i] * Math.min(1, huberWidth / Math.abs(e))) / spreadOfError ** 2,
    );
    const normal = columns.map((a) =>
      columns.map((b) => a.reduce((sum, value, r) => sum + value * b[r] * strength[r], 0)),
    );
    const slope = columns.map(
      (a) => -a.reduce((sum, value, r) => sum + value * errors[r] * strength[r], 0),
    );
    parameters.forEach((p, i) => {
      normal[i][i] += 1 / p.spread ** 2;
      slope[i] -= (logs[i] - Math.log(p.start)) / p.spread ** 2;
    });
    let improved = 0;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const damped = normal.map((row, i) =>
        row.map((value, j) => (i === j ? value * (1 + damping) + 1e-9 : value)),
      );
      const step = solve(damped, slope);
      const next = logs.map((log, i) =>
        clamp(log + Math.max(-0.5, Math.min(0.5, step[i])), parameters[i]),
      );
      const nextErrors = residuals(valuesOf(next));
      const value = objective(nextErrors, next);
      if (value < best) {
        improved = best - value;
        [logs, errors, best] = [next, nextErrors, value];
        damping = Math.max(1e-4, damping / 3);
        break;
      }
      damping *= 4;
    }
    if (improved < 1e-3 * best) break;
  }
  return valuesOf(logs);
}
