import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { describeDevice, peakFlopPerSecond, type Device } from '@engine/hardware/device';
import { matmulFlopPerSecond, matmulSeconds } from '@engine/hardware/matmul';
import { memorySeconds } from '@engine/hardware/memory';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function deviceOf(id: string): Device {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return describeDevice(accelerator, null, catalogue.assumptions);
}

const precisions: readonly Precision[] = ['fp32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'];

describe('a matrix product', () => {
  // Published operator timing (ai-dynamo/aiconfigurator, H100 SXM, BF16): 128 × 5,120 × 7,168 in 0.0316 ms.
  test('comes close to the published timing of one shape on H100', () => {
    const seconds = matmulSeconds(deviceOf('h100-sxm'), 'bf16', 128, 5120, 7168);
    expect(Math.abs(seconds / 0.0316e-3 - 1)).toBeLessThan(0.25);
  });

  test('reaches most of the measured ceiling when large and square', () => {
    const device = deviceOf('h100-sxm');
    const ceiling = 794.5e12;
    const rate = matmulFlopPerSecond(device, 'bf16', 16384, 16384, 16384);
    expect(rate).toBeGreaterThan(0.85 * ceiling);
    expect(rate).toBeLessThan(ceiling);
  });

  test('takes the time of the results that the last round of tiles computes for nothing', () => {
    const device = { ...deviceOf('mi300x'), memoryBytesPerSecond: Number.POSITIVE_INFINITY };
    const floor = device.constants.kernelFloorSeconds;
    const idle = { ...device, idleTileElements: 2048 * 4096 };
    const busy = (of: Device, m: number) => matmulSeconds(of, 'bf16', m, 4096, 4096) - floor;
    expect(busy(idle, 2048)).toBeCloseTo(2 * busy(device, 2048), 12);
    expect(busy(idle, 16_384)).toBeCloseTo(busy(device, 16_384 + 2048), 12);
  });

  test('is bound by memory when thin: one row of a large matrix', () => {
    const device = deviceOf('h100-sxm');
    const bytes = 8192 * 8192 * 2;
    const seconds = matmulSeconds(device, 'bf16', 1, 8192, 8192);
    expect(seconds).toBeGreaterThan(bytes / device.memoryBytesPerSecond);
    expect(matmulFlopPerSecond(device, 'bf16', 1, 8192, 8192)).toBeLessThan(
      0.01 * peakFlopPerSecond(device, 'bf16'),
    );
  });

  test('never exceeds the peak on any part, and is never faster with more work', () => {
    const ids = [...catalogue.accelerators.keys()];
    const size = fc.integer({ min: 1, max: 65_536 });
    fc.assert(
      fc.property(
        fc.constantFrom(...ids),
        fc.constantFrom(...precisions),
        size,
        size,
        size,
        (id, precision, m, n, k) => {
          const device = deviceOf(id);
          if (device.rates[precision] === undefined) return;
          const rate = matmulFlopPerSecond(device, precision, m, n, k);
          expect(rate).toBeGreaterThan(0);
          expect(rate).toBeLessThanOrEqual(peakFlopPerSecond(device, precision));
          expect(matmulSeconds(device, precision, 2 * m, n, k)).toBeGreaterThan(
            matmulSeconds(device, precision, m, n, k),
          );
        },
      ),
    );
  });
});

describe('a device', () => {
  test('computes FP8 in BF16 where it has no FP8, at the BF16 rate', () => {
    const a100 = deviceOf('a100-sxm-80gb');
    expect(a100.rates.fp8?.computedIn).toBe('bf16');
    expect(peakFlopPerSecond(a100, 'fp8')).toBe(peakFlopPerSecond(a100, 'bf16'));
    expect(deviceOf('h100-sxm').rates.fp8?.computedIn).toBe('fp8');
    expect(deviceOf('v100-sxm2-32gb').rates.bf16?.computedIn).toBe('fp16');
  });

  test('never promises more than its peak in any precision', () => {
    for (const id of catalogue.accelerators.keys()) {
      for (const [precision, rate] of Object.entries(deviceOf(id).rates)) {
        const share = rate.achievableFlopPerSecond / rate.peakFlopPerSecond;
        expect(share, `${id} ${precision}`).toBeGreaterThan(0.1);
        expect(share, `${id} ${precision}`).toBeLessThan(1);
      }
    }
  });

  test('streams memory below its rated bandwidth', () => {
    const device = deviceOf('h200-sxm');
    const seconds = memorySeconds(device, 48e9);
    expect(48e9 / seconds).toBeLessThan(device.memoryBytesPerSecond);
    expect(48e9 / seconds).toBeGreaterThan(0.5 * device.memoryBytesPerSecond);
  });
});
