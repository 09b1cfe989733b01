import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOwnedShare, rentedShare } from '@engine/cost/hybrid';
import { breakEvenUtilisation } from '@engine/cost/options';
import { rentLines } from '@engine/cost/rent-lines';
import { quantity } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, costedPlan, plainInputs } from './costed';

const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });

describe('the break-even utilisation', () => {
  it('is where owning and renting cost the same', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 20, noNaN: true }), share, (rent, use) => {
        const even = costedPlan({ rent, use }).breakEven;
        if (even === null) return;
        const { totals } = costedPlan({ rent, use: even });
        expect(totals.buy.value / totals.rent.value).toBeCloseTo(1, 9);
      }),
    );
  });

  it('by hand: owning without power over rent less power', () => {
    const fixed = 3_606_195.6 - 3 * 76_825.2;
    const perFullUse = 4 * 3 * 80 * 8760 - (3 * 76_825.2) / 0.8;
    expect(costedPlan({ rent: 4 }).breakEven).toBeCloseTo(fixed / perFullUse, 9);
  });

  it('falls as rent rises, and does not exist when renting is nearly free', () => {
    expect(costedPlan({ rent: 0.01 }).breakEven).toBeNull();
    expect(costedPlan({ rent: 4 }).breakEven ?? 1).toBeLessThan(
      costedPlan({ rent: 3 }).breakEven ?? 0,
    );
  });

  it('is nothing where reserved rent alone costs more than owning', () => {
    const split = { ownedFixed: 5, ownedVariable: 1, rentedFixed: 10, rentedVariable: 0 };
    expect(breakEvenUtilisation(split)).toBe(0);
  });

  it('does not exist where reserved rent stays below owning', () => {
    const split = { ownedFixed: 12, ownedVariable: 1, rentedFixed: 10, rentedVariable: 0 };
    expect(breakEvenUtilisation(split)).toBeNull();
  });
});

describe('rent', () => {
  const entry = clusterOf(plainInputs);
  const costs = assumptionsOf(plainInputs);
  const perYear = (change: object, term?: 'reserved 1 year' | 'capacity block') =>
    rentLines(entry, { ...costs, ...change }, 0.8, term).reduce(
      (sum, line) => sum + line.perYearUsd,
      0,
    );
  const plain = 80 * 2 * 8760 * 0.8;

  it('on demand is paid while in use', () => {
    expect(perYear({})).toBeCloseTo(plain, 6);
  });

  it.each(['reserved 1 year', 'capacity block'] as const)('%s is paid every hour', (term) => {
    expect(perYear({}, term)).toBeCloseTo(plain / 0.8, 6);
  });

  it('grows by support and by hours that are lost', () => {
    expect(perYear({ rentSupportFraction: quantity(0.1) })).toBeCloseTo(1.1 * plain, 6);
    expect(perYear({ rentGoodputFraction: quantity(0.8) })).toBeCloseTo(1.25 * plain, 6);
  });

  it('holds storage and traffic: 100 TB at 70 USD and 20 TB at 50 USD a month', () => {
    const lines = rentLines(
      {
        ...entry,
        cluster: {
          ...entry.cluster,
          rentStorageTb: quantity(100),
          rentEgressTbPerMonth: quantity(20),
        },
      },
      { ...costs, storageUsdPerTbMonth: quantity(70), egressUsdPerTb: quantity(50) },
    );
    const of = (key: string) => lines.find((line) => line.key === key)?.perYearUsd;
    expect(of('rentStorage')).toBeCloseTo(84_000, 6);
    expect(of('rentEgress')).toBeCloseTo(12_000, 6);
  });
});

describe('the load above what is owned', () => {
  /** The same area by adding up ten thousand slices of the load curve. */
  function byAddition(mean: number, owned: number): number {
    const slices = 20_000;
    let area = 0;
    for (let slice = 0; slice < slices; slice += 1) {
      const load = (1 - (slice + 0.5) / slices) ** ((1 - mean) / mean);
      area += Math.max(0, load - owned) / slices;
    }
    return area;
  }

  it.each([
    [0.8, 0.5],
    [0.5, 0.3],
    [0.3, 0.7],
    [0.9, 0.95],
  ])('of mean %d above %d is the area of the curve', (mean, owned) => {
    expect(rentedShare(mean, owned)).toBeCloseTo(byAddition(mean, owned), 4);
  });

  it('is everything when nothing is owned and nothing when all is', () => {
    fc.assert(
      fc.property(share, (mean) => {
        expect(rentedShare(mean, 0)).toBeCloseTo(mean, 12);
        expect(rentedShare(mean, 1)).toBeCloseTo(0, 12);
      }),
    );
    expect(rentedShare(1, 0.25)).toBe(0.75);
  });
});

describe('the share whose ownership costs least', () => {
  it('is no dearer than any other share, and than owning or renting alone', () => {
    fc.assert(
      fc.property(
        share,
        fc.double({ min: 2, max: 12, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (use, rent, other) => {
          const best = costedPlan({ use, rent });
          const another = costedPlan({ use, rent }, { hybridOwnedFraction: quantity(other) });
          const least = best.totals.hybrid.value * (1 - 1e-9);
          expect(another.totals.hybrid.value).toBeGreaterThanOrEqual(least);
          expect(best.totals.rent.value).toBeGreaterThanOrEqual(least);
          expect(best.totals.buy.value).toBeGreaterThanOrEqual(least);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is nothing where owning never pays', () => {
    expect(bestOwnedShare(null, 0.8)).toBe(0);
    expect(bestOwnedShare(1, 0.8)).toBe(0);
    expect(costedPlan({ rent: 0.01 }).totals.hybrid.value).toBeCloseTo(
      costedPlan({ rent: 0.01 }).totals.rent.value,
      6,
    );
  });
});
