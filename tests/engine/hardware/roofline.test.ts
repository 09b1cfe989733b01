import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { describeDevice, peakFlopPerSecond, type Device } from '@engine/hardware/device';
import {
  blend,
  matmulBusySeconds,
  matmulFlopPerSecond,
  matmulSeconds,
} from '@engine/hardware/matmul';
import { memorySeconds, streamSeconds } from '@engine/hardware/memory';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf } from '../../fixtures/engine-fixture';

function deviceOf(id: string): Device {
  return describeDevice(acceleratorOf(id), null, catalogue.assumptions);
}

const h100 = deviceOf('h100-sxm');
const size = fc.integer({ min: 1, max: 65_536 });
const anyDevice = fc.constantFrom(...[...catalogue.accelerators.keys()].map(deviceOf));

/**
 * Ridge point: FLOP per byte at which a kernel turns from memory bound to compute bound; dense peak over memory bandwidth
 * of the data sheets. Williams et al. 2009, https://doi.org/10.1145/1498765.1498785.
 */
describe('the ridge point', () => {
  it.each<[string, Precision, number]>([
    ['v100-sxm2-32gb', 'fp16', 125e12 / 898e9],
    ['a100-sxm-40gb', 'bf16', 312e12 / 1_555e9],
    ['a100-sxm-80gb', 'bf16', 312e12 / 2_039e9],
    ['h100-sxm', 'bf16', 989e12 / 3_350e9],
    ['h100-sxm', 'fp8', 1_979e12 / 3_350e9],
    ['h20', 'bf16', 148e12 / 4_000e9],
    ['b200-sxm', 'bf16', 2_250e12 / 8_000e9],
    ['mi300x', 'bf16', 1_307.4e12 / 5_300e9],
    ['tpu-v4', 'bf16', 275e12 / 1_200e9],
    ['l4', 'bf16', 121e12 / 300e9],
  ])('of %s in %s is that of its data sheet', (id, precision, ridge) => {
    const device = deviceOf(id);
    const found = peakFlopPerSecond(device, precision) / device.memoryBytesPerSecond;
    expect(found / ridge).toBeCloseTo(1, 6);
  });

  it('of H20 is an eighth of that of H100: built for reading, not for computing', () => {
    const ridge = (id: string): number =>
      peakFlopPerSecond(deviceOf(id), 'bf16') / deviceOf(id).memoryBytesPerSecond;
    expect(ridge('h100-sxm') / ridge('h20')).toBeCloseTo(8, 0);
  });
});

describe('a matrix product', () => {
  const precisions = fc.constantFrom<Precision>('bf16', 'fp8', 'fp4');

  it('takes at least the time of its arithmetic and of its bytes', () => {
    fc.assert(
      fc.property(anyDevice, precisions, size, size, size, (device, precision, m, n, k) => {
        const seconds = matmulBusySeconds(device, precision, m, n, k);
        const peak = peakFlopPerSecond(device, precision);
        expect(seconds).toBeGreaterThanOrEqual((2 * m * n * k) / peak);
        expect(seconds).toBeGreaterThanOrEqual((2 * m * n) / device.memoryBytesPerSecond);
      }),
    );
  });

  it('takes as long as its transpose', () => {
    fc.assert(
      fc.property(anyDevice, size, size, size, (device, m, n, k) => {
        const seconds = matmulSeconds(device, 'bf16', m, n, k);
        expect(matmulSeconds(device, 'bf16', n, m, k) / seconds).toBeCloseTo(1, 9);
      }),
    );
  });

  it('never gains from being cut in two', () => {
    fc.assert(
      fc.property(anyDevice, size, size, size, (device, m, n, k) => {
        const whole = matmulSeconds(device, 'bf16', 2 * m, n, k);
        expect(2 * matmulSeconds(device, 'bf16', m, n, k)).toBeGreaterThanOrEqual(whole);
      }),
    );
  });

  it('takes longer with every dimension', () => {
    fc.assert(
      fc.property(anyDevice, size, size, size, (device, m, n, k) => {
        const seconds = matmulSeconds(device, 'bf16', m, n, k);
        for (const [dm, dn, dk] of [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ] as const) {
          const longer = matmulSeconds(device, 'bf16', m + dm, n + dn, k + dk);
          expect(longer).toBeGreaterThanOrEqual(seconds);
        }
      }),
    );
  });

  it('of one row reads the matrix once: its rate is far below the ridge', () => {
    const seconds = matmulBusySeconds(h100, 'bf16', 1, 8_192, 8_192);
    const reading = (2 * 8_192 * 8_192) / h100.memoryBytesPerSecond;
    expect(seconds / reading).toBeGreaterThan(1);
    expect(seconds / reading).toBeLessThan(2);
    const rate = matmulFlopPerSecond(h100, 'bf16', 1, 8_192, 8_192);
    expect(rate).toBeLessThan(0.01 * peakFlopPerSecond(h100, 'bf16'));
  });

  it('that is large and square is bound by arithmetic', () => {
    const rate = matmulFlopPerSecond(h100, 'bf16', 16_384, 16_384, 16_384);
    const share = rate / peakFlopPerSecond(h100, 'bf16');
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
  });

  it('has no time on a part that cannot compute it', () => {
    const without: Device = { ...h100, rates: {} };
    expect(matmulBusySeconds(without, 'bf16', 8, 8, 8)).toBe(Number.POSITIVE_INFINITY);
    expect(peakFlopPerSecond(without, 'bf16')).toBe(0);
  });
});

describe('moving data', () => {
  const bytes = fc.double({ min: 0, max: 1e12, noNaN: true });

  it('is never faster than the data sheet, and in proportion to the bytes', () => {
    fc.assert(
      fc.property(anyDevice, bytes, (device, moved) => {
        const seconds = streamSeconds(device, moved);
        expect(seconds).toBeGreaterThanOrEqual(moved / device.memoryBytesPerSecond);
        expect(streamSeconds(device, 2 * moved)).toBeCloseTo(2 * seconds, 9);
      }),
    );
  });

  it('takes the floor of a kernel on top, and nothing else', () => {
    const floor = memorySeconds(h100, 0);
    expect(floor).toBe(h100.constants.kernelFloorSeconds);
    expect(memorySeconds(h100, 1e9)).toBeCloseTo(floor + streamSeconds(h100, 1e9), 15);
  });
});

describe('joining two times', () => {
  const time = fc.double({ min: 1e-9, max: 1e3, noNaN: true });
  const exponent = fc.double({ min: 0.5, max: 8, noNaN: true });

  it('is never shorter than either, and the same in either order and any unit', () => {
    fc.assert(
      fc.property(time, time, exponent, (first, second, sharpness) => {
        const joined = blend(first, second, sharpness);
        expect(joined).toBeGreaterThanOrEqual(Math.max(first, second) * (1 - 1e-12));
        expect(blend(second, first, sharpness)).toBeCloseTo(joined, 9);
        expect(blend(1e3 * first, 1e3 * second, sharpness) / joined).toBeCloseTo(1e3, 3);
      }),
    );
  });

  it.each([
    [3, 4, 1, 7],
    [3, 4, 2, 5],
    [3, 4, 64, 4],
    [5, 0, 2, 5],
  ])('%d and %d with exponent %d are %d', (first, second, sharpness, expected) => {
    expect(blend(first, second, sharpness)).toBeCloseTo(expected, 6);
  });
});
