import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestCable, mediumFor } from '@engine/facility/fabric/cable-reach';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const { assumptions } = bundledCatalogue;

describe('what a link is made of', () => {
  // NVIDIA, LinkX 100G-PAM4 product line overview: copper to 3 m, with amplifiers to 5 m, multimode to 50 m, single-mode to 500 m and 2 km.
  it.each([
    [1, 400, 'passive copper'],
    [3, 400, 'passive copper'],
    [3.1, 400, 'active copper'],
    [5, 400, 'active copper'],
    [5.1, 400, 'multimode fibre'],
    [50, 400, 'multimode fibre'],
    [51, 400, 'single-mode fibre'],
    [500, 400, 'single-mode fibre'],
    [501, 400, 'long single-mode fibre'],
    [2_000, 400, 'long single-mode fibre'],
    [2_001, 400, null],
    [2, 800, 'active copper'],
    [20, 800, 'single-mode fibre'],
  ])('of %d m at %d Gb/s: %s', (metres, gbps, medium) => {
    expect(mediumFor(metres, gbps, assumptions)).toBe(medium);
  });
});

describe('the longest cable', () => {
  const racks = fc.integer({ min: 1, max: 20_000 });

  it('within a unit is never longer than across the hall, and grows with the hall', () => {
    fc.assert(
      fc.property(racks, fc.integer({ min: 1, max: 64 }), (count, racksOfUnit) => {
        const floor = { racks: count, racksOfUnit };
        const across = longestCable('leafSpine', floor, assumptions);
        expect(longestCable('spineCore', floor, assumptions)).toBe(across);
        expect(
          longestCable('leafSpine', { ...floor, racks: 4 * count }, assumptions),
        ).toBeGreaterThan(across);
        const unit = longestCable('nodeLeaf', floor, assumptions);
        expect(unit).toBeLessThanOrEqual(
          longestCable('nodeLeaf', { ...floor, racksOfUnit: racksOfUnit + 1 }, assumptions),
        );
      }),
    );
  });

  it('of a single rack stays in it', () => {
    expect(longestCable('nodeLeaf', { racks: 1, racksOfUnit: 8 }, assumptions)).toBeLessThan(6);
  });
});
