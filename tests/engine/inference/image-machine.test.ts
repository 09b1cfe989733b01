import { describe, expect, test } from 'vitest';
import { findImageModel } from '@engine/catalogue/find';
import { describeDevice } from '@engine/hardware/device';
import { imageMachine } from '@engine/inference/image-machine';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function machineOf(id: string, isEager = false, sumsIn16Bits = false) {
  const part = catalogue.accelerators.get(id);
  const model = findImageModel(catalogue, 'SDXL-1.0');
  if (part === undefined || model === null) throw new Error(`Not in the catalogue: ${id}.`);
  const device = describeDevice(part, null, catalogue.assumptions);
  return {
    device,
    machine: imageMachine(device, model, { isEager, sumsIn16Bits }, catalogue.assumptions),
  };
}

describe('how fast an accelerator makes images', () => {
  test.each(['a100-sxm-80gb', 'h100-sxm', 'rtx-4090', 'rtx-3090', 'l40', 'apple-m1-max', 'mi300x'])(
    '%s multiplies no faster than its peak',
    (id) => {
      const { device, machine } = machineOf(id);
      const peak = device.rates.fp16?.peakFlopPerSecond ?? Number.NaN;
      expect(1 / machine.perProduct('fp16')).toBeLessThanOrEqual(peak);
      expect(1 / machine.perProduct('fp16')).toBeGreaterThan(0.3 * peak);
    },
  );

  test('a matrix unit of half rate reaches more of it', () => {
    const share = (id: string) => {
      const { device, machine } = machineOf(id);
      return 1 / machine.perProduct('fp16') / (device.rates.fp16?.peakFlopPerSecond ?? Number.NaN);
    };
    expect(share('rtx-4090')).toBeGreaterThan(1.1 * share('rtx-a6000'));
  });

  test('operators that no compiler chose multiply slower, and move as fast', () => {
    const [compiled, eager] = [machineOf('h100-sxm').machine, machineOf('h100-sxm', true).machine];
    expect(eager.perProduct('bf16')).toBeGreaterThan(compiled.perProduct('bf16'));
    expect(eager.moving(1, 'bf16')).toBe(compiled.moving(1, 'bf16'));
  });

  test('eight bits lie between half of the time and all of it', () => {
    const { machine } = machineOf('h100-sxm');
    const ratio = machine.perProduct('fp8') / machine.perProduct('bf16');
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(1);
  });

  test('attention takes longer with more scores of the same work, as narrower heads have', () => {
    const { machine } = machineOf('a100-sxm-80gb');
    expect(machine.attending(1e12, 4e9, 'bf16')).toBeGreaterThan(
      machine.attending(1e12, 2e9, 'bf16'),
    );
  });

  test('activations of 32 bits move twice as long, those of 8 as long as of 16', () => {
    const { machine } = machineOf('a100-sxm-80gb');
    expect(machine.moving(1, 'tf32')).toBeCloseTo(2 * machine.moving(1, 'bf16'), 12);
    expect(machine.moving(1, 'int8')).toBe(machine.moving(1, 'bf16'));
  });

  test('sums kept in 16 bits are faster on parts that add so twice as fast, in FP16 only', () => {
    const gain = (id: string, precision: 'fp16' | 'bf16') =>
      machineOf(id).machine.perProduct(precision) /
      machineOf(id, false, true).machine.perProduct(precision);
    expect(gain('rtx-4090', 'fp16')).toBeGreaterThan(1.2);
    expect(gain('rtx-3090', 'fp16')).toBeGreaterThan(1.2);
    expect(gain('rtx-4090', 'bf16')).toBe(1);
    for (const id of ['a100-sxm-80gb', 'l40s', 'l40', 'h20', 'apple-m1-max'])
      expect(gain(id, 'fp16'), id).toBe(1);
  });

  test('slow units reach more of their peak: beside a fast memory, and vector units alone', () => {
    const share = (id: string) => {
      const { device, machine } = machineOf(id);
      return 1 / machine.perProduct('fp16') / (device.rates.fp16?.peakFlopPerSecond ?? Number.NaN);
    };
    expect(share('h20')).toBeGreaterThan(1.1 * share('a100-sxm-80gb'));
    expect(share('apple-m1-max')).toBeGreaterThan(1.1 * share('a100-sxm-80gb'));
  });

  test('activations that stay in a large cache are passed on four times as fast', () => {
    const { machine } = machineOf('l40s');
    expect(machine.passing(1, 1e-6, 'bf16')).toBeCloseTo(machine.moving(1, 'bf16') / 4, 12);
    expect(machine.passing(1, 1e6, 'bf16')).toBeCloseTo(machine.moving(1, 'bf16'), 6);
    const none = machineOf('rtx-3090').machine;
    expect(none.passing(1, 1e-6, 'bf16')).toBe(none.moving(1, 'bf16'));
  });
});
