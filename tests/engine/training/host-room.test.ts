import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutExtras, TrainingLayout } from '@engine/plan';
import { countParameters } from '@engine/model/parameters';
import type { LayoutQuestion } from '@engine/search/layout-question';
import { searchLayouts } from '@engine/search/search-layouts';
import { hostBytes, overfillsHost } from '@engine/training/host-memory';
import { stageMemory } from '@engine/training/memory';
import {
  architectureOf,
  findingOf,
  inferenceOf,
  laidOut,
  quantity,
  templatePlan,
  withService,
} from '../../fixtures/engine-fixture';
import { evaluatedRun, largeRun } from './evaluated-fixture';
import { constants, jobOf, partOf } from './ideal-device';

const whole: Partial<TrainingLayout> = {
  tensorParallel: 1,
  pipelineParallel: 1,
  zeroStage: 1,
  recompute: 'full',
};
const job = (layout: Partial<TrainingLayout>, dataParallel = 8) => ({
  ...jobOf('llama-3.1-8b', { ...whole, ...layout }),
  dataParallel,
});

describe('the memory of the host', () => {
  it('is not needed by a job that keeps everything on its accelerators', () => {
    expect(hostBytes(job({}), constants)).toBe(0);
    expect(overfillsHost(job({}), constants, { ...partOf('h100-sxm'), hostMemoryBytes: 1 })).toBe(
      false,
    );
  });

  // The estimator that comes with DeepSpeed counts 16 bytes for each parameter in the host: master weight, two moments, gradient.
  it('holds 16 bytes for each parameter of a sharded optimizer, whatever the number of replicas', () => {
    const parameters = countParameters(architectureOf('llama-3.1-8b')).total;
    for (const replicas of [1, 2, 8]) {
      const one = hostBytes(job({ offloadsOptimizer: true }, replicas), constants);
      expect((one * replicas) / parameters).toBeCloseTo(16, 6);
    }
  });

  it('holds weights of two bytes besides where they are sharded and go there', () => {
    const both = { zeroStage: 3, offloadsOptimizer: true, offloadsWeights: true } as const;
    const parameters = countParameters(architectureOf('llama-3.1-8b')).total;
    expect((8 * hostBytes(job(both), constants)) / parameters).toBeCloseTo(18, 6);
  });

  it('takes what the accelerators give up', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        fc.constantFrom(0, 1, 2, 3),
        (offloadsOptimizer, offloadsWeights, offloadedLayers, zeroStage) => {
          const extras: LayoutExtras = { offloadsOptimizer, offloadsWeights, offloadedLayers };
          const layout = { zeroStage, recompute: 'none' } as Partial<TrainingLayout>;
          const here = stageMemory(job({ ...layout, ...extras }), constants, 0);
          const all = stageMemory(job(layout), constants, 0);
          const freed = all.total - here.total - (all.fragmentation - here.fragmentation);
          const there = hostBytes(job({ ...layout, ...extras }), constants);
          expect(there).toBeGreaterThanOrEqual(freed - 1);
          expect(there).toBeLessThanOrEqual(freed * (4 / 3) + 1);
        },
      ),
    );
  });
});

describe('a layout that keeps more in the host than there is', () => {
  const inHost: Partial<TrainingLayout> = {
    pipelineParallel: 2,
    virtualStages: 1,
    zeroStage: 0,
    offloadsOptimizer: true,
  };

  it('is named, with what it needs and what a node has', () => {
    const { job: found, device } = evaluatedRun(inHost);
    expect(overfillsHost(found, constants, device)).toBe(true);
    const finding = findingOf(laidOut(largeRun, inHost), 'training.hostMemoryOverflow');
    expect(finding).toMatchObject({ level: 'problem', field: 'layout.offloadsOptimizer' });
    expect(finding?.cause).toMatch(
      /needs 4\d\d GB for each accelerator, .+ share of a node is 250 GB\./,
    );
    expect(findingOf(largeRun, 'training.hostMemoryOverflow')).toBeUndefined();
    const shared = laidOut(largeRun, { ...inHost, zeroStage: 1 });
    expect(findingOf(shared, 'training.hostMemoryOverflow')).toBeUndefined();
  });

  it('is not found by a search, which finds it where the host has more', () => {
    const architecture = architectureOf('llama-3.1-70b');
    const question: LayoutQuestion = {
      architecture,
      parameters: countParameters(architecture),
      precision: 'bf16',
      sequenceLength: 8192,
      globalBatch: 16,
      accelerators: 16,
      extras: { offloadsOptimizer: true },
    };
    const device = partOf('h100-sxm');
    const found = (hostMemoryBytes: number) =>
      searchLayouts(question, { ...device, hostMemoryBytes }, constants, { prunes: false });
    const roomy = found(1e12);
    expect(roomy.feasible).toBeGreaterThan(0);
    const tight = found(75e9);
    expect(tight.feasible).toBeLessThan(roomy.feasible);
    for (const { layout, dataParallel } of tight.best) {
      expect(hostBytes({ ...question, layout, dataParallel }, constants)).toBeLessThan(75e9);
    }
    const none = found(1e9);
    expect(none).toMatchObject({ feasible: 0, best: [] });
    expect(none.regions.map(({ why }) => why).join()).toContain('memory of the host');
  });
});

describe('a service that keeps more in the host than there is', () => {
  const chat = templatePlan('chat-fleet-h200');

  it('is told the cache that a node has room for', () => {
    const plan = withService(chat, { hostCacheGigabytes: quantity(1_000) });
    const finding = findingOf(plan, 'inference.hostMemory');
    expect(finding).toMatchObject({ level: 'problem', field: 'hostCacheGigabytes' });
    const mended = withService(chat, { hostCacheGigabytes: quantity(finding?.fix?.value ?? 0) });
    expect(findingOf(mended, 'inference.hostMemory')).toBeUndefined();
    expect(inferenceOf(mended).isFeasible).toBe(inferenceOf(chat).isFeasible);
  });
});
