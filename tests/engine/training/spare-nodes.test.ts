import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfAtLeast, spareWaitSeconds } from '@engine/training/spare-nodes';

describe('rare independent events', () => {
  it('happen at least once with chance 1 − e^−μ and at least no times with certainty', () => {
    for (const mean of [0.01, 0.5, 3, 40]) {
      expect(chanceOfAtLeast(0, mean)).toBe(1);
      expect(chanceOfAtLeast(1, mean)).toBeCloseTo(1 - Math.exp(-mean), 12);
    }
  });

  it('follow the tables: at least 3 of 2 expected 0.3233, at least 11 of 10 expected 0.4170', () => {
    expect(chanceOfAtLeast(3, 2)).toBeCloseTo(0.3233, 4);
    expect(chanceOfAtLeast(11, 10)).toBeCloseTo(0.417, 3);
  });

  it('are a chance whatever the numbers, and the less likely the more are asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        (least, mean) => {
          const chance = chanceOfAtLeast(least, mean);
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
          expect(chanceOfAtLeast(least + 1, mean)).toBeLessThanOrEqual(chance + 1e-12);
        },
      ),
    );
  });
});

describe('waiting for a node', () => {
  const faults = { perSecond: 1 / 10_000, repairSeconds: 86_400 };

  it('takes the whole repair without a spare, and nothing with more than ever fail', () => {
    expect(spareWaitSeconds(faults, 0)).toBe(faults.repairSeconds);
    expect(spareWaitSeconds(faults, 100)).toBeLessThan(1e-6);
  });

  it('falls with every spare and rises with faults and repair time', () => {
    for (let spares = 0; spares < 30; spares += 1) {
      const wait = spareWaitSeconds(faults, spares);
      expect(spareWaitSeconds(faults, spares + 1)).toBeLessThanOrEqual(wait);
      expect(
        spareWaitSeconds({ ...faults, perSecond: 2 * faults.perSecond }, spares),
      ).toBeGreaterThanOrEqual(wait);
      expect(
        spareWaitSeconds({ ...faults, repairSeconds: 2 * faults.repairSeconds }, spares),
      ).toBeGreaterThanOrEqual(wait);
    }
  });

  it('is nothing where nothing fails and there is a spare', () => {
    expect(spareWaitSeconds({ perSecond: 0, repairSeconds: 86_400 }, 1)).toBe(0);
  });
});
