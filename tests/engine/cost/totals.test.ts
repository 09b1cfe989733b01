import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEvenMonth, cashFlow } from '@engine/cost/cash-flow';
import { acceleratorsOf } from '@engine/cost/capital';
import { presentValueOf, type CostLine } from '@engine/cost/cost-line';
import { optionLines, termsOf } from '@engine/cost/options';
import { costPlan } from '@engine/cost/totals';
import type { Acquisition } from '@engine/plan';
import type { CashPoint } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, costedPlan, plainInputs, type CostInputs } from './costed';

const amount = (max: number) => fc.double({ min: 0.01, max, noNaN: true });
const share = fc.double({ min: 0.01, max: 1, noNaN: true });
const anyInputs: fc.Arbitrary<CostInputs> = fc.record({
  nodes: fc.integer({ min: 1, max: 10_000 }),
  price: amount(1e6),
  rent: amount(20),
  electricity: amount(1),
  effectiveness: fc.double({ min: 1, max: 3, noNaN: true }),
  horizon: fc.integer({ min: 1, max: 20 }),
  use: share,
  network: share,
  maintenance: share,
  colocation: amount(500),
  residual: share,
  rate: share,
});

function totalOf(kind: Acquisition, change: Partial<CostInputs> = {}): number {
  return costedPlan(change).totals[kind].value;
}

function lineOf(key: string, kind: Acquisition = 'buy'): CostLine {
  const found = costedPlan().lines[kind].find((line) => line.key === key);
  if (!found) throw new Error(`There is no line ${key}.`);
  return found;
}

describe('ten DGX H100 at 300,000 USD for three years, undiscounted, by hand', () => {
  it.each([
    ['nodes: 10 · 300,000', 'nodes', 'atStartUsd', 3_000_000],
    ['a fifth on top for network and storage', 'network', 'atStartUsd', 600_000],
    ['maintenance: 5 % a year of both', 'maintenance', 'perYearUsd', 180_000],
    ['colocation: 87.7 kW · 100 USD · 12', 'colocation', 'perYearUsd', 105_240],
    ['electricity: 87.7 kW · 1.25 · 0.8 · 8760 h · 0.1 USD', 'electricity', 'perYearUsd', 76_825.2],
    ['residual: 30 % of the capital', 'residual', 'atEndUsd', -1_080_000],
  ] as const)('%s', (_what, key, field, expected) => {
    expect(lineOf(key)[field]).toBeCloseTo(expected, 4);
  });

  it.each([
    ['bought: capital + 3 years − residual', 'buy', 3_606_195.6],
    ['three years of rent: 80 · 2 · 8760 · 0.8 · 3', 'rent', 3_363_840],
    [
      'in a building of 6,100 USD per kW, of which twelve fifteenths are left, without colocation',
      'build',
      3_606_195.6 - 3 * 105_240 + 87.7 * 6_100 * (3 / 15),
    ],
  ] as const)('%s', (_what, kind, expected) => {
    expect(totalOf(kind)).toBeCloseTo(expected, 3);
  });

  it('is the same with a second, equal half elsewhere', () => {
    const half = { ...plainInputs, nodes: 5 };
    const clusters = [clusterOf(half, 'a'), clusterOf(half, 'b')];
    const two = costPlan(clusters, assumptionsOf(half), bundledCatalogue);
    for (const kind of ['rent', 'buy', 'build', 'hybrid'] as const) {
      expect(two.totals[kind].value).toBeCloseTo(totalOf(kind), 3);
    }
  });

  it('has eight accelerators in every node', () => {
    expect(acceleratorsOf(clusterOf({ ...plainInputs, nodes: 128 }))).toBe(1_024);
  });
});

describe('any cluster', () => {
  it.each([
    'price',
    'electricity',
    'effectiveness',
    'network',
    'maintenance',
    'colocation',
  ] as const)('costs no less to own with more %s, and the same to rent', (field) => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const dearer = { ...inputs, [field]: inputs[field] * 1.5 };
        expect(totalOf('buy', dearer)).toBeGreaterThanOrEqual(totalOf('buy', inputs) * (1 - 1e-12));
        expect(totalOf('rent', dearer)).toBe(totalOf('rent', inputs));
      }),
      { numRuns: 40 },
    );
  });

  it('costs in proportion to its size in every way', () => {
    fc.assert(
      fc.property(anyInputs, fc.integer({ min: 2, max: 50 }), (inputs, factor) => {
        for (const kind of ['rent', 'buy', 'build', 'hybrid'] as const) {
          const many = totalOf(kind, { ...inputs, nodes: factor * inputs.nodes });
          const one = totalOf(kind, inputs);
          const scale = factor * inputs.nodes * (inputs.price + 1e6 * inputs.horizon);
          expect(Math.abs(many - factor * one)).toBeLessThan(1e-9 * scale);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('costs the parts of its lines, and nothing besides', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const cost = costedPlan(inputs);
        const plan = cost.priced.value;
        for (const kind of ['rent', 'buy', 'build', 'hybrid'] as const) {
          const parts = optionLines(plan, kind, cost.ownedShare).map((line) =>
            presentValueOf(line, termsOf(plan)),
          );
          const sum = parts.reduce((total, part) => total + part, 0);
          expect(Math.abs(sum - cost.totals[kind].value)).toBeLessThan(1e-6 * inputs.price * 1e4);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has a range that holds its total', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        for (const { low, value, high } of Object.values(costedPlan(inputs).totals)) {
          expect(low).toBeLessThanOrEqual(value);
          expect(high).toBeGreaterThanOrEqual(value);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('ranges of prices', () => {
  const range = (value: number, low: number, high: number) => ({
    value,
    low,
    high,
    origin: 'yours' as const,
  });

  it('are carried into the totals: colocation at 80 to 150 USD moves owning by three years of it', () => {
    const { buy } = costedPlan({}, { colocationUsdPerKwMonth: range(100, 80, 150) }).totals;
    expect(buy.value - buy.low).toBeCloseTo(3 * 12 * 87.7 * 20, 3);
    expect(buy.high - buy.value).toBeCloseTo(3 * 12 * 87.7 * 50, 3);
  });

  it('put what is left at its high end into the low total', () => {
    const { buy } = costedPlan({}, { residualFraction: range(0.3, 0.2, 0.4) }).totals;
    expect(buy.value - buy.low).toBeCloseTo(0.1 * 3_600_000, 3);
    expect(buy.high - buy.value).toBeCloseTo(0.1 * 3_600_000, 3);
  });

  it('do not open where a price is known exactly', () => {
    const { rent, buy } = costedPlan().totals;
    expect([rent.low, rent.high]).toEqual([rent.value, rent.value]);
    expect([buy.low, buy.high]).toEqual([buy.value, buy.value]);
  });
});

describe('prices that change', () => {
  it('upwards make rent dearer and downwards cheaper', () => {
    const at = (change: number) =>
      costedPlan({}, { rentChangePerYear: quantity(change) }).totals.rent.value;
    expect(at(0.38)).toBeGreaterThan(at(0));
    expect(at(-0.27)).toBeLessThan(at(0));
  });

  it('of electricity touch electricity alone', () => {
    const before = costedPlan();
    const after = costedPlan({}, { electricityChangePerYear: quantity(0.1) });
    const difference = after.totals.buy.value - before.totals.buy.value;
    let byHand = 0;
    for (let month = 0; month < 36; month += 1)
      byHand += (76_825.2 / 12) * (1.1 ** (month / 12) - 1);
    expect(difference).toBeCloseTo(byHand, 4);
  });
});

describe('the cash flow', () => {
  const flowOf = (change: Partial<CostInputs> = {}) => {
    const cost = costedPlan(change);
    return { cost, points: cashFlow(cost.lines, termsOf(cost.priced.value)) };
  };

  it('starts with the purchase and has a point for every month', () => {
    const { points } = flowOf();
    expect(points[0]).toMatchObject({ month: 0, rentUsd: 0, buyUsd: 3_600_000 });
    expect(points.map(({ month }) => month)).toEqual([...Array(37).keys()]);
  });

  it('ends at every total', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { cost, points } = flowOf(inputs);
        const last = points.at(-1);
        const scale = inputs.price * inputs.nodes + cost.totals.rent.value;
        expect(Math.abs((last?.rentUsd ?? 0) - cost.totals.rent.value)).toBeLessThan(1e-9 * scale);
        expect(Math.abs((last?.buyUsd ?? 0) - cost.totals.buy.value)).toBeLessThan(1e-6 * scale);
        expect(Math.abs((last?.hybridUsd ?? 0) - cost.totals.hybrid.value)).toBeLessThan(
          1e-6 * scale,
        );
      }),
      { numRuns: 30 },
    );
  });

  const point = (month: number, buyUsd: number, rentUsd: number): CashPoint => ({
    month,
    buyUsd,
    rentUsd,
    buildUsd: 0,
    hybridUsd: 0,
  });

  it.each<[string, CashPoint[], number | null]>([
    [
      'in the first month that owning costs less',
      [point(0, 9, 0), point(1, 9, 5), point(2, 9, 10)],
      2,
    ],
    ['in a month in which both cost the same', [point(0, 9, 0), point(1, 9, 9)], 1],
    ['never when owning stays dearer', [point(0, 9, 0), point(1, 10, 5)], null],
    [
      'not before the first month, even if the purchase is free',
      [point(0, 0, 0), point(1, 0, 1)],
      1,
    ],
    ['never without points', [], null],
  ])('breaks even %s', (_what, points, expected) => {
    expect(breakEvenMonth(points)).toBe(expected);
  });
});
