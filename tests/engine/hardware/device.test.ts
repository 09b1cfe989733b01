import fc from 'fast-check';
import { assumptionValue } from '@engine/catalogue/assumption';
import { describe, expect, test } from 'vitest';
import type { Accelerator, Precision } from '@engine/catalogue/types';
import { hardwareAssumptionKeys, readHardwareConstants } from '@engine/hardware/constants';
import { describeDevice, peakFlopPerSecond, withScaleOut } from '@engine/hardware/device';
import { blend, matmulBusySeconds, matmulSeconds } from '@engine/hardware/matmul';
import { memorySeconds, streamSeconds } from '@engine/hardware/memory';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const { assumptions } = catalogue;

function accelerator(id: string): Accelerator {
  const found = catalogue.accelerators.get(id);
  if (found === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return found;
}

function alone(id: string) {
  return describeDevice(accelerator(id), null, assumptions);
}

describe('what a part offers', () => {
  test('is the catalogue in SI units', () => {
    const h100 = alone('h100-sxm');
    expect(h100.memoryBytes).toBe(80e9);
    expect(h100.memoryBytesPerSecond).toBe(3.35e12);
    expect(h100.scaleUp).toEqual({ bytesPerSecond: 450e9, domain: 8 });
    expect(peakFlopPerSecond(h100, 'bf16')).toBe(989e12);
    expect(peakFlopPerSecond(h100, 'fp8')).toBe(1979e12);
  });

  test.each([
    ['rx-7900-xtx', 'radeon'],
    ['ryzen-ai-max-395', 'radeon'],
    ['mi300x', 'cdna'],
    ['mi350p', 'cdna-4'],
    ['mi355x', 'cdna-4'],
    ['gb10', 'blackwell-client'],
  ])('is of a line that runs the same kernels: %s of %s', (id, family) => {
    expect(alone(id).family).toBe(family);
  });

  test('streams less from a memory that graphics share with the processor', () => {
    const share = (id: string): number => alone(id).constants.matmulMemoryFraction;
    const slower = assumptionValue(assumptions, hardwareAssumptionKeys.sharedMemory);
    for (const id of ['gb10', 'ryzen-ai-max-395', 'jetson-agx-orin-64gb'])
      expect(share(id), id).toBeCloseTo(slower * share('rtx-4090'), 12);
    for (const id of ['apple-m2-ultra', 'ryzen-9950x', 'gh200-96gb', 'gb200'])
      if (catalogue.accelerators.has(id)) expect(share(id), id).toBe(share('rtx-4090'));
  });

  // NVLink of H800 was cut to 400 GB/s in both directions together.
  test('is one direction of a link, half of what vendors print', () => {
    expect(alone('h800-sxm').scaleUp.bytesPerSecond).toBe(200e9);
    expect(alone('a100-sxm-80gb').scaleUp.bytesPerSecond).toBe(300e9);
    expect(alone('gb200').scaleUp).toEqual({ bytesPerSecond: 900e9, domain: 72 });
  });

  test('takes network and size of the node it is built into', () => {
    const system = catalogue.systems.get('dgx-b300');
    if (system === undefined) throw new Error('The catalogue has no DGX B300.');
    const built = describeDevice(accelerator('b300-sxm'), system, assumptions);
    expect(built.acceleratorsPerNode).toBe(8);
    expect(built.scaleOut.bytesPerSecond).toBe((system.scaleOutBandwidth.value * 1e9) / 8);
    expect(withScaleOut(built, 100).scaleOut.bytesPerSecond).toBe(12.5e9);
    expect(withScaleOut(built, 100).memoryBytes).toBe(built.memoryBytes);
  });

  test('shares the host bus where there is no link between the parts', () => {
    const l40s = alone('l40s');
    expect(accelerator('l40s').scaleUpBandwidth).toBeNull();
    expect(l40s.scaleUp.bytesPerSecond).toBe(31e9);
    expect(l40s.scaleUp.bandwidthFraction).toBe(l40s.constants.hostBusFraction);
  });

  test.each([
    ['rtx-4090', false],
    ['rtx-5090', false],
    ['a10g', false],
    ['l40s', true],
    ['rtx-pro-6000-blackwell', true],
    ['a10', true],
  ])('%s is read by the others on its bus: %s', (id, isRead) => {
    const { scaleUp, constants } = alone(id);
    const { hostBusFraction, hostMemoryFraction } = constants;
    expect(scaleUp.bandwidthFraction).toBe(isRead ? hostBusFraction : hostMemoryFraction);
    // Through the memory of the host, everything crosses the bus twice.
    expect(hostMemoryFraction).toBeLessThanOrEqual(hostBusFraction / 2);
  });

  test.each<[string, Precision, Precision]>([
    ['a100-sxm-80gb', 'fp8', 'bf16'],
    ['a100-sxm-80gb', 'fp4', 'bf16'],
    ['a100-sxm-80gb', 'int8', 'int8'],
    ['h100-sxm', 'fp4', 'fp8'],
    ['b200-sxm', 'fp4', 'fp4'],
    ['v100-sxm2-32gb', 'bf16', 'fp16'],
    ['v100-sxm2-32gb', 'fp8', 'fp16'],
    ['mi300x', 'fp8', 'fp8'],
    ['tpu-v4', 'fp16', 'bf16'],
    ['xeon-6980p', 'fp8', 'bf16'],
  ])('%s asked for %s computes in %s', (id, asked, computedIn) => {
    expect(alone(id).rates[asked]?.computedIn).toBe(computedIn);
  });

  test('is nothing in a precision that no wider type can stand in for', () => {
    const bare = { ...accelerator('h100-sxm'), peakDense: {} };
    const described = describeDevice(bare, null, assumptions);
    expect(described.rates).toEqual({});
    expect(peakFlopPerSecond(described, 'bf16')).toBe(0);
    expect(matmulSeconds(described, 'bf16', 8, 8, 8)).toBe(Infinity);
  });
});

describe('what a part achieves', () => {
  function share(id: string, precision: Precision): number {
    const rate = alone(id).rates[precision];
    if (rate === undefined) throw new Error(`${id} has no ${precision}.`);
    return rate.achievableFlopPerSecond / rate.peakFlopPerSecond;
  }

  test('is its measured ceiling times the share that ordinary shapes reach', () => {
    expect(share('h100-sxm', 'bf16')).toBeCloseTo((794.5 / 989) * 0.92, 9);
    expect(share('h100-sxm', 'fp8')).toBeCloseTo((1402.6 / 1979) * 0.8, 9);
  });

  test('is the usual share of the peak where nobody measured a ceiling', () => {
    expect(share('a100-sxm-80gb', 'bf16')).toBeCloseTo(0.75, 9);
    expect(share('l40s', 'fp8')).toBeCloseTo(0.6, 9);
    expect(share('b200-sxm', 'fp4')).toBeCloseTo(0.4, 9);
    expect(share('xeon-6980p', 'bf16')).toBeCloseTo(0.15, 9);
  });

  test('in 8 bits follows the 16-bit ceiling where only that was measured', () => {
    expect(accelerator('mi300x').matmulCeiling.fp8).toBeUndefined();
    expect(share('mi300x', 'fp8')).toBeCloseTo((668.4 / 1307.4) * 0.8, 9);
  });
});

describe('kernels', () => {
  const device = alone('h100-sxm');

  test('take no less than the smallest kernel', () => {
    const floor = device.constants.kernelFloorSeconds;
    expect(matmulSeconds(device, 'bf16', 1, 1, 1)).toBeGreaterThan(floor);
    expect(matmulSeconds(device, 'bf16', 1, 1, 1)).toBeLessThan(1.01 * floor);
    expect(memorySeconds(device, 0)).toBe(floor);
    expect(matmulSeconds(device, 'bf16', 64, 64, 64)).toBe(
      floor + matmulBusySeconds(device, 'bf16', 64, 64, 64),
    );
  });

  test('move half the bytes in half the width', () => {
    const wide = matmulBusySeconds(device, 'bf16', 1, 16_384, 16_384);
    const narrow = matmulBusySeconds(device, 'fp8', 1, 16_384, 16_384);
    expect(wide / narrow).toBeCloseTo(2, 2);
    expect(streamSeconds(device, 2e9)).toBe(2 * streamSeconds(device, 1e9));
  });

  test('join two times between their sum and the longer of them', () => {
    expect(blend(3, 4, 1)).toBe(7);
    expect(blend(3, 4, 2)).toBe(5);
    expect(blend(3, 4, 64)).toBeCloseTo(4, 2);
    expect(blend(0, 4, 0.6)).toBeCloseTo(4, 12);
  });

  test('give the very number of Math.hypot where the exponent is two', () => {
    const seconds = fc.oneof(fc.constantFrom(0, Infinity), fc.double({ min: 0, noNaN: true }));
    fc.assert(
      fc.property(seconds, seconds, (one, other) => {
        expect(blend(one, other, 2)).toBe(Math.hypot(one, other));
      }),
    );
  });
});

describe('constants', () => {
  test('all come from the catalogue, each inside its own range', () => {
    for (const key of Object.values(hardwareAssumptionKeys)) {
      const fact = assumptions[key];
      expect(fact, key).toBeDefined();
      expect(catalogue.sources.has(fact?.source ?? ''), key).toBe(true);
      expect(fact?.low ?? 0, key).toBeLessThanOrEqual(fact?.value ?? -1);
      expect(fact?.high ?? Infinity, key).toBeGreaterThanOrEqual(fact?.value ?? Infinity);
    }
  });

  test('are seconds, bytes and shares', () => {
    const constants = readHardwareConstants(assumptions);
    expect(constants.kernelFloorSeconds).toBeCloseTo(3e-6, 12);
    expect(constants.hostBusBytesPerSecond).toBe(31e9);
    expect(constants.scaleOutDefaultBytesPerSecond).toBe(50e9);
    for (const code of [constants.library, constants.lowLatency, constants.scaleOut]) {
      expect(code.bandwidthFraction).toBeGreaterThan(0);
      expect(code.bandwidthFraction).toBeLessThanOrEqual(1);
      expect(code.baseSeconds).toBeLessThan(1e-3);
    }
  });

  test('that are missing stop the engine with their name', () => {
    expect(() => assumptionValue({}, 'hardware.kernelFloor')).toThrow('hardware.kernelFloor');
  });
});
