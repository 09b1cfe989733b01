import { derivatives, newtonStep, objective } from './sparse-fit.mjs';
import { familyOf, thinned, weightsOf } from './training-cases.mjs';

const spreadOfKept = 1e-6;
const none = new Set();

/** Fits constants to published runs, and predicts each source family with constants fitted without it. */
export class TrainingFit {
  constructor(engine, cases, parameters) {
    Object.assign(this, { engine, cases, parameters });
    this.families = [...new Set(cases.map(familyOf))];
    this.start = parameters.map(({ start }) => Math.log(start));
  }

  /** Every standard deviation of the priors times a factor; constants in `kept` stay at their start. */
  priors(scale, kept) {
    return this.parameters.map((one) => ({
      ...one,
      spread: kept.has(one.key) ? spreadOfKept : one.spread * scale,
    }));
  }

  columnsAt(rows, logs, errors) {
    const errorsAt = (moved) => this.engine.errorsOf(rows, moved).map((error, row) => [row, error]);
    return derivatives(this.parameters, errorsAt, logs, errors);
  }

  /** The constants that explain all runs best while staying near their start; layouts that cases leave open settle twice. */
  whole(scale, { from = this.start, kept = none } = {}) {
    let logs = from.map((log, i) => (kept.has(this.parameters[i].key) ? this.start[i] : log));
    let rows = [];
    for (let pass = 0; pass < 2; pass += 1) {
      rows = thinned(this.engine.rowsOf(this.cases, logs));
      logs = this.descend(this.priors(scale, kept), rows, logs);
    }
    const errors = this.engine.errorsOf(rows, logs);
    const weights = weightsOf(rows);
    return {
      logs,
      rows,
      weights,
      errors,
      columns: this.columnsAt(rows, logs, errors),
    };
  }

  descend(parameters, rows, from) {
    const weights = weightsOf(rows);
    let logs = from;
    let errors = this.engine.errorsOf(rows, logs);
    let best = objective(parameters, errors, weights, logs);
    let damping = 0.05;
    for (let round = 0; round < 10; round += 1) {
      const columns = this.columnsAt(rows, logs, errors);
      const before = best;
      for (let attempt = 0; attempt < 5 && best === before; attempt += 1) {
        const next = newtonStep(parameters, columns, errors, weights, logs, damping);
        const nextErrors = this.engine.errorsOf(rows, next);
        const value = objective(parameters, nextErrors, weights, next);
        if (value < best) {
          [logs, errors, best] = [next, nextErrors, value];
          damping /= 3;
        } else damping *= 5;
      }
      if (before - best < 1e-3 * before) break;
    }
    return logs;
  }

  /** The constants without one family: from the whole fit, steps along its derivatives; with `renew` along new ones after that. */
  without(family, whole, scale, { renew = false, kept = none } = {}) {
    const parameters = this.priors(scale, kept);
    const { rows } = whole;
    const weights = whole.weights.map((weight, row) => (rows[row].family === family ? 0 : weight));
    let anchor = whole;
    let { logs } = whole;
    for (let round = 0; round < (renew ? 2 : 1); round += 1) {
      if (round > 0) {
        const errors = this.engine.errorsOf(rows, logs);
        anchor = { logs, errors, columns: this.columnsAt(rows, logs, errors) };
      }
      let { errors } = anchor;
      for (let step = 0; step < 6; step += 1) {
        logs = newtonStep(parameters, anchor.columns, errors, weights, logs, 0);
        errors = [...anchor.errors];
        for (const [i, column] of anchor.columns.entries()) {
          const moved = logs[i] - anchor.logs[i];
          column.rows.forEach((row, at) => {
            errors[row] += column.slopes[at] * moved;
          });
        }
      }
    }
    return logs;
  }

  /** Errors of all rows, each from constants fitted without its family; open layouts are chosen again with those constants. */
  leftOut(rows, whole, scale, options = {}) {
    const errors = rows.map(() => 0);
    for (const family of this.families) {
      const logs = this.without(family, whole, scale, options);
      const held = this.cases.filter((one) => familyOf(one) === family);
      const own = this.engine.errorsOf(this.engine.rowsOf(held, logs), logs);
      let next = 0;
      rows.forEach((row, i) => {
        if (row.family !== family) return;
        errors[i] = own[next];
        next += 1;
      });
    }
    return errors;
  }
}
