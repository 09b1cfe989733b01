import { describe, expect, it } from 'vitest';
import { matmulSeconds } from '@engine/hardware/matmul';
import type { OptimizerKind, TrainingLayout } from '@engine/plan';
import { trainingMemory } from '@engine/training/memory';
import { optimizerBytes, optimizerTrafficBytes } from '@engine/training/optimizer';
import { orthogonalizationSeconds } from '@engine/training/orthogonalization';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

const device = partOf('h100-sxm');
const kinds: readonly OptimizerKind[] = ['muon', 'lion', 'sgd', 'adafactor'];

describe('what an optimizer keeps', () => {
  const bytes = (layout: Partial<TrainingLayout>) =>
    optimizerBytes(jobOf('llama-3.1-8b', layout), constants);

  it('is a master weight, and two moments, one or none', () => {
    expect(bytes({})).toBe(12);
    expect(bytes({ optimizer: 'lion' })).toBe(8);
    expect(bytes({ optimizer: 'sgd', momentPrecision: '16-bit' })).toBe(6);
    expect(bytes({ optimizer: 'adafactor' })).toBe(4);
    expect(bytes({ optimizer: 'adafactor', momentPrecision: '8-bit' })).toBe(4);
  });

  it('is with Muon one moment of hidden matrices and two of embeddings', () => {
    const job = jobOf('llama-3.1-8b', { optimizer: 'muon' });
    const share = (2 * 128_256 * 4_096) / job.parameters.total;
    expect(optimizerBytes(job, constants)).toBeCloseTo(8 + 4 * share, 9);
  });

  it.each(kinds)('of %s is less memory than AdamW, and less to move', (optimizer) => {
    const [usual, other] = [jobOf('llama-3.1-8b'), jobOf('llama-3.1-8b', { optimizer })];
    expect(trainingMemory(other, constants).total).toBeLessThan(
      trainingMemory(usual, constants).total,
    );
    expect(optimizerTrafficBytes(other, constants)).toBeLessThan(
      optimizerTrafficBytes(usual, constants),
    );
  });
});

describe('orthogonalising the momentum of Muon', () => {
  const seconds = (model: string, layout: Partial<TrainingLayout>, dataParallel = 1) =>
    orthogonalizationSeconds(
      jobOf(model, { optimizer: 'muon', ...layout }, { dataParallel }),
      device,
    );

  it('is five iterations of three products for each matrix', () => {
    const product = (m: number, n: number, k: number) => matmulSeconds(device, 'bf16', m, n, k);
    const one = (a: number, b: number) =>
      5 * (product(a, a, b) + product(a, a, a) + product(a, b, a));
    const [h, kv, ffn] = [4_096, 1_024, 14_336];
    const expected = 32 * (2 * one(h, h) + 2 * one(kv, h) + 3 * one(h, ffn));
    expect(seconds('llama-3.1-8b', { zeroStage: 0 }) / expected).toBeCloseTo(1, 9);
  });

  it('is divided over the stages and over the ranks that share the state, not over tensor ranks', () => {
    const whole = seconds('llama-3.1-8b', { zeroStage: 0 }, 8);
    expect(whole).toBe(seconds('llama-3.1-8b', { zeroStage: 0 }));
    expect(seconds('llama-3.1-8b', { zeroStage: 1 }, 8)).toBeCloseTo(whole / 8, 9);
    expect(seconds('llama-3.1-8b', { zeroStage: 0, pipelineParallel: 4 })).toBeCloseTo(
      whole / 4,
      9,
    );
    expect(seconds('llama-3.1-8b', { zeroStage: 0, tensorParallel: 8 })).toBe(whole);
    const experts = (expertParallel: number) =>
      seconds('qwen3-30b-a3b', { zeroStage: 0, expertParallel }, 8);
    expect(experts(8)).toBeLessThan(experts(1));
  });

  it('takes at least as long as one largest matrix, however many ranks there are', () => {
    const many = seconds('llama-3.1-8b', { zeroStage: 1 }, 1_000_000);
    expect(many).toBe(seconds('llama-3.1-8b', { zeroStage: 1 }, 10_000_000));
    expect(many).toBeGreaterThan(0);
  });

  it('is part of the step, and of no other optimizer', () => {
    const step = (layout: Partial<TrainingLayout>) =>
      stepTime(jobOf('llama-3.1-8b', layout), device, constants);
    for (const optimizer of ['lion', 'sgd', 'adafactor'] as const) {
      expect(orthogonalizationSeconds(jobOf('llama-3.1-8b', { optimizer }), device)).toBe(0);
      expect(step({ optimizer }).total).toBeLessThan(step({}).total);
    }
    const muon = { optimizer: 'muon', zeroStage: 0 } as const;
    const added = step(muon).optimizer - step({ ...muon, optimizer: 'lion' }).optimizer;
    expect(added).toBeGreaterThan(seconds('llama-3.1-8b', { zeroStage: 0 }));
  });
});
