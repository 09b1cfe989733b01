import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  imageAccelerators,
  imageFleet,
  imageSecondsOn,
  slowestImageSeconds,
} from '@engine/users/image-fleet';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { rows } from './users-fixture';

describe('waiting for an image', () => {
  it('takes its own time where nobody else asks', () => {
    expect(slowestImageSeconds(1e-6, 2, 4)).toBeCloseTo(2, 6);
  });

  it('has no end where more is asked than can be made', () => {
    expect(slowestImageSeconds(2, 2, 4)).toBeNull();
    expect(slowestImageSeconds(3, 2, 4)).toBeNull();
  });

  it('grows with what is asked', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.97, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (share, count) => {
          const calm = slowestImageSeconds((share * count) / 3, 3, count) ?? Number.NaN;
          const busy = slowestImageSeconds(((share + 0.02) * count) / 3, 3, count) ?? Number.NaN;
          expect(busy).toBeGreaterThanOrEqual(calm - 1e-9);
        },
      ),
    );
  });
});

describe('accelerators for images', () => {
  it('is one for nearly nobody', () => {
    expect(imageAccelerators(1e-4, 2)).toBe(1);
  });

  it('keeps the wait below half an image, with the fewest that do', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 0.2, max: 10, noNaN: true }),
        (perSecond, seconds) => {
          const count = imageAccelerators(perSecond, seconds);
          expect(slowestImageSeconds(perSecond, seconds, count) ?? Infinity).toBeLessThanOrEqual(
            1.5 * seconds + 1e-9,
          );
          const fewer = slowestImageSeconds(perSecond, seconds, count - 1);
          if (count > 1) expect(fewer ?? Infinity).toBeGreaterThan(1.5 * seconds - 1e-9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('needs few spare ones for many users, and no fewer than are busy', () => {
    const count = imageAccelerators(1e6, 2);
    expect(count).toBeGreaterThan(2e6);
    expect(count).toBeLessThan(2.01e6);
  });
});

describe('a fleet for images', () => {
  const fleet = imageFleet(catalogue, rows.system, rows.sdxl, 1e6);

  it('makes an image of Stable Diffusion XL within seconds on an H200', () => {
    const seconds = imageSecondsOn(catalogue, rows.system, rows.sdxl) ?? Number.NaN;
    expect(seconds).toBeGreaterThan(0.3);
    expect(seconds).toBeLessThan(10);
    expect(fleet?.secondsPerImage.value).toBe(seconds);
  });

  it('holds the images at the peak', () => {
    const busy = (fleet?.peakRequests.value ?? 0) * (fleet?.secondsPerImage.value ?? 0);
    expect(fleet?.accelerators.value).toBeGreaterThan(busy);
    expect(fleet?.slowestSeconds.value).toBeGreaterThan(fleet?.secondsPerImage.value ?? 0);
  });

  it('is none where the catalogue lacks the part', () => {
    const system = { ...rows.system, acceleratorId: 'no such part' };
    expect(imageFleet(catalogue, system, rows.sdxl, 1)).toBeNull();
  });
});
