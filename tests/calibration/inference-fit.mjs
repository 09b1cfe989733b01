import { readFileSync, writeFileSync } from 'node:fs';
import { engineServer } from './engine-server.mjs';
import { measuredRows } from './inference-errors.mjs';
import { derivatives, newtonStep, objective } from './sparse-fit.mjs';

const file = 'resources/catalogue/assumptions-serving.json';

/** The estimate command's own code, with constants that can be set. */
export async function loadEstimator() {
  const server = await engineServer();
  const { estimateCases } = await server.load('/src/cli/estimate/estimate.ts');
  const { bundledCatalogue } = await server.load('/src/shared/catalogue/bundled.ts');
  const { partName } = await server.load('/tests/calibration/part-name.ts');
  return {
    partName: (written) => partName(bundledCatalogue, written),
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

const familyOf = ({ id }) => id.split('-')[0];
/** What may be left out together: a source family, or one model of it. */
const foldOf = {
  family: familyOf,
  model: (one) => `${familyOf(one)}|${one.model.name}`,
};

/** Fits constants to cases and predicts each source family with constants fitted without it. */
export class InferenceFit {
  /** `fixed` constants stay where they are. */
  constructor(estimator, cases, parameters, fixed = {}) {
    Object.assign(this, { estimator, cases, parameters, fixed });
    this.start = parameters.map(({ start }) => Math.log(start));
    const rows = this.rowsAt(this.start);
    this.weights = rows.map(({ weight }) => weight);
    const caseOf = new Map(cases.map((one) => [one.id, one]));
    this.foldOfRow = Object.fromEntries(
      Object.entries(foldOf).map(([by, fold]) => [by, rows.map(({ id }) => fold(caseOf.get(id)))]),
    );
    this.rowsOfCase = new Map();
    rows.forEach(({ id }, row) => {
      const own = this.rowsOfCase.get(id) ?? [];
      this.rowsOfCase.set(id, [...own, row]);
    });
    this.touched = parameters.map(() => cases);
    const errors = rows.map(({ log }) => log);
    // The first derivatives say which cases a constant touches at all; later ones time only those anew.
    const columns = this.columnsAt(this.start, errors);
    const caseOfRow = new Map();
    for (const [id, own] of this.rowsOfCase) for (const row of own) caseOfRow.set(row, id);
    this.touched = columns.map((column) => {
      const ids = new Set(Array.from(column.rows, (row) => caseOfRow.get(row)));
      return cases.filter(({ id }) => ids.has(id));
    });
  }

  valuesOf(logs) {
    const fitted = this.parameters.map(({ key }, i) => [key, Math.exp(logs[i])]);
    return { ...this.fixed, ...Object.fromEntries(fitted) };
  }

  rowsAt(logs, cases = this.cases) {
    const predictions = this.estimator.predict(cases, this.valuesOf(logs));
    return measuredRows(cases, predictions, this.estimator.partName);
  }

  columnsAt(logs, errors) {
    const errorsAt = (moved, i) => {
      const seen = new Map();
      return this.rowsAt(moved, this.touched[i]).map(({ id, log }) => {
        const count = seen.get(id) ?? 0;
        seen.set(id, count + 1);
        return [this.rowsOfCase.get(id)[count], log];
      });
    };
    return derivatives(this.parameters, errorsAt, logs, errors);
  }

  /** Every standard deviation of the priors times a factor. */
  priors(scale) {
    return this.parameters.map((one) => ({ ...one, spread: one.spread * scale }));
  }

  /** The constants that explain all cases best while staying near their start. */
  whole(scale, from = this.start, rounds = 6) {
    const parameters = this.priors(scale);
    let logs = from;
    let errors = this.rowsAt(logs).map(({ log }) => log);
    let best = objective(parameters, errors, this.weights, logs);
    let damping = 0.05;
    for (let round = 0; round < rounds; round += 1) {
      const columns = this.columnsAt(logs, errors);
      const before = best;
      for (let attempt = 0; attempt < 4 && best === before; attempt += 1) {
        const next = newtonStep(parameters, columns, errors, this.weights, logs, damping);
        const nextErrors = this.rowsAt(next).map(({ log }) => log);
        const value = objective(parameters, nextErrors, this.weights, next);
        if (value < best) {
          [logs, errors, best] = [next, nextErrors, value];
          damping /= 3;
        } else damping *= 5;
      }
      if (before - best < 1e-3 * before) break;
    }
    return { logs, errors, columns: this.columnsAt(logs, errors) };
  }

  /**
   * The constants without one fold, a family or a model of it: from the whole fit, steps along its derivatives, without and then with new derivatives.
   * `kept` constants stay at their start.
   */
  without(fold, whole, scale, { by = 'family', renew = false, kept = [] } = {}) {
    const parameters = this.priors(scale).map((one) =>
      kept.includes(one.key) ? { ...one, spread: 1e-6 } : one,
    );
    const weights = this.weights.map((weight, row) =>
      this.foldOfRow[by][row] === fold ? 0 : weight,
    );
    let { logs } = whole;
    let { columns } = whole;
    let anchor = whole;
    for (let round = 0; round < (renew ? 2 : 1); round += 1) {
      if (round > 0) {
        const errors = this.rowsAt(logs).map(({ log }) => log);
        columns = this.columnsAt(logs, errors);
        anchor = { logs, errors };
      }
      let errors = anchor.errors;
      for (let step = 0; step < 6; step += 1) {
        logs = newtonStep(parameters, columns, errors, weights, logs, 0);
        errors = [...anchor.errors];
        columns.forEach((column, i) => {
          const moved = logs[i] - anchor.logs[i];
          column.rows.forEach((row, at) => (errors[row] += column.slopes[at] * moved));
        });
      }
    }
    return logs;
  }

  /** Rows of every fold, predicted with constants fitted without it, and weighing what they weigh among all. */
  leftOut(whole, scale, options = {}) {
    const fold = foldOf[options.by ?? 'family'];
    return [...new Set(this.cases.map(fold))].flatMap((name) => {
      const held = this.cases.filter((one) => fold(one) === name);
      return this.rowsAt(this.without(name, whole, scale, options), held);
    });
  }
}
