import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookValues, depreciationPerYear } from '@engine/cost/depreciation';
import {
  internalRateOfReturn,
  netPresentValue,
  paybackMonth,
  signChanges,
} from '@engine/cost/investment';
import { discountFactor } from '@engine/cost/present-value';

/** Amounts at the end of years as months. */
function yearly(...amounts: readonly number[]): number[] {
  return amounts.flatMap((amount, year) =>
    year === 0 ? [amount] : [...Array<number>(11).fill(0), amount],
  );
}

describe('the internal rate of return', () => {
  it('of 100 that become 110 in a year is 10 %', () => {
    expect(internalRateOfReturn(yearly(-100, 110))).toBeCloseTo(0.1, 9);
  });

  it('makes the net present value nothing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 10, max: 1e9, noNaN: true }),
        fc.double({ min: 0.5, max: 5, noNaN: true }),
        fc.integer({ min: 1, max: 20 }),
        (price, multiple, years) => {
          const flows = [
            -price,
            ...Array<number>(12 * years).fill((price * multiple) / (12 * years)),
          ];
          const rate = internalRateOfReturn(flows);
          if (rate === null) return;
          expect(Math.abs(netPresentValue(flows, rate))).toBeLessThan(1e-6 * price);
        },
      ),
    );
  });

  it.each([
    ['only costs', [-5, -1, -1]],
    ['only gains', [5, 1, 1]],
    ['nothing at all', [0, 0, 0]],
    ['several changes, so that several rates may fit', yearly(-100, 230, -132)],
    ['an empty series', []],
  ])('does not exist for %s', (_what, flows) => {
    expect(internalRateOfReturn(flows)).toBeNull();
  });

  it('counts changes of sign without zeros', () => {
    expect(signChanges([-1, 0, 0, 2, 0, -3])).toBe(2);
  });
});

describe('the net present value', () => {
  it('is every amount times its own discount, added up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 600 }),
        fc.double({ min: -0.5, max: 2, noNaN: true }),
        (flows, rate) => {
          const terms = flows.map((flow, month) => flow * discountFactor(month, rate));
          const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
          const sum = terms.reduce((total, term) => total + term, 0);
          expect(Math.abs(netPresentValue(flows, rate) - sum)).toBeLessThanOrEqual(1e-9 * size);
        },
      ),
    );
  });
});

describe('payback', () => {
  it('is the first month with nothing outstanding', () => {
    expect(paybackMonth([-10, 4, 4, 4])).toBe(3);
    expect(paybackMonth([-10, 4, 6])).toBe(2);
    expect(paybackMonth([-10, 4, 5])).toBeNull();
    expect(paybackMonth([5, -1])).toBe(1);
  });
});

describe('straight-line depreciation', () => {
  it('of 40,000 USD over three and six years is the published 13.3 and 6.7 thousand a year', () => {
    // Users' research 2026-11-23: realclear.ai, the three-year clock: 40k GPU, 13.3k at 3 y, 6.7k at 6 y.
    expect(depreciationPerYear(40_000, 0, 3)).toBeCloseTo(13_333.33, 2);
    expect(depreciationPerYear(40_000, 0, 6)).toBeCloseTo(6_666.67, 2);
  });

  it.each([0, -1, Number.NaN, Infinity])('has no years for a life of %d', (life) => {
    expect(bookValues(1e6, 0.2, life)).toEqual([]);
  });

  it('writes off the purchase but for what is left, in a last part of a year where needed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e10, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (purchase, left, life) => {
          const years = bookValues(purchase, left, life);
          const written = years.reduce((sum, { depreciationUsd }) => sum + depreciationUsd, 0);
          expect(Math.abs(written - purchase * (1 - left))).toBeLessThan(1e-9 * purchase);
          expect(years.at(-1)?.valueUsd).toBeCloseTo(purchase * left, 0);
          expect(years).toHaveLength(Math.ceil(life));
        },
      ),
    );
  });
});
