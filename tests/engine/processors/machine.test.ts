import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import {
  describeMachine,
  machineName,
  withCores,
  type DescribedMachine,
  type Machine,
} from '@engine/processors/machine';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, systemOf } from '../../fixtures/engine-fixture';

function described(machine: Machine): DescribedMachine {
  const found = describeMachine(machine, catalogue);
  if (found === null) throw new Error(`${machine.acceleratorId} is no machine.`);
  return found;
}

describe('a processor of which some cores work', () => {
  const accelerator = acceleratorOf('xeon-6980p');
  const whole = describeDevice(accelerator, systemOf('xeon-6980p-2s'), catalogue.assumptions);

  test.each([1, 2, 16, 64, 127])('%d cores have their share of the arithmetic', (cores) => {
    const part = withCores(whole, cores, 128, 12e9);
    const share =
      (part.rates.bf16?.peakFlopPerSecond ?? 0) / (whole.rates.bf16?.peakFlopPerSecond ?? 1);
    expect(share).toBeCloseTo(cores / 128, 12);
    const reached =
      (part.rates.bf16?.achievableFlopPerSecond ?? 0) /
      (whole.rates.bf16?.achievableFlopPerSecond ?? 1);
    expect(reached).toBeCloseTo(cores / 128, 12);
  });

  test('memory is shared out until it is full', () => {
    expect(withCores(whole, 1, 128, 12e9).memoryBytesPerSecond).toBe(12e9);
    expect(withCores(whole, 10, 128, 12e9).memoryBytesPerSecond).toBe(120e9);
    expect(withCores(whole, 128, 128, 12e9).memoryBytesPerSecond).toBe(whole.memoryBytesPerSecond);
  });

  test('a core of a client computer draws more than one of a server, whose memory is farther', () => {
    const shareOf = (acceleratorId: string, cores: number) =>
      described({ acceleratorId, processors: 1, cores }).device.memoryBytesPerSecond;
    expect(shareOf('xeon-6980p', 4)).toBe(48e9);
    // llama.cpp draws 120 GB/s with eight threads of an M2 Ultra (microsoft/T-MAC, docs/profiling_data.md)
    expect(shareOf('apple-m2-ultra-cpu', 8)).toBeGreaterThan(120e9);
    expect(shareOf('apple-m2-ultra-cpu', 8)).toBeLessThan(800e9);
  });

  test('keeps every type that the whole has', () => {
    const part = withCores(whole, 3, 128, 12e9);
    expect(Object.keys(part.rates)).toEqual(Object.keys(whole.rates));
    expect(part.memoryBytes).toBe(whole.memoryBytes);
  });
});

describe('a machine', () => {
  test('of one core pays and draws its share of a node', () => {
    const core = described({ acceleratorId: 'xeon-6980p', processors: 1, cores: 1 });
    const socket = described({ acceleratorId: 'xeon-6980p', processors: 1 });
    expect(core.share).toBeCloseTo(1 / 128, 12);
    expect(core.powerKw / socket.powerKw).toBeCloseTo(1 / 128, 12);
    expect((core.usdPerHour ?? 0) / (socket.usdPerHour ?? 1)).toBeCloseTo(1 / 128, 12);
  });

  test('of many nodes pays and draws for each', () => {
    const node = described({ acceleratorId: 'h100-sxm', processors: 8 });
    const cluster = described({ acceleratorId: 'h100-sxm', processors: 800 });
    expect(cluster.powerKw).toBeCloseTo(100 * node.powerKw, 9);
    expect(cluster.usdPerHour).toBeCloseTo(100 * (node.usdPerHour ?? 0), 6);
    expect(node.powerKw).toBeCloseTo(7.75, 6);
  });

  test('is owned where a price is published', () => {
    expect(described({ acceleratorId: 'h100-sxm', processors: 8 }).priceKind).toBe('owned');
  });

  test('as many cores as there are make it whole', () => {
    const all = described({ acceleratorId: 'xeon-6980p', processors: 1, cores: 128 });
    expect(all.share).toBe(1);
    expect(machineName(all)).toBe('1 × Xeon 6980P');
  });

  test('cores of a GPU are no part of it', () => {
    const gpu = described({ acceleratorId: 'h100-sxm', processors: 1, cores: 4 });
    expect(gpu.share).toBe(1);
  });

  test.each([
    { acceleratorId: 'no-such-part', processors: 1 },
    { acceleratorId: 'h100-sxm', processors: 0 },
    { acceleratorId: 'h100-sxm', processors: -8 },
    { acceleratorId: 'h100-sxm', processors: 1.5 },
    { acceleratorId: 'h100-sxm', processors: Number.NaN },
    { acceleratorId: 'h100-sxm', processors: Infinity },
  ])('$processors × $acceleratorId is none', (machine) => {
    expect(describeMachine(machine, catalogue)).toBeNull();
  });

  test.each([
    [{ acceleratorId: 'xeon-6980p', processors: 1, cores: 1 }, '1 core of Xeon 6980P'],
    [{ acceleratorId: 'xeon-6980p', processors: 1, cores: 64 }, '64 cores of Xeon 6980P'],
    [{ acceleratorId: 'epyc-9965', processors: 2 }, '2 × EPYC 9965'],
    [{ acceleratorId: 'h100-sxm', processors: 16_384 }, '16,384 × H100 SXM5 80GB'],
  ])('%o is called %s', (machine, name) => {
    expect(machineName(described(machine))).toBe(name);
  });
});

describe('arithmetic of CPUs', () => {
  test.each([
    ['xeon-6980p', 'bf16'],
    ['xeon-8592plus', 'bf16'],
    ['xeon-6980p', 'int8'],
  ] as const)('%s has matrix tiles for %s and reaches little of their peak', (id, precision) => {
    const rate = describeDevice(acceleratorOf(id), null, catalogue.assumptions).rates[precision];
    const share = (rate?.achievableFlopPerSecond ?? 0) / (rate?.peakFlopPerSecond ?? 1);
    expect(share).toBeLessThan(0.3);
  });

  test.each([
    ['epyc-9965', 'bf16'],
    ['grace', 'bf16'],
    ['epyc-9654', 'fp32'],
    ['xeon-6980p', 'fp32'],
  ] as const)('%s works on %s with vectors and reaches more of a lower peak', (id, precision) => {
    const rate = describeDevice(acceleratorOf(id), null, catalogue.assumptions).rates[precision];
    const share = (rate?.achievableFlopPerSecond ?? 0) / (rate?.peakFlopPerSecond ?? 1);
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.9);
  });
});
