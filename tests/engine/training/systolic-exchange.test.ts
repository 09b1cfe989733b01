import { describe, expect, it } from 'vitest';
import type { TrainingConstants } from '@engine/training/constants';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

/** Visible exchange of a step of full sharding over 64 ranks with so little hidden at least. */
function exchanged(part: string, changed: Partial<TrainingConstants>): number {
  const job = { ...jobOf('llama-3.1-8b', { zeroStage: 3 }), dataParallel: 64, globalBatch: 256 };
  return stepTime(job, partOf(part), { ...constants, ...changed }).dataParallel;
}

describe('the exchange of full sharding that stays visible', () => {
  it('has a constant of its own on TPUs, in proportion to which it grows', () => {
    const one = exchanged('tpu-v5p', { dataParallelExposedSystolic: 0.1 });
    expect(exchanged('tpu-v5p', { dataParallelExposedSystolic: 0.3 }) / one).toBeCloseTo(3, 6);
    expect(exchanged('tpu-v5p', { dataParallelExposedSystolic: 0.1, dataParallelExposed: 1 })).toBe(
      one,
    );
  });

  it('has none of theirs on GPUs', () => {
    const one = exchanged('h100-sxm', {});
    expect(exchanged('h100-sxm', { dataParallelExposedSystolic: 1 })).toBe(one);
    expect(exchanged('h100-sxm', { dataParallelExposed: 0.5 })).toBeGreaterThan(one);
  });
});
