import { describe, expect, it } from 'vitest';
import { matmulSeconds } from '@engine/hardware/matmul';
import type { TrainingLayout } from '@engine/plan';
import { maskDispatch } from '@engine/training/mask-dispatch';
import { usualSoftware, type TrainingSoftware } from '@engine/training/software';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

const device = partOf('b200-sxm');
const masked: TrainingSoftware = { ...usualSoftware('current'), dispatchesByMasks: true };
const job = (layout: Partial<TrainingLayout> = {}, sequenceLength = 4_096, software = masked) => ({
  ...jobOf('deepseek-v3', { microBatch: 1, capacityFactor: 1.25, ...layout }),
  sequenceLength,
  software,
});

describe('tokens that reach their experts by products with masks', () => {
  it('take two products of all slots with all tokens of a sequence, and three in the backward pass', () => {
    const one = matmulSeconds(device, 'bf16', 1.25 * 8 * 4_096, 7_168, 4_096);
    expect(maskDispatch(job(), device).forward).toBeCloseTo(2 * one, 12);
    expect(maskDispatch(job(), device).backward).toBeCloseTo(3 * one, 12);
    expect(maskDispatch(job({ microBatch: 3 }), device).forward).toBeCloseTo(6 * one, 12);
  });

  it('take four times as long for sequences of twice the length, and grow with the slots', () => {
    const at = (length: number) => maskDispatch(job({}, length), device).forward;
    expect(at(16_384) / at(8_192)).toBeGreaterThan(3.9);
    expect(at(16_384) / at(8_192)).toBeLessThan(4.1);
    const slots = (capacityFactor: number) => maskDispatch(job({ capacityFactor }), device).forward;
    expect(slots(2) / slots(1)).toBeGreaterThan(1.9);
  });

  it('are part of the step, and of none that sorts tokens or drops none', () => {
    const total = (one: ReturnType<typeof job>) => stepTime(one, device, constants).total;
    const sorted = job({}, 4_096, usualSoftware('current'));
    expect(maskDispatch(sorted, device)).toEqual({ forward: 0, backward: 0 });
    expect(total(job())).toBeGreaterThan(1.15 * total(sorted));
    expect(maskDispatch(job({ capacityFactor: undefined }), device).forward).toBe(0);
    const dense = { ...jobOf('llama-3.1-8b', { capacityFactor: 2 }), software: masked };
    expect(maskDispatch(dense, device).forward).toBe(0);
  });
});
