import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partDifferences } from '@engine/cost/attribution';
import type { Part } from '@engine/report';
import { reportOf, templateRows } from '../../fixtures/engine-fixture';

function part(key: string, value: number): Part {
  return { key, label: key, value, unit: 'USD' };
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

describe('the difference between two totals', () => {
  it('has a part for everything that either holds', () => {
    const parts = partDifferences([part('a', 3), part('b', 2)], [part('b', 5), part('c', 7)]);
    expect(parts.map(({ key, value }) => [key, value])).toEqual([
      ['a', -3],
      ['b', 3],
      ['c', 7],
    ]);
  });

  it('adds up to 100 % for any amounts', () => {
    const amounts = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(amounts, amounts, (from, to) => {
        const [first, second] = [from, to].map((values) =>
          values.map((value, index) => part(`k${String(index)}`, value)),
        );
        const whole = total(second ?? []) - total(first ?? []);
        const shares = partDifferences(first ?? [], second ?? []);
        expect(Math.abs(total(shares) - whole)).toBeLessThanOrEqual(1e-3);
      }),
    );
  });
});

describe.each(templateRows)('in %s', (_id, plan) => {
  const { difference, options } = reportOf(plan).cost;

  it('the parts explain all of what the dearest way costs more than the cheapest', () => {
    const known = options.flatMap(({ totalUsd }) => totalUsd.value ?? []);
    expect(difference === null).toBe(known.length < 2);
    if (difference === null) return;
    const whole = Math.max(...known) - Math.min(...known);
    expect(Math.abs(total(difference.parts) / whole - 1)).toBeLessThan(1e-9);
    expect(difference.usd / whole).toBeCloseTo(1, 9);
  });
});
