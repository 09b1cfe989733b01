import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceleratorsOf,
  breakEvenMonth,
  breakEvenUtilisation,
  cashFlow,
  totalCost,
  type TotalCost,
} from '@engine/cost/total-cost';
import type { CashPoint } from '@engine/report';
import { assumptionsOf, clusterOf, plainInputs, type CostInputs } from './costed';

function costOf(change: Partial<CostInputs> = {}): TotalCost {
  const inputs = { ...plainInputs, ...change };
  return totalCost([clusterOf(inputs)], assumptionsOf(inputs));
}

function flowOf(change: Partial<CostInputs> = {}): CashPoint[] {
  return cashFlow(costOf(change), assumptionsOf({ ...plainInputs, ...change }));
}

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

describe('ten DGX H100 at 300,000 USD for three years, undiscounted, by hand', () => {
  const cost = costOf();

  it.each([
    ['80 GPUs', 'accelerators', 80],
    ['nodes: 10 · 300,000', 'nodes', 3_000_000],
    ['a fifth on top for network and storage', 'networkAndStorage', 600_000],
    ['capital', 'capital', 3_600_000],
    ['maintenance: 5 % a year', 'maintenancePerYear', 180_000],
    ['colocation: 77.5 kW · 100 USD · 12', 'colocationPerYear', 93_000],
    ['electricity: 77.5 kW · 1.25 · 0.8 · 8760 h · 0.1 USD', 'electricityPerYear', 67_890],
    ['all three', 'operatingPerYear', 340_890],
    ['residual: 30 % of the capital', 'residual', 1_080_000],
    ['bought: capital + 3 years − residual', 'buy', 3_542_670],
    ['a year of rent: 80 · 2 · 8760 · 0.8', 'rentPerYear', 1_121_280],
    ['three years of rent', 'rent', 3_363_840],
    ['hours in use: 80 · 8760 · 0.8 · 3', 'discountedHours', 1_681_920],
  ] as const)('%s', (_what, part, expected) => {
    expect(cost[part]).toBeCloseTo(expected, 4);
  });

  it('is the same with a second, equal half elsewhere', () => {
    const half = { ...plainInputs, nodes: 5 };
    const two = totalCost([clusterOf(half, 'a'), clusterOf(half, 'b')], assumptionsOf(half));
    const whole = costOf();
    for (const part of Object.keys(whole) as (keyof TotalCost)[]) {
      expect(two[part], part).toBeCloseTo(whole[part], 4);
    }
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
  ] as const)('costs no less to own with more %s', (field) => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const dearer = { ...inputs, [field]: inputs[field] * 1.5 };
        expect(costOf(dearer).buy).toBeGreaterThanOrEqual(costOf(inputs).buy);
        expect(costOf(dearer).rent).toBe(costOf(inputs).rent);
      }),
    );
  });

  it('costs less to own the more of it is left at the end', () => {
    fc.assert(
      fc.property(anyInputs, share, (inputs, left) => {
        const [less, more] = [left / 2, left].map(
          (residual) => costOf({ ...inputs, residual }).buy,
        );
        expect(more).toBeLessThan(less ?? 0);
      }),
    );
  });

  it('costs in proportion to its size, owned and rented', () => {
    fc.assert(
      fc.property(anyInputs, fc.integer({ min: 2, max: 50 }), (inputs, factor) => {
        const one = costOf(inputs);
        const many = costOf({ ...inputs, nodes: factor * inputs.nodes });
        expect(many.rent / one.rent).toBeCloseTo(factor, 9);
        expect(many.capital / one.capital).toBeCloseTo(factor, 9);
        expect(many.operatingPerYear / one.operatingPerYear).toBeCloseTo(factor, 9);
      }),
    );
  });

  it('costs the rent per hour that was put in, whatever the horizon and the rate', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { rent, discountedHours } = costOf(inputs);
        expect(rent / discountedHours / inputs.rent).toBeCloseTo(1, 9);
      }),
    );
  });

  it('has eight accelerators in every node', () => {
    expect(acceleratorsOf(clusterOf({ ...plainInputs, nodes: 128 }))).toBe(1_024);
  });
});

describe('the break-even utilisation', () => {
  it('is where owning and renting cost the same', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const even = breakEvenUtilisation(costOf(inputs), inputs.use);
        if (even === null || even <= 0.001) return;
        const { buy, rent } = costOf({ ...inputs, use: even });
        expect(buy / rent).toBeCloseTo(1, 6);
      }),
    );
  });

  it('does not depend on the use at which the totals were computed', () => {
    fc.assert(
      fc.property(anyInputs, share, (inputs, use) => {
        const [first, second] = [inputs.use, use].map((at) =>
          breakEvenUtilisation(costOf({ ...inputs, use: at }), at),
        );
        if (first === null || second === null) return;
        expect((first ?? 0) / (second ?? 1)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('falls as rent rises, and does not exist when renting is nearly free', () => {
    const at = (rent: number): number | null => breakEvenUtilisation(costOf({ rent }), 0.8);
    expect(at(0.01)).toBeNull();
    expect(at(4) ?? 1).toBeLessThan(at(3) ?? 0);
  });

  it('by hand: owning but for power over rent less power', () => {
    const fixed = 3_542_670 - 3 * 67_890;
    const perFullUse = (3_363_840 - 3 * 67_890) / 0.8;
    expect(breakEvenUtilisation(costOf(), 0.8)).toBeCloseTo(fixed / perFullUse, 9);
  });
});

describe('the cash flow', () => {
  it('starts with the purchase and has a point for every month', () => {
    const flow = flowOf();
    expect(flow[0]).toEqual({ month: 0, rentUsd: 0, buyUsd: 3_600_000 });
    expect(flow.map(({ month }) => month)).toEqual([...Array(37).keys()]);
  });

  it('only rises, until the residual comes back in the last month', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const flow = flowOf(inputs);
        for (const [index, point] of flow.slice(1, -1).entries()) {
          expect(point.buyUsd).toBeGreaterThanOrEqual(flow[index]?.buyUsd ?? 0);
          expect(point.rentUsd).toBeGreaterThanOrEqual(flow[index]?.rentUsd ?? 0);
        }
        const { buy, rent } = costOf(inputs);
        expect((flow.at(-1)?.buyUsd ?? 0) / buy).toBeCloseTo(1, 6);
        expect((flow.at(-1)?.rentUsd ?? 0) / rent).toBeCloseTo(1, 6);
      }),
      { numRuns: 30 },
    );
  });

  const point = (month: number, buyUsd: number, rentUsd: number): CashPoint => ({
    month,
    buyUsd,
    rentUsd,
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
