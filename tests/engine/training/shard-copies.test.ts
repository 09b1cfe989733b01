import { describe, expect, it } from 'vitest';
import { streamSeconds } from '@engine/hardware/memory';
import { dataParallelTime } from '@engine/training/communication';
import { parametersPerAccelerator } from '@engine/training/model-state';
import { copyingSeconds } from '@engine/training/shard-copies';
import { usualSoftware, type TrainingSoftware } from '@engine/training/software';
import { jobOf, partOf } from './ideal-device';

const h100 = partOf('h100-sxm');

function sharded(
  copiesShards?: TrainingSoftware['copiesShards'],
  layout: Parameters<typeof jobOf>[1] = {},
) {
  const software = { ...usualSoftware('fused'), ...(copiesShards ? { copiesShards } : {}) };
  return jobOf('llama-3.1-8b', { zeroStage: 3, ...layout }, { dataParallel: 16, software });
}

describe('copies of full sharding', () => {
  it('pass over gathered weights twice and over gradients once, in a micro-batch', () => {
    const { dense } = parametersPerAccelerator(sharded());
    // Weights of two bytes are read and written after both gathers; gradients read and written as they are exchanged.
    const gradients = streamSeconds(h100, (2 + 2) * dense);
    expect(copyingSeconds(sharded('gradients'), h100, 2)).toBeCloseTo(gradients, 12);
    expect(copyingSeconds(sharded('all'), h100, 2)).toBeCloseTo(3 * gradients, 12);
    expect(copyingSeconds(sharded('all'), h100, 4)).toBeCloseTo(3.5 * gradients, 12);
    expect(copyingSeconds(sharded(), h100, 2)).toBe(0);
  });

  it('are waited for whatever else there is to do, under ZeRO-3 alone', () => {
    const wait = (job: ReturnType<typeof sharded>) =>
      dataParallelTime(job, h100).waitingPerMicroBatch;
    const more = wait(sharded('all')) - wait(sharded());
    expect(more).toBeCloseTo(copyingSeconds(sharded('all'), h100, 2), 12);
    expect(wait(sharded('all', { zeroStage: 1 }))).toBe(wait(sharded(undefined, { zeroStage: 1 })));
  });

  it('are of what a tensor rank holds', () => {
    const whole = copyingSeconds(sharded('all'), h100, 2);
    const half = copyingSeconds(sharded('all', { tensorParallel: 2 }), h100, 2);
    expect(half).toBeGreaterThan(0.49 * whole);
    expect(half).toBeLessThan(0.51 * whole);
  });
});
