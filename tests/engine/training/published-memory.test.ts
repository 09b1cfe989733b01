import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recompute } from '@engine/plan';
import { activationBytesPerToken, modernStyle, styleOf } from '@engine/training/activations';
import { layersInFlight } from '@engine/training/layers-in-flight';
import { trainingMemory } from '@engine/training/memory';
import { parametersPerAccelerator } from '@engine/training/model-state';
import { usualSoftware } from '@engine/training/software';
import { architectureOf } from '../../fixtures/engine-fixture';
import { constants, jobOf } from './ideal-device';

const gpt3 = architectureOf('gpt-3-175b');
const early = usualSoftware('early');

function perToken(recompute: Recompute, architecture = gpt3): number {
  return activationBytesPerToken(architecture, false, 2048, 'fp16', recompute, styleOf(early));
}

/** Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198, table 2 and section 5. */
describe('activations of 2022', () => {
  it('shrink by 70 % for GPT-3 and 65 % for MT-NLG where the attention core is computed again', () => {
    const large = {
      ...gpt3,
      ...{ layers: 105, hidden: 20_480, heads: 128, keyValueHeads: 128, headDim: 160, ffn: 81_920 },
    };
    expect(1 - perToken('selective') / perToken('none')).toBeCloseTo(0.7, 2);
    expect(1 - perToken('selective', large) / perToken('none', large)).toBeCloseTo(0.65, 2);
  });

  it.each([1, 2, 4, 8])(
    'take s·b·h·L·(10 + 24 / t) bytes without and 34 / t with sequence parallelism, t = %i',
    (tensorParallel) => {
      const layout = { tensorParallel, pipelineParallel: 2, recompute: 'selective' } as const;
      const changes = { sequenceLength: 2048, precision: 'fp16' } as const;
      const unit = 2048 * 12_288 * 96;
      const activations = (hasSequenceParallel: boolean) =>
        trainingMemory(
          jobOf('gpt-3-175b', layout, { ...changes, software: { ...early, hasSequenceParallel } }),
          constants,
        ).activations / unit;
      expect(activations(false)).toBeCloseTo(10 + 24 / tensorParallel, 9);
      expect(activations(true)).toBeCloseTo(34 / tensorParallel, 9);
    },
  );

  it('follow the software: fused attention of those years keeps no scores but dropout masks', () => {
    expect(styleOf(undefined)).toBe(modernStyle);
    expect(styleOf({ ...early, attention: 'flash 1' })).toEqual({
      hasFusedAttention: true,
      hasDropout: true,
      recomputesCheapModules: false,
    });
    const unfused = { ...usualSoftware('current'), attention: 'unfused' } as const;
    expect(styleOf(unfused).hasFusedAttention).toBe(false);
  });
});

/** Rajbhandari et al. 2020, https://arxiv.org/abs/1910.02054, figure 1: 7.5 billion parameters, 64 replicas, K = 12. */
describe('model state under ZeRO', () => {
  const mixed = { ...constants, gradientBytes: 2, optimizerBytes: 12 };
  const stateOf = (zeroStage: 0 | 1 | 2 | 3) => {
    const job = jobOf('llama-2-7b', { zeroStage }, { dataParallel: 64 });
    const scale = 7.5 / parametersPerAccelerator(job).dense;
    const { weights, gradients, optimizer } = trainingMemory(job, mixed);
    return {
      all: scale * (weights + gradients + optimizer),
      rest: scale * (gradients + optimizer),
    };
  };

  it('takes the published 120, 31.4 and 16.6 GB', () => {
    expect(stateOf(0).all).toBeCloseTo(120, 6);
    expect(stateOf(1).all).toBeCloseTo(31.4, 1);
    expect(stateOf(2).all).toBeCloseTo(16.6, 1);
  });

  it('takes the published 1.9 GB in stage 3, with two gathered layers on top', () => {
    expect(stateOf(3).rest + 15 / 64).toBeCloseTo(1.875, 9);
    expect(stateOf(3).all).toBeGreaterThan(1.88);
    expect(stateOf(3).all).toBeLessThan(1.88 + (2.2 * 15) / 32);
  });
});

describe('memory in general', () => {
  it('has parts that add up, and every kind of recomputation needs no more than the one before', () => {
    const degree = fc.constantFrom(1, 2, 4, 8);
    const model = fc.constantFrom('llama-3.1-70b', 'mixtral-8x7b', 'deepseek-v3');
    fc.assert(
      fc.property(model, degree, degree, degree, (id, tensorParallel, pipelineParallel, micro) => {
        const of = (recompute: Recompute) => {
          const layout = { tensorParallel, pipelineParallel, microBatch: micro, recompute };
          return trainingMemory(jobOf(id, layout, { globalBatch: 256 }), constants);
        };
        const { total, ...parts } = of('none');
        const sum = Object.values(parts).reduce((all, part) => all + part, 0);
        expect(sum / total).toBeCloseTo(1, 12);
        expect(of('selective').total).toBeLessThan(total);
        expect(of('full').total).toBeLessThan(of('selective').total);
      }),
    );
  });

  it('holds every parameter once over the ranks of an expert model', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 4, 8), (ranks) => {
        const layout = { tensorParallel: ranks, expertParallel: ranks };
        const job = jobOf('mixtral-8x7b', layout);
        const { dense, expert } = parametersPerAccelerator(job);
        expect((ranks * (dense + expert)) / job.parameters.total).toBeCloseTo(1, 9);
      }),
    );
  });

  it('keeps fewer layers in flight on later stages, and more with more chunks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 16 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 64, max: 128 }),
        (stages, chunks, perStep) => {
          const held = Array.from({ length: stages }, (_, stage) =>
            layersInFlight(96, stages, stage, chunks, perStep),
          );
          expect(held).toEqual([...held].sort((a, b) => b - a));
          expect(held[0]).toBeGreaterThanOrEqual(layersInFlight(96, stages, 0, 1, perStep));
        },
      ),
    );
  });
});
