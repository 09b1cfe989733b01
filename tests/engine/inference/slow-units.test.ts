import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promptAttentionSeconds } from '@engine/inference/attention';
import { arithmeticRate } from '@engine/inference/product';
import { reachedShare } from '@engine/inference/slow-units';
import { replicaOf } from '../../fixtures/serving-fixture';

const unitsOf = (acceleratorId: string) => replicaOf({ acceleratorId, weightPrecision: 'bf16' });
const slow = unitsOf('h20');
const share = fc.double({ min: 0.05, max: 0.94, noNaN: true });

describe('matrix units that are slow beside their memory', () => {
  test('are those of an H20, not those of an H100, an A100, a card for games or of Apple', () => {
    expect(reachedShare(slow, 0.5)).toBeGreaterThan(0.8);
    for (const id of [
      'h100-sxm',
      'h200-sxm',
      'a100-sxm-80gb',
      'b200-sxm',
      'rtx-4090',
      'apple-m2-ultra',
    ])
      expect(reachedShare(unitsOf(id), 0.5), id).toBe(0.5);
  });

  test('reach more of their peak than the same work does elsewhere, never all, in the same order', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(reachedShare(slow, low)).toBeGreaterThan(low);
        expect(reachedShare(slow, high)).toBeLessThan(0.95);
        expect(reachedShare(slow, high)).toBeGreaterThanOrEqual(reachedShare(slow, low));
      }),
    );
  });

  test('by hand: half of the peak on an H100 is nine tenths of it on an H20', () => {
    const rest = 1 / 0.5 - 1 / 0.95;
    const slowness = 148e12 / 4e12 / 295;
    expect(reachedShare(slow, 0.5)).toBeCloseTo(1 / (1 / 0.95 + rest * slowness), 2);
  });

  test('speed prompts up: a seventh of the peak does not take seven times as long', () => {
    const [fast, cut] = [unitsOf('h100-sxm'), slow];
    const peaks = 989 / 148;
    expect(arithmeticRate(fast) / arithmeticRate(cut)).toBeLessThan(0.9 * peaks);
    const long = [cut, fast].map((one) => promptAttentionSeconds(one, 1, 65_536));
    expect((long[0] ?? NaN) / (long[1] ?? NaN)).toBeLessThan(0.9 * peaks);
  });
});
