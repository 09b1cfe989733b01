import { describe, expect, it } from 'vitest';
import { namedCores, namedDies, withDies } from '@engine/catalogue/part-share';
import { findAccelerator } from '@engine/catalogue/find-part';
import type { Accelerator } from '@engine/catalogue/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function part(name: string): Accelerator {
  const found = findAccelerator(catalogue, name);
  if (found === null) throw new Error(name);
  return found;
}

describe('dies of a package', () => {
  it.each([
    ['MI250X (1 GCD)', 1],
    ['MI250X (2 GCDs)', 2],
    ['MI250X, per GCD', 1],
    ['AMD MI250 GCD', 1],
    ['Max 1550 1 tile', 1],
    ['Max 1550 (one stack)', 1],
    ['MI250X', null],
    ['MI250X 128GB', null],
  ])('%s means %s', (text, dies) => {
    expect(namedDies(text)).toBe(dies);
  });

  it.each(['mi250x', 'mi250', 'max-1550'])('one of two of %s is half of everything', (id) => {
    const whole = part(id);
    const half = withDies(whole, 1);
    expect(half.memoryCapacity.value).toBe(whole.memoryCapacity.value / 2);
    expect(half.memoryBandwidth.value).toBe(whole.memoryBandwidth.value / 2);
    expect(half.power.value).toBe(whole.power.value / 2);
    expect(half.peakDense.bf16?.value).toBe((whole.peakDense.bf16?.value ?? 0) / 2);
    // Twice the devices share the link that both dies had.
    expect(half.scaleUpDomain.value).toBe(2 * whole.scaleUpDomain.value);
    expect(half.name).toContain('1 of 2 dies');
    expect(withDies(whole, 2)).toBe(whole);
  });

  it('of a part of one die is the part', () => {
    expect(withDies(part('H100'), 1)).toBe(part('H100'));
  });
});

describe('cores that are counted', () => {
  it.each([
    ['Ryzen 9 7940HS (8 threads)', 8],
    ['EPYC 9654 (32 vCPU)', 16],
    ['Graviton4 (16 vCPUs)', 16],
    ['Xeon Platinum 8480+, 28 cores', 28],
    ['AMD EPYC 7763 64-Core', 64],
    ['AMD EPYC 7502P 32-Core Processor', null],
    ['Xeon 6980P', null],
  ])('%s: %s', (text, cores) => {
    expect(namedCores(text, part(text))).toBe(cores);
  });

  it('are at least one', () => {
    expect(namedCores('EPYC 9654 (1 vCPU)', part('EPYC 9654'))).toBe(1);
  });
});
