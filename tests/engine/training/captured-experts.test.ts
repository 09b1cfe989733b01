import { describe, expect, it } from 'vitest';
import { stepTime } from '@engine/training/step-time';
import { usualSoftware, type TrainingSoftware } from '@engine/training/software';
import { layerCosts } from '@engine/training/layer-costs';
import { layerTime } from '@engine/training/layer-time';
import { leastTime } from '@engine/search/branches';
import { constants, jobOf, partOf } from './ideal-device';

const h100 = partOf('h100-sxm');

function withExperts(said: Partial<TrainingSoftware> = {}, layout = {}) {
  const software = { ...usualSoftware('current'), dispatcher: 'deduplicated' as const, ...said };
  return jobOf('deepseek-v3', { expertParallel: 64, ...layout }, { dataParallel: 64, software });
}

describe('the exchange of experts', () => {
  it('shows only what outlasts the computation where the other micro-batch hides it', () => {
    const usual = stepTime(withExperts(), h100, constants);
    const hidden = stepTime(withExperts({ overlapsExperts: true }), h100, constants);
    const shown = stepTime(withExperts({ overlapsExperts: false }), h100, constants);
    expect(hidden.expertParallel).toBeLessThan(usual.expertParallel);
    expect(usual.expertParallel).toBeLessThanOrEqual(shown.expertParallel);
    const dual = withExperts({}, { pipelineParallel: 2, schedule: 'dualpipe' });
    const said = withExperts({ overlapsExperts: true }, { pipelineParallel: 2 });
    expect(stepTime(said, h100, constants).expertParallel).toBeCloseTo(
      stepTime(dual, h100, constants).expertParallel,
      9,
    );
  });

  it('keeps the bound of a search below what it takes', () => {
    const job = withExperts({ overlapsExperts: true });
    const least = leastTime(job, layerCosts(job, h100, constants), [1], constants);
    expect(least.seconds).toBeLessThan(stepTime(job, h100, constants).total);
  });
});

describe('experts in one kernel that casts and activates', () => {
  const b200 = partOf('b200-sxm');
  const few = { microBatch: 1, expertParallel: 8 };
  const on = (precision: 'bf16' | 'fp8', said: Partial<TrainingSoftware>) =>
    stepTime({ ...withExperts(said, few), precision }, b200, constants);

  it('save the passes of casts and activations, and the launch of one expert after the other', () => {
    const grouped = on('fp8', { groupsNarrowExperts: true });
    const fused = on('fp8', { fusesExperts: true });
    expect(fused.elementwise).toBeLessThan(grouped.elementwise);
    expect(fused.matmul).toBe(grouped.matmul);
    expect(fused.matmul).toBeLessThan(on('fp8', {}).matmul);
  });

  it('move what a dense block next to them does as before', () => {
    const dense = (said: Partial<TrainingSoftware>) =>
      stepTime(
        jobOf(
          'llama-3.1-8b',
          {},
          { precision: 'fp8', software: { ...usualSoftware('current'), ...said } },
        ),
        b200,
        constants,
      ).total;
    expect(dense({ fusesExperts: true })).toBe(dense({}));
  });
});

describe('the permutation of tokens to experts', () => {
  it('moves as much backward as forward, where other element-wise work moves twice as much', () => {
    const timeWith = (permutePasses: number) =>
      layerTime(withExperts(), h100, { ...constants, permutePasses }, 'experts');
    const [few, many] = [timeWith(2), timeWith(4)];
    const forward = many.forwardElementwise - few.forwardElementwise;
    expect(forward).toBeGreaterThan(0);
    expect(many.backward - few.backward).toBeCloseTo(forward, 12);
    const dense = (permutePasses: number) =>
      layerTime(withExperts(), h100, { ...constants, permutePasses }, 'dense').backward;
    expect(dense(4)).toBe(dense(2));
  });
});

describe('steps captured whole', () => {
  it('wait neither for the routing nor for launches', () => {
    const few = { microBatch: 1, expertParallel: 8 };
    const usual = stepTime(withExperts({}, few), h100, constants);
    const captured = stepTime(withExperts({ capturesSteps: true }, few), h100, constants);
    const eager = stepTime(withExperts({ launchesEagerly: true }, few), h100, constants);
    expect(captured.total).toBeLessThan(usual.total);
    expect(usual.total).toBeLessThanOrEqual(eager.total);
    const both = { capturesSteps: true, launchesEagerly: true };
    expect(stepTime(withExperts(both, few), h100, constants).total).toBe(captured.total);
  });
});
