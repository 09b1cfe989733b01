import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { promptAttentionSeconds } from '@engine/inference/attention';
import { arithmeticRate } from '@engine/inference/product';
import { hasSlowUnits, reachedShare } from '@engine/inference/slow-units';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const deviceOf = (id: string) => describeDevice(acceleratorOf(id), null, catalogue.assumptions);
const slow = deviceOf('h20');
const share = fc.double({ min: 0.05, max: 0.94, noNaN: true });

describe('matrix units that are slow beside their memory', () => {
  test('are those of an H20, not those of an H100, an A100 or a card for games', () => {
    expect(hasSlowUnits(slow)).toBe(true);
    for (const id of ['h100-sxm', 'h200-sxm', 'a100-sxm-80gb', 'b200-sxm', 'rtx-4090'])
      expect(hasSlowUnits(deviceOf(id)), id).toBe(false);
  });

  test('reach more of their peak than the same work does elsewhere, never all, in the same order', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(reachedShare(slow, low)).toBeGreaterThan(low);
        expect(reachedShare(slow, high)).toBeLessThan(0.95);
        expect(reachedShare(slow, high)).toBeGreaterThanOrEqual(reachedShare(slow, low));
        expect(reachedShare(deviceOf('h100-sxm'), one)).toBe(one);
      }),
    );
  });

  test('by hand: half of the peak on an H100 is nine tenths of it on an H20', () => {
    const rest = 1 / 0.5 - 1 / 0.95;
    const slowness = 148e12 / 4e12 / 295;
    expect(reachedShare(slow, 0.5)).toBeCloseTo(1 / (1 / 0.95 + rest * slowness), 2);
  });

  test('speed prompts up: a seventh of the peak does not take seven times as long', () => {
    const [fast, cut] = ['h100-sxm', 'h20'].map((acceleratorId) =>
      replicaOf({ acceleratorId, weightPrecision: 'bf16' }),
    );
    if (!fast || !cut) throw new Error('Two replicas.');
    const peaks = 989 / 148;
    expect(arithmeticRate(fast) / arithmeticRate(cut)).toBeLessThan(0.9 * peaks);
    const long = [cut, fast].map((one) => promptAttentionSeconds(one, 1, 65_536));
    expect((long[0] ?? NaN) / (long[1] ?? NaN)).toBeLessThan(0.9 * peaks);
  });
});
