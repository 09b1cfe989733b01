import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amdahlLimit,
  amdahlSpeedUp,
  gustafsonSpeedUp,
  serialShareOfOne,
} from '@engine/parallel/speed-up-laws';

const share = fc.double({ min: 1e-6, max: 1, noNaN: true });
const workers = fc.integer({ min: 1, max: 1_000_000 });

describe('Amdahl’s law', () => {
  it.each([
    [0.1, 10, 5.263157894736842],
    [0.5, 1_000_000, 2],
    [0, 64, 64],
    [1, 64, 1],
  ])('a serial share of %d on %i workers gains %d', (serial, count, gain) => {
    expect(amdahlSpeedUp(serial, count)).toBeCloseTo(gain, 5);
  });

  it('never reaches its limit, and never gains more than the workers', () => {
    fc.assert(
      fc.property(share, workers, (serial, count) => {
        const gain = amdahlSpeedUp(serial, count);
        expect(gain).toBeLessThanOrEqual(amdahlLimit(serial) * (1 + 1e-12));
        expect(gain).toBeLessThanOrEqual(count * (1 + 1e-12));
        expect(gain).toBeGreaterThanOrEqual(1 - 1e-12);
      }),
    );
  });
});

describe('Gustafson’s law', () => {
  it.each([
    [0.1, 10, 9.1],
    [0, 64, 64],
    [1, 64, 1],
  ])('a serial share of %d on %i workers does %d times the work', (serial, count, gain) => {
    expect(gustafsonSpeedUp(serial, count)).toBeCloseTo(gain, 12);
  });

  it('is Amdahl’s law, with the serial share as one worker sees it', () => {
    fc.assert(
      fc.property(share, workers, (ofMany, count) => {
        const ofOne = serialShareOfOne(ofMany, count);
        const ratio = amdahlSpeedUp(ofOne, count) / gustafsonSpeedUp(ofMany, count);
        expect(ratio).toBeCloseTo(1, 6);
        expect(ofOne).toBeLessThanOrEqual(ofMany * (1 + 1e-12));
      }),
    );
  });

  it('takes the share of one worker as it is', () => {
    expect(serialShareOfOne(0.3, 1)).toBeCloseTo(0.3, 12);
  });
});
