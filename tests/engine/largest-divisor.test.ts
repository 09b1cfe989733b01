import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDivisor } from '@engine/largest-divisor';

describe('the largest divisor', () => {
  it.each([
    [64, 24, 16],
    [126, 16, 14],
    [97, 50, 1],
    [97, 97, 97],
    [12, 1, 1],
    [949_749_497, 245_638_489, null],
  ])('of %i up to %i', (of, limit, expected) => {
    const found = largestDivisor(of, limit);
    expect(of % found).toBe(0);
    expect(found).toBeLessThanOrEqual(limit);
    if (expected !== null) expect(found).toBe(expected);
  });

  it('divides, stays below its limit, and none between them divides', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 6_000 }),
        (of, limit) => {
          const found = largestDivisor(of, limit);
          expect(of % found).toBe(0);
          expect(found).toBeLessThanOrEqual(limit);
          for (let other = found + 1; other <= Math.min(of, limit); other += 1) {
            expect(of % other).not.toBe(0);
          }
        },
      ),
    );
  });

  it('of what is no whole number, or below its limit, is 1', () => {
    expect(largestDivisor(7.5, 4)).toBe(1);
    expect(largestDivisor(8, 0.5)).toBe(1);
    expect(largestDivisor(Number.NaN, 4)).toBe(1);
  });
});
