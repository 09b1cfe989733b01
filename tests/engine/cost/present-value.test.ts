import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annuityYears, discountFactor, monthsOf } from '@engine/cost/present-value';

const rates = fc.double({ min: 0, max: 1, noNaN: true });
const horizons = fc.double({ min: 0.1, max: 50, noNaN: true });

/** Twelve payments a year at the end of the month: a geometric series in closed form. */
function closedForm(years: number, rate: number): number {
  const months = Math.max(1, Math.round(12 * years));
  if (rate === 0) return months / 12;
  const monthly = (1 + rate) ** (1 / 12) - 1;
  return (1 - (1 + monthly) ** -months) / monthly / 12;
}

describe('one unit paid later', () => {
  // Compound interest tables: 1 / (1 + r)^n.
  it.each([
    [12, 0.1, 0.909_090_9],
    [24, 0.1, 0.826_446_3],
    [60, 0.05, 0.783_526_2],
    [36, 0.08, 0.793_832_2],
    [120, 0.03, 0.744_093_9],
    [0, 0.5, 1],
    [6, 0.21, 0.909_090_9],
    [99, 0, 1],
  ])('after %i months at %d a year is worth %d today', (month, rate, expected) => {
    expect(discountFactor(month, rate)).toBeCloseTo(expected, 6);
  });

  it('is worth less the later it comes and the higher the rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), rates, (month, rate) => {
        const worth = discountFactor(month, rate);
        expect(worth).toBeGreaterThan(0);
        expect(worth).toBeLessThanOrEqual(1);
        expect(discountFactor(month + 1, rate)).toBeLessThanOrEqual(worth);
        expect(discountFactor(month, rate + 0.01)).toBeLessThanOrEqual(worth);
      }),
    );
  });

  it('waits twice as long for the square of the discount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), rates, (month, rate) => {
        expect(discountFactor(2 * month, rate)).toBeCloseTo(discountFactor(month, rate) ** 2, 12);
      }),
    );
  });
});

describe('one unit a year, in monthly parts', () => {
  it.each([
    [1, 0, 1],
    [3, 0, 3],
    [0.5, 0, 0.5],
    [1, 0.1, 0.950_04],
    [2, 0.1, 1.813_71],
    [3, 0.08, 2.670_28],
    [5, 0.05, 4.427_78],
  ])('for %d years at %d is worth %d', (years, rate, expected) => {
    expect(annuityYears(years, rate)).toBeCloseTo(expected, 4);
  });

  it('is the closed form of the geometric series', () => {
    fc.assert(
      fc.property(horizons, fc.double({ min: 1e-3, max: 1, noNaN: true }), (years, rate) => {
        expect(annuityYears(years, rate) / closedForm(years, rate)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is worth more the longer it is paid, less the higher the rate, never more than undiscounted', () => {
    fc.assert(
      fc.property(horizons, rates, (years, rate) => {
        const worth = annuityYears(years, rate);
        expect(annuityYears(years + 1, rate)).toBeGreaterThanOrEqual(worth);
        expect(annuityYears(years, rate + 0.01)).toBeLessThan(worth);
        expect(worth).toBeLessThanOrEqual(monthsOf(years) / 12 + 1e-9);
      }),
    );
  });

  it('adds up: ten years are five now and five discounted by five', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), rates, (years, rate) => {
        const later = discountFactor(12 * years, rate) * annuityYears(years, rate);
        expect(annuityYears(2 * years, rate)).toBeCloseTo(annuityYears(years, rate) + later, 9);
      }),
    );
  });
});

describe('the months of a horizon', () => {
  it.each([
    [1, 12],
    [3, 36],
    [0.5, 6],
    [0.1, 1],
    [0.01, 1],
    [2.04, 24],
    [2.05, 25],
    [50, 600],
  ])('%d years are %i', (years, months) => {
    expect(monthsOf(years)).toBe(months);
  });
});

describe('one unit a year at a price that changes', () => {
  it('is what adding up the months gives, whatever the rate and the change', () => {
    fc.assert(
      fc.property(
        horizons,
        rates,
        fc.double({ min: -0.9, max: 2, noNaN: true }),
        (years, rate, change) => {
          let sum = 0;
          for (let month = 1; month <= monthsOf(years); month += 1) {
            sum += (discountFactor(month, rate) * (1 + change) ** ((month - 1) / 12)) / 12;
          }
          expect(annuityYears(years, rate, change) / sum).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('is the number of years where price and discount rise alike, but for the first month', () => {
    expect(annuityYears(3, 0.1, 0.1)).toBeCloseTo(3 / 1.1 ** (1 / 12), 9);
  });
});
