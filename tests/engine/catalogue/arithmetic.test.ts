import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

/**
 * Half the bits, twice the rate: what separates dense figures from sparse ones that were taken for dense. The exceptions are real,
 * and each is named with why; a new row that breaks the rule must be added here on purpose.
 */
const realRatios: Readonly<Record<string, readonly [number, string]>> = {
  inferentia2: [1, 'no faster at 8 bits'],
  trainium1: [1, 'no faster at 8 bits'],
  gaudi3: [1, 'no faster at 8 bits'],
  'tpu-v6e': [1, 'no faster at 8 bits'],
  l40s: [2.025, 'as printed: 733 over 362'],
  trainium2: [1.948, 'as printed: 1,299 over 667'],
  trainium3: [3.751, 'as printed: 2,517 over 671'],
  'rubin-vr200': [4.375, 'as printed: 17,500 over 4,000'],
  gb10: [4, 'of a consumer part whose 16-bit rate is halved'],
};

const both = [...catalogue.accelerators.values()].flatMap((row) => {
  const { bf16, fp8 } = row.peakDense;
  return bf16 && fp8 ? [[row.id, fp8.value / bf16.value] as const] : [];
});

describe('FP8 over BF16', () => {
  test('is known of more than fifty parts', () => {
    expect(both.length).toBeGreaterThan(50);
  });

  test.each(both)('of %s is 2, or as its maker prints it', (id, ratio) => {
    expect(ratio).toBeCloseTo(realRatios[id]?.[0] ?? 2, 1);
  });

  test('has no exception that no longer is one', () => {
    const ratios = new Map(both);
    for (const id of Object.keys(realRatios)) {
      expect(Math.abs((ratios.get(id) ?? 2) - 2), id).toBeGreaterThan(0.02);
    }
  });
});

/** Stacks of high-bandwidth memory and gigabytes of each, from memory of the makers' announcements. */
describe('memory is stacks times their size', () => {
  test.each([
    ['a100-sxm-80gb', 5, 16],
    ['h100-sxm', 5, 16],
    ['b200-sxm', 8, 24],
    ['b300-sxm', 8, 36],
    ['mi300x', 8, 24],
    ['mi325x', 8, 32],
    ['mi355x', 8, 36],
  ])('%s: %i stacks of %i GB', (id, stacks, each) => {
    const row = catalogue.accelerators.get(id);
    expect(row, id).toBeDefined();
    const capacity = row?.memoryCapacity.value ?? 0;
    // Makers leave a few gigabytes of a stack out of what they print.
    expect(capacity).toBeLessThanOrEqual(stacks * each);
    expect(capacity).toBeGreaterThanOrEqual(stacks * each * 0.9);
  });
});
