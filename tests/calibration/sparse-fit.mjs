/** Robust least squares in logarithms for many cases, of which each depends on few constants. */
import { solve } from './solve.mjs';

const huberWidth = 0.15;
/** error that a prediction is expected to have; the larger, the more the constants hold on to where they start */
const spreadOfError = 0.3;
const derivativeStep = 0.03;

const huber = (error) =>
  Math.abs(error) <= huberWidth ? error * error : huberWidth * (2 * Math.abs(error) - huberWidth);

const clamp = (log, { low, high }) => Math.min(Math.log(high), Math.max(Math.log(low), log));

const within = (parameters, logs) => logs.map((log, i) => clamp(log, parameters[i]));

/**
 * The derivative of every row's logarithmic error with respect to every constant, as a column of the rows it touches and their
 * slopes. `errorsAt(logs, i)` gives the rows that constant i may touch, as pairs of row index and error.
 */
export function derivatives(parameters, errorsAt, logs, errors) {
  return parameters.map((parameter, i) => {
    const isHigh = logs[i] + derivativeStep > Math.log(parameter.high);
    const step = isHigh ? -derivativeStep : derivativeStep;
    const moved = logs.map((value, j) => (i === j ? value + step : value));
    const touched = errorsAt(moved, i)
      .map(([row, error]) => [row, (error - errors[row]) / step])
      .filter(([, slope]) => slope !== 0);
    return {
      rows: Int32Array.from(touched, ([row]) => row),
      slopes: Float64Array.from(touched, ([, slope]) => slope),
    };
  });
}

/** Weighted robust squares and the distance from the start. */
export function objective(parameters, errors, weights, logs) {
  const data = errors.reduce((sum, error, row) => sum + (weights[row] ?? 0) * huber(error), 0);
  const prior = parameters.reduce(
    (sum, { start, spread }, i) => sum + ((logs[i] - Math.log(start)) / spread) ** 2,
    0,
  );
  return data / spreadOfError ** 2 + prior;
}

/** One damped step of Gauss and Newton towards the constants that explain the rows with a weight and stay near their start. */
export function newtonStep(parameters, columns, errors, weights, logs, damping) {
  const strength = errors.map(
    (error, row) =>
      ((weights[row] ?? 0) * Math.min(1, huberWidth / Math.max(1e-9, Math.abs(error)))) /
      spreadOfError ** 2,
  );
  const pulled = new Float64Array(errors.length);
  const along = ({ rows, slopes }, values) => {
    let sum = 0;
    for (let at = 0; at < rows.length; at += 1) sum += slopes[at] * values[rows[at]];
    return sum;
  };
  const normal = columns.map((column, i) => {
    pulled.fill(0);
    column.rows.forEach((row, at) => (pulled[row] = column.slopes[at] * strength[row]));
    // The other half is the same.
    return columns.slice(0, i + 1).map((other, j) => {
      const sum = along(other, pulled);
      return i === j ? (sum + 1 / parameters[i].spread ** 2) * (1 + damping) + 1e-9 : sum;
    });
  });
  normal.forEach((line, i) => {
    for (let j = i + 1; j < normal.length; j += 1) line.push(normal[j][i]);
  });
  const pull = errors.map((error, row) => error * strength[row]);
  const slope = columns.map(
    (column, i) =>
      -(logs[i] - Math.log(parameters[i].start)) / parameters[i].spread ** 2 - along(column, pull),
  );
  const step = solve(normal, slope);
  return within(
    parameters,
    logs.map((log, i) => log + Math.max(-0.5, Math.min(0.5, step[i]))),
  );
}
