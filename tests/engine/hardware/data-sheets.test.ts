import { describe, expect, it } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import {
  bytesPerSecondFromGBps,
  bytesPerSecondFromGbps,
  flopPerSecondFromTflops,
  BYTES_PER_GB,
  HOURS_PER_YEAR,
  SECONDS_PER_DAY,
} from '@engine/units';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, systemOf } from '../../fixtures/engine-fixture';

/**
 * Data sheets: GB, GB/s, dense TFLOP/s in 16 bits, W. NVIDIA A100, H100, H200, DGX B200 and L40S data sheets,
 * AMD Instinct MI300X and MI325X data sheets, Google Cloud TPU pages; sparse rates halved. From memory.
 */
describe.each([
  ['a100-sxm-40gb', 40, 1_555, 312, 400],
  ['a100-sxm-80gb', 80, 2_039, 312, 400],
  ['h100-sxm', 80, 3_350, 989, 700],
  ['h200-sxm', 141, 4_800, 989, 700],
  ['h20', 96, 4_000, 148, 400],
  ['b200-sxm', 180, 8_000, 2_250, 1_000],
  ['mi300x', 192, 5_300, 1_307.4, 750],
  ['mi325x', 256, 6_000, 1_307.4, 1_000],
  ['tpu-v4', 32, 1_200, 275, 340],
  ['l40s', 48, 864, 362, 350],
] as const)('%s', (id, gigabytes, bandwidth, rate, watts) => {
  const part = acceleratorOf(id);
  const device = describeDevice(part, null, catalogue.assumptions);

  it('has the memory, rate and power of its data sheet', () => {
    expect(device.memoryBytes).toBe(gigabytes * 1e9);
    expect(device.rates.bf16?.peakFlopPerSecond).toBeCloseTo(rate * 1e12, -9);
    // Boards of one part are sold with limits up to 15 % apart.
    expect(Math.abs(part.power.value / watts - 1)).toBeLessThan(0.15);
  });

  it('has the bandwidth of its data sheet', () => {
    // Vendors revise memory clocks between a preliminary and a final sheet.
    expect(Math.abs(device.memoryBytesPerSecond / (bandwidth * 1e9) - 1)).toBeLessThan(0.02);
  });
});

describe('a node', () => {
  // NVIDIA DGX A100, H100, B200 and GB200 NVL72 data sheets: accelerators, kW at most, Gb/s per accelerator.
  it.each([
    ['dgx-a100-80', 8, 6.5, 200],
    ['dgx-h100', 8, 10.2, 400],
    ['dgx-h200', 8, 10.2, 400],
    ['dgx-b200', 8, 14.3, 400],
    ['gb200-nvl72', 72, 132, 400],
  ])('%s is as its data sheet says', (id, accelerators, kilowatts, gigabits) => {
    const system = systemOf(id);
    expect(system.acceleratorsPerNode.value).toBe(accelerators);
    expect(system.maxPower.value).toBeCloseTo(kilowatts, 6);
    expect(system.scaleOutBandwidth.value).toBe(gigabits);
  });

  it.each([...catalogue.systems.values()].map((system) => [system.id, system] as const))(
    '%s draws more than its accelerators and less than three times as much',
    (_id, system) => {
      const part = acceleratorOf(system.acceleratorId);
      const accelerators = (system.acceleratorsPerNode.value * part.power.value) / 1e3;
      // CPU boards draw their power in memory, disks and fans as well.
      expect(system.maxPower.value).toBeGreaterThan(accelerators);
      expect(system.maxPower.value).toBeLessThan(3 * accelerators);
      const typical = system.typicalPower?.value ?? system.maxPower.value;
      expect(typical).toBeLessThanOrEqual(system.maxPower.value);
    },
  );

  it.each([...catalogue.systems.values()].map((system) => [system.id, system] as const))(
    '%s lies inside the scale-up domain of its accelerators, or has none',
    (_id, system) => {
      const part = acceleratorOf(system.acceleratorId);
      if (part.scaleUpBandwidth === null) return;
      expect(part.scaleUpDomain.value).toBeGreaterThanOrEqual(system.acceleratorsPerNode.value);
    },
  );
});

describe('a part from one generation to the next', () => {
  it.each([
    ['v100-sxm2-32gb', 'a100-sxm-40gb'],
    ['a100-sxm-80gb', 'h100-sxm'],
    ['h100-sxm', 'b200-sxm'],
    ['gb200', 'rubin-vr200'],
    ['mi250x', 'mi300x'],
    ['mi300x', 'mi355x'],
  ])('%s to %s gains memory bandwidth and 16-bit rate', (older, newer) => {
    const [before, after] = [acceleratorOf(older), acceleratorOf(newer)];
    expect(after.memoryBandwidth.value).toBeGreaterThan(before.memoryBandwidth.value);
    expect(after.peakDense.fp16?.value).toBeGreaterThan(
      before.peakDense.fp16?.value ?? before.peakDense.bf16?.value ?? 0,
    );
  });

  it('H200 is H100 with more and faster memory, and nothing else', () => {
    const [older, newer] = [acceleratorOf('h100-sxm'), acceleratorOf('h200-sxm')];
    expect(newer.peakDense.bf16?.value).toBe(older.peakDense.bf16?.value);
    expect(newer.scaleUpBandwidth?.value).toBe(older.scaleUpBandwidth?.value);
    expect(newer.memoryCapacity.value / older.memoryCapacity.value).toBeCloseTo(141 / 80, 6);
  });

  it('H800 is H100 with a slower link and hardly any double precision', () => {
    const [free, limited] = [acceleratorOf('h100-sxm'), acceleratorOf('h800-sxm')];
    expect(limited.peakDense.bf16?.value).toBe(free.peakDense.bf16?.value);
    expect(limited.scaleUpBandwidth?.value).toBe(200);
    expect(free.scaleUpBandwidth?.value).toBe(450);
  });
});

describe('units', () => {
  it('turn gigabits into an eighth of as many gigabytes', () => {
    expect(bytesPerSecondFromGbps(400)).toBe(50e9);
    expect(bytesPerSecondFromGbps(8)).toBe(bytesPerSecondFromGBps(1));
  });

  it('are decimal', () => {
    expect(BYTES_PER_GB).toBe(1e9);
    expect(bytesPerSecondFromGBps(3_350)).toBe(3.35e12);
    expect(flopPerSecondFromTflops(989)).toBe(989e12);
  });

  it('of time are a day and a common year', () => {
    expect(SECONDS_PER_DAY).toBe(24 * 3_600);
    expect(HOURS_PER_YEAR).toBe(365 * 24);
  });
});
