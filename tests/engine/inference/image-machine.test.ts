import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { imageMachine } from '@engine/inference/image-machine';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function machineOf(id: string, isEager = false, sumsIn16Bits = false, choosesKernels = false) {
  const part = catalogue.accelerators.get(id);
  if (part === undefined) throw new Error(`Not in the catalogue: ${id}.`);
  const device = describeDevice(part, null, catalogue.assumptions);
  return {
    device,
    machine: imageMachine(device, { isEager, sumsIn16Bits, choosesKernels }, catalogue.assumptions),
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

  test('vector units that take pairs of 16 bits are no matrix units of half rate', () => {
    const share = (id: string) => {
      const { device, machine } = machineOf(id);
      return 1 / machine.perProduct('fp16') / (device.rates.fp16?.peakFlopPerSecond ?? Number.NaN);
    };
    // RX 6900 XT: SDXL at 22 of 46 TFLOP/s, RTX 3090 at more than its own half
    expect(share('rx-6900-xt')).toBeLessThan(0.75);
    expect(share('rtx-3090')).toBeGreaterThan(0.75);
  });

  test('compilers that try kernels gain on products, convolutions and attention alike', () => {
    const usual = machineOf('h100-sxm').machine;
    const chosen = machineOf('h100-sxm', false, false, true).machine;
    const gain = usual.perProduct('bf16') / chosen.perProduct('bf16');
    expect(gain).toBeGreaterThan(1.05);
    expect(gain).toBeLessThan(1.3);
    expect(usual.perConvolution('bf16') / chosen.perConvolution('bf16')).toBeCloseTo(gain, 6);
    expect(usual.attending(1e12, 0, 'bf16') / chosen.attending(1e12, 0, 'bf16')).toBeCloseTo(
      gain,
      6,
    );
  });

  test.each([
    ['h100-sxm', 1.5, 2.2],
    ['b200-sxm', 1.5, 2.2],
    ['a100-sxm-80gb', 1, 1],
    ['rtx-4090', 1, 1],
    ['l40s', 1, 1],
  ])('attention with Ampere’s instructions on %s', (id, least, most) => {
    const { device, machine } = machineOf(id);
    const earlier = imageMachine(
      device,
      { isEager: true, attendsAsAmpere: true },
      catalogue.assumptions,
    );
    // Heads of 128: a score for 512 FLOP.
    const at = ({ attending }: typeof machine) => attending(512e12, 1e12, 'bf16');
    expect(at(earlier) / at(machine)).toBeGreaterThanOrEqual(least);
    expect(at(earlier) / at(machine)).toBeLessThanOrEqual(most);
  });

  test('an A100 has twice the exponentials for its vector lanes', () => {
    const { machine } = machineOf('a100-sxm-80gb');
    const { machine: other } = machineOf('rtx-a6000');
    const exponentials = ({ attending }: typeof machine) => attending(0, 1e15, 'bf16');
    // 19.5 and 38.7 TFLOP/s of vectors
    expect(exponentials(machine) / exponentials(other)).toBeGreaterThan(0.9);
    expect(exponentials(machine) / exponentials(other)).toBeLessThan(1.1);
  });

  test('systolic arrays take convolutions as fast as products', () => {
    const { machine } = machineOf('tpu-v5e');
    expect(machine.perConvolution('bf16')).toBe(machine.perProduct('bf16'));
  });

  test('convolutions that no compiler chose are slower; products and moving are as fast', () => {
    const [compiled, eager] = [machineOf('h100-sxm').machine, machineOf('h100-sxm', true).machine];
    expect(eager.perConvolution('bf16')).toBeGreaterThan(compiled.perConvolution('bf16'));
    expect(eager.perProduct('bf16')).toBe(compiled.perProduct('bf16'));
    expect(eager.moving(1, 'bf16')).toBe(compiled.moving(1, 'bf16'));
  });

  test('convolutions reach less than products, but where a slow unit holds both back', () => {
    const ratio = (id: string) => {
      const { machine } = machineOf(id);
      return machine.perConvolution('fp16') / machine.perProduct('fp16');
    };
    // A100: SDXL, a quarter of it convolutions, at 149 TFLOP/s and SD 1.5, half of it, at 105
    expect(ratio('a100-sxm-80gb')).toBeGreaterThan(1.3);
    expect(ratio('rtx-4090')).toBeLessThan(0.87 * ratio('a100-sxm-80gb'));
  });

  test('eight bits take over more of a network in floating point than in whole numbers', () => {
    const { machine } = machineOf('h100-sxm');
    expect(machine.perProduct('int8')).toBeGreaterThan(1.02 * machine.perProduct('fp8'));
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

  test.each([
    ['l40s', 'ada'],
    ['h100-sxm', 'hopper'],
    ['b200-sxm', 'blackwell'],
  ])('activations that stay in the cache of %s are passed on at its speed', (id, family) => {
    const { machine } = machineOf(id);
    const key = `hardware.lastLevelCacheSpeed.${family}`;
    const speed = catalogue.assumptions[key]?.value ?? Number.NaN;
    expect(speed).toBeGreaterThan(1.5);
    expect(machine.passing(1, 1e-6, 'bf16')).toBeCloseTo(machine.moving(1, 'bf16') / speed, 12);
    expect(machine.passing(1, 1e6, 'bf16')).toBeCloseTo(machine.moving(1, 'bf16'), 6);
  });

  test('a part with a small cache passes all activations through memory', () => {
    const none = machineOf('rtx-3090').machine;
    expect(none.passing(1, 1e-6, 'bf16')).toBe(none.moving(1, 'bf16'));
  });
});
