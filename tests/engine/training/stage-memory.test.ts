import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingLayout } from '@engine/plan';
import { layersInFlight, stageLayersInFlight } from '@engine/training/layers-in-flight';
import { recomputedShare, stageMemory, trainingMemory } from '@engine/training/memory';
import { parametersOfStage } from '@engine/training/model-state';
import { optimizerBytes } from '@engine/training/optimizer';
import { usualSoftware } from '@engine/training/software';
import { quantity, templatePlan, trainingOf, withClusters } from '../../fixtures/engine-fixture';
import { constants, jobOf } from './ideal-device';

const layoutArbitrary = fc.record({
  tensorParallel: fc.constantFrom(1, 2, 8),
  pipelineParallel: fc.constantFrom(1, 2, 4, 8, 16),
  virtualStages: fc.constantFrom(1, 2, 4),
  microBatch: fc.constantFrom(1, 2, 4),
  recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const),
  zeroStage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
});

function ofStages(layout: Partial<TrainingLayout>, globalBatch = 512) {
  const job = jobOf('llama-3.1-70b', layout, { dataParallel: 4, globalBatch });
  const stages = Array.from({ length: job.layout.pipelineParallel }, (_, stage) =>
    stageMemory(job, constants, stage),
  );
  return { job, stages };
}

describe('memory of each pipeline stage', () => {
  it('is nowhere more than that of the fullest accelerator, and as much on one of them', () => {
    fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        const { job, stages } = ofStages(layout);
        const fullest = trainingMemory(job, constants).total;
        const totals = stages.map(({ total }) => total);
        expect(Math.max(...totals)).toBeCloseTo(fullest, 0);
      }),
    );
  });

  it('adds up from its parts', () => {
    fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        for (const { total, ...parts } of ofStages(layout).stages) {
          const sum = Object.values(parts).reduce((one, other) => one + other, 0);
          expect(sum / total).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('holds the parameters of the model once over all stages and tensor ranks', () => {
    const { job, stages } = ofStages({ tensorParallel: 2, pipelineParallel: 8 });
    const held = stages.map((_, stage) => parametersOfStage(job, stage).dense);
    const all = 2 * held.reduce((one, other) => one + other, 0);
    expect(all / job.parameters.total).toBeCloseTo(1, 6);
  });

  it('falls from stage to stage but for the logits of the last, as one forward, one backward warms up', () => {
    const { stages } = ofStages({ pipelineParallel: 8 });
    const activations = stages.map((memory) => memory.activations);
    expect(activations).toEqual(activations.toSorted((one, other) => other - one));
    expect(stages.map(({ logits }) => logits > 0)).toEqual([
      ...Array<boolean>(7).fill(false),
      true,
    ]);
  });

  it('is reported for every stage of a plan, the fullest as its memory figure', () => {
    const plan = withClusters(templatePlan('llama-3-405b'), { nodes: quantity(2_048) });
    const { memoryStages, memoryGbPerAccelerator } = trainingOf(plan);
    const largest = Math.max(...memoryStages.map(({ totalGb }) => totalGb));
    expect(largest).toBeCloseTo(memoryGbPerAccelerator.value ?? 0, 6);
    for (const { parts, totalGb } of memoryStages) {
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(totalGb, 6);
    }
  });
});

describe('what saves memory', () => {
  const total = (layout: Partial<TrainingLayout>) =>
    trainingMemory(jobOf('llama-3.1-70b', layout, { dataParallel: 64 }), constants).total;

  it('is recomputing more layers, up to all of a stage', () => {
    const stage = { pipelineParallel: 8, recompute: 'full' } as const;
    const totals = [0, 2, 5, 10, 99].map((recomputedLayers) =>
      total({ ...stage, recomputedLayers }),
    );
    expect(totals).toEqual(totals.toSorted((one, other) => other - one));
    expect(total({ ...stage, recomputedLayers: 10 })).toBe(total(stage));
    const job = jobOf('llama-3.1-70b', { ...stage, recomputedLayers: 5 });
    expect(recomputedShare(job)).toBe(0.5);
  });

  it('is the optimizer in the host, or with narrower moments', () => {
    expect(total({ offloadsOptimizer: true })).toBeLessThan(total({ momentPrecision: '8-bit' }));
    expect(total({ momentPrecision: '8-bit' })).toBeLessThan(total({ momentPrecision: '16-bit' }));
    expect(total({ momentPrecision: '16-bit' })).toBeLessThan(total({}));
    const bytes = (momentPrecision: '16-bit' | '8-bit') =>
      optimizerBytes(jobOf('llama-3.1-8b', { momentPrecision }), constants);
    expect([bytes('16-bit'), bytes('8-bit')]).toEqual([8, 6]);
  });

  it('is sharding over all replicas rather than within a group', () => {
    const sharded = { zeroStage: 3 } as const;
    expect(total(sharded)).toBeLessThan(total({ ...sharded, shardGroup: 8 }));
    expect(total({ ...sharded, shardGroup: 64 })).toBe(total(sharded));
  });
});

describe('schedules', () => {
  it('hold as much as one forward, one backward without bubbles, and a micro-batch more from both ends', () => {
    const job = (schedule: 'zero-bubble' | 'dualpipe' | undefined) =>
      jobOf('llama-3.1-70b', { pipelineParallel: 8, schedule }, { globalBatch: 512 });
    const plain = layersInFlight(80, 8, 0, 1, 512);
    expect(stageLayersInFlight(job('zero-bubble'), 0)).toBe(plain);
    expect(stageLayersInFlight(job('dualpipe'), 0)).toBe((9 * 80) / 8);
    expect(stageLayersInFlight(job('dualpipe'), 7)).toBe((9 * 80) / 8);
  });

  it('from both ends keep two copies of the weights', () => {
    const weights = (schedule: 'dualpipe' | undefined) =>
      trainingMemory(jobOf('llama-3.1-8b', { pipelineParallel: 4, schedule }), constants).weights;
    expect(weights('dualpipe')).toBe(2 * weights(undefined));
  });

  it('of 2021 kept the outputs of a stage and gradients of 16 bits', () => {
    const memory = (generation: 'early' | 'fused') => {
      const software = { ...usualSoftware(generation), attention: 'flash 1' } as const;
      const layout = { pipelineParallel: 4, recompute: 'full' } as const;
      const sequence = { ...software, hasSequenceParallel: true };
      return trainingMemory(jobOf('gpt-3-175b', layout, { software: sequence }), constants);
    };
    expect(memory('early').gradients).toBe(memory('fused').gradients / 2);
    expect(memory('early').activations).toBeGreaterThan(memory('fused').activations);
  });
});
