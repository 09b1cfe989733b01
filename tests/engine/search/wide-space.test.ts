import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import type { LayoutExtras } from '@engine/plan';
import { leastTime, leastWithOtherChunks } from '@engine/search/branches';
import type { LayoutQuestion, RankedLayout } from '@engine/search/layout-question';
import { recomputedLayerCounts, shardGroups } from '@engine/search/saving-space';
import { exchangeChoices, scheduleChoices } from '@engine/search/schedule-space';
import { searchLayouts } from '@engine/search/search-layouts';
import { readTrainingConstants } from '@engine/training/constants';
import { exchangeCosts, layerCosts } from '@engine/training/layer-costs';
import { trainingMemory } from '@engine/training/memory';
import { softwareOf } from '@engine/training/software';
import { chunkedStep, stepTime, unchunkedStep } from '@engine/training/step-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function deviceOf(systemId: string) {
  const system = catalogue.systems.get(systemId);
  const accelerator = catalogue.accelerators.get(system?.acceleratorId ?? '');
  if (!system || !accelerator) throw new Error(systemId);
  return describeDevice(accelerator, system, catalogue.assumptions);
}

const device = deviceOf('dgx-h100');

function questionOf(modelId: string, change: Partial<LayoutQuestion> = {}): LayoutQuestion {
  const architecture = catalogue.models.get(modelId)?.architecture;
  if (!architecture) throw new Error(modelId);
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 4096,
    globalBatch: 64,
    accelerators: 32,
    ...change,
  };
}

const long = questionOf('llama-3.1-8b', { sequenceLength: 32_768, globalBatch: 32 });
const sparse = questionOf('qwen3-30b-a3b', { globalBatch: 32 });

/** What a found layout takes by the engine itself. */
function timeOf(found: RankedLayout, question: LayoutQuestion): number {
  const { layout, dataParallel, hasSequenceParallel } = found;
  const job = { ...question, layout, dataParallel };
  const software = { ...softwareOf(job, device), hasSequenceParallel };
  return stepTime({ ...job, software }, device, constants).total;
}

const kept: LayoutExtras = {
  capacityFactor: 1.25,
  momentPrecision: '16-bit',
  optimizer: 'muon',
  offloadsOptimizer: true,
  offloadsWeights: true,
  offloadedLayers: 3,
  shardGroup: 4,
  recomputedLayers: 2,
};

describe('what a plan has beyond degrees', { timeout: 60_000 }, () => {
  it('stays in every layout that is found, and in its time and memory', () => {
    const question = { ...sparse, extras: kept };
    const { best } = searchLayouts(question, device, constants, { top: 5 });
    expect(best.length).toBe(5);
    for (const ranked of best) {
      expect(ranked.layout).toMatchObject(kept);
      expect(ranked.stepSeconds).toBe(timeOf(ranked, question));
      const job = { ...question, layout: ranked.layout, dataParallel: ranked.dataParallel };
      expect(ranked.memoryBytes).toBe(trainingMemory(job, constants).total);
    }
  });
});

describe('schedules and exchanges', { timeout: 60_000 }, () => {
  test('a schedule needs stages, DualPipe an even number of them and enough micro-batches', () => {
    expect(scheduleChoices({}, 1, 64)).toEqual(['1f1b']);
    expect(scheduleChoices({}, 8, 8)).toEqual(['1f1b', 'zero-bubble']);
    expect(scheduleChoices({}, 8, 16)).toEqual(['1f1b', 'zero-bubble', 'dualpipe']);
    expect(scheduleChoices({ schedule: ['dualpipe'] }, 7, 64)).toEqual([]);
  });

  test('ranks exchange in every way, where the heads divide', () => {
    expect(exchangeChoices(long, {}, 8, 4)).toEqual(['all-gather', 'ring', 'ulysses']);
    expect(exchangeChoices(long, {}, 8, 8)).toEqual(['all-gather', 'ring']);
    expect(exchangeChoices(long, {}, 8, 1)).toEqual(['all-gather']);
  });

  it('are found where they are faster than the plain ones, never slower', () => {
    const plain = { schedule: ['1f1b'], contextExchange: ['all-gather'] } as const;
    const free = searchLayouts(long, device, constants);
    const held = searchLayouts(long, device, constants, { constraints: plain });
    expect(free.best[0]?.stepSeconds).toBeLessThanOrEqual(held.best[0]?.stepSeconds ?? 0);
    for (const { layout } of held.best) {
      expect(layout.schedule).toBeUndefined();
      expect(layout.contextExchange).toBeUndefined();
    }
    const told = free.regions.filter(
      ({ axis }) => axis === 'schedule' || axis === 'contextExchange',
    );
    expect(told.map(({ value }) => value).toSorted()).toEqual(
      ['1f1b', 'all-gather', 'dualpipe', 'ring', 'ulysses', 'zero-bubble'].toSorted(),
    );
  });

  it.each(['zero-bubble', 'dualpipe'] as const)('%s takes what the engine says', (schedule) => {
    const constraints = { schedule: [schedule], pipelineParallel: [4] };
    const { best } = searchLayouts(sparse, device, constants, { constraints });
    expect(best.length).toBeGreaterThan(0);
    for (const ranked of best) {
      expect(ranked.layout).toMatchObject({ schedule, virtualStages: 1 });
      expect(ranked.stepSeconds).toBe(timeOf(ranked, sparse));
    }
  });

  it('cost the same from layers that are known', () => {
    const layout = {
      tensorParallel: 2,
      pipelineParallel: 2,
      virtualStages: 1,
      contextParallel: 4,
      expertParallel: 4,
      microBatch: 1,
      recompute: 'none',
      zeroStage: 1,
    } as const;
    const job = { ...sparse, layout, dataParallel: 2 };
    const other = {
      ...job,
      layout: { ...layout, contextExchange: 'ulysses', schedule: 'dualpipe' },
    } as const;
    const known = layerCosts(job, device, constants);
    expect(exchangeCosts(other, known, constants)).toEqual(layerCosts(other, device, constants));
  });
});

describe('switches', { timeout: 60_000 }, () => {
  test('groups of whole nodes that divide the replicas', () => {
    expect(shardGroups(0, 64, 8)).toEqual([undefined]);
    expect(shardGroups(3, 64, 8)).toEqual([undefined, 8, 32]);
    expect(shardGroups(3, 8, 8)).toEqual([undefined]);
    expect(shardGroups(1, 12, 1)).toEqual([undefined, 4]);
  });

  test('fewer and fewer layers of a stage', () => {
    expect(recomputedLayerCounts(16)).toEqual([undefined, 14, 12, 10, 8, 6, 4, 2]);
    expect(recomputedLayerCounts(3)).toEqual([undefined, 2, 1]);
    expect(recomputedLayerCounts(1)).toEqual([undefined]);
  });

  const wider = { hybridSharding: true, recomputedLayers: true, offload: true };

  it('widen the space and find nothing slower', () => {
    const question = questionOf('llama-3.1-70b', { accelerators: 64 });
    const usual = searchLayouts(question, device, constants);
    const wide = searchLayouts(question, device, constants, { switches: wider });
    expect(wide.evaluated + wide.pruned).toBeGreaterThan(2 * (usual.evaluated + usual.pruned));
    expect(wide.best[0]?.stepSeconds).toBeLessThanOrEqual(usual.best[0]?.stepSeconds ?? 0);
    for (const ranked of wide.best) expect(ranked.stepSeconds).toBe(timeOf(ranked, question));
  });

  it('pruned, find the same layouts, front and reasons as trying every one', () => {
    const request = fc.record({
      model: fc.constantFrom('llama-3.1-8b', 'qwen3-30b-a3b'),
      sequenceLength: fc.constantFrom(4096, 32_768),
      accelerators: fc.constantFrom(8, 16, 24),
      globalBatch: fc.constantFrom(16, 48),
      system: fc.constantFrom('dgx-h100', 'dgx-a100-80', 'dgx-b200'),
      switches: fc.record({
        hybridSharding: fc.boolean(),
        recomputedLayers: fc.boolean(),
        offload: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(request, ({ model, system, switches, ...change }) => {
        const question = questionOf(model, change);
        const options = { switches, top: 5 };
        const all = searchLayouts(question, deviceOf(system), constants, {
          ...options,
          prunes: false,
        });
        const pruned = searchLayouts(question, deviceOf(system), constants, options);
        expect(pruned.best).toEqual(all.best);
        expect(pruned.evaluated + pruned.pruned).toBe(all.evaluated);
        expect(
          pruned.pareto.map(({ stepSeconds, memoryBytes }) => [stepSeconds, memoryBytes]),
        ).toEqual(all.pareto.map(({ stepSeconds, memoryBytes }) => [stepSeconds, memoryBytes]));
        expect(pruned.regions.map(({ why }) => why).toSorted()).toEqual(
          all.regions.map(({ why }) => why).toSorted(),
        );
      }),
      { numRuns: 6 },
    );
  });
});

describe('bounds', { timeout: 60_000 }, () => {
  const job = fc.record({
    question: fc.constantFrom(sparse, long, questionOf('llama-3.1-70b', { globalBatch: 256 })),
    pipelineParallel: fc.constantFrom(2, 4, 5, 8),
    tensorParallel: fc.constantFrom(1, 2, 8),
    contextParallel: fc.constantFrom(1, 2),
    expertParallel: fc.constantFrom(1, 8),
    schedule: fc.constantFrom(undefined, 'zero-bubble' as const, 'dualpipe' as const),
    contextExchange: fc.constantFrom(undefined, 'ring' as const),
    recompute: fc.constantFrom('none' as const, 'selective' as const, 'full' as const),
    zeroStage: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
    recomputedLayers: fc.constantFrom(undefined, 1),
    shardGroup: fc.constantFrom(undefined, 2),
    optimizer: fc.constantFrom(undefined, 'muon' as const, 'adafactor' as const),
    offloadsOptimizer: fc.boolean(),
    offloadsWeights: fc.boolean(),
    offloadedLayers: fc.constantFrom(undefined, 1, 99),
    virtualStages: fc.integer({ min: 2, max: 9 }),
  });

  test('no layout is faster than its bound', () => {
    fc.assert(
      fc.property(job, ({ question, virtualStages, ...rest }) => {
        const isPlain = rest.schedule === undefined;
        const chunks = isPlain ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1];
        const at = (count: number) => ({
          ...question,
          layout: { ...rest, microBatch: 1, virtualStages: count },
          dataParallel: 4,
        });
        const costs = layerCosts(at(1), device, constants);
        const least = leastTime(at(1), costs, chunks, constants);
        const unchunked = unchunkedStep(at(1), costs, constants);
        const one = chunkedStep(at(1), unchunked, constants);
        expect(one.total).toBeGreaterThanOrEqual(least.seconds);
        if (!isPlain) return;
        const { total } = chunkedStep(at(virtualStages), unchunked, constants);
        expect(total).toBe(stepTime(at(virtualStages), device, constants).total);
        expect(total).toBeGreaterThanOrEqual(least.seconds);
        expect(total).toBeGreaterThanOrEqual(leastWithOtherChunks(one, least) * (1 - 1e-12));
      }),
      { numRuns: 300 },
    );
  });
});
