import { describe, expect, test } from 'vitest';
import { decodeStep } from '@engine/inference/decode';
import { prefillSeconds } from '@engine/inference/prefill';
import { slowestRankFactor } from '@engine/inference/slowest-rank';
import { replicaOf } from '../../fixtures/serving-fixture';

/** Expected maximum of n normal deviates: ∫ x · n · φ(x) · Φ(x)^(n − 1) dx, summed in steps. */
function expectedMaximum(count: number): number {
  const step = 1e-3;
  let below = 0;
  let sum = 0;
  for (let x = -8; x < 8; x += step) {
    const density = Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI);
    sum += x * count * density * below ** (count - 1) * step;
    below += density * step;
  }
  return sum;
}

const factor = (tensorParallel: number, rankSpread: number) =>
  slowestRankFactor(
    replicaOf({ modelId: 'llama-3.1-70b', tensorParallel, constants: { rankSpread } }),
  );

describe('waiting for the slowest rank', () => {
  test.each([
    [2, 0.02],
    [4, 0.02],
    [8, 0.02],
    [16, 0.04],
  ])('of %i is the expected maximum within %d', (ranks, tolerance) => {
    const shown = (factor(ranks, 0.1) - 1) / 0.1;
    expect(Math.abs(shown / expectedMaximum(ranks) - 1)).toBeLessThan(tolerance);
  });

  test('is nothing alone, and of equal parts', () => {
    expect(factor(1, 0.1)).toBe(1);
    expect(factor(8, 0)).toBe(1);
  });

  test('lengthens products and attention of answers and prompts, not exchanges', () => {
    const of = (rankSpread: number) =>
      replicaOf({ modelId: 'llama-3.1-70b', tensorParallel: 8, constants: { rankSpread } });
    const [even, uneven] = [decodeStep(of(0), 64, 2048), decodeStep(of(0.1), 64, 2048)];
    const expected = factor(8, 0.1);
    expect(uneven.matmul / even.matmul).toBeCloseTo(expected, 12);
    expect(uneven.cache / even.cache).toBeCloseTo(expected, 12);
    expect(uneven.collective).toBe(even.collective);
    const prompts = prefillSeconds(of(0.1), 8, 2048) / prefillSeconds(of(0), 8, 2048);
    expect(prompts).toBeGreaterThan(1.05);
    expect(prompts).toBeLessThan(expected);
  });
});
