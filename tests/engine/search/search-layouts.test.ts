import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { chunkCounts, divisors, expertDegrees, microBatchSizes } from '@engine/search/layout-space';
import type { LayoutQuestion } from '@engine/search/layout-question';
import { daysOf, scoreOf } from '@engine/search/objective';
import { searchLayouts, searchSteps } from '@engine/search/search-layouts';
import { readTrainingConstants } from '@engine/training/constants';
import { acceleratorsPerReplica } from '@engine/training/job';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function deviceOf(id: string) {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(id);
  const systems = [...catalogue.systems.values()];
  const system = systems.find(({ acceleratorId }) => acceleratorId === id) ?? null;
  return describeDevice(accelerator, system, catalogue.assumptions);
}

function questionOf(modelId: string, accelerators: number, globalBatch: number): LayoutQuestion {
  const architecture = catalogue.models.get(modelId)?.architecture;
  if (architecture === undefined) throw new Error(modelId);
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 4096,
    globalBatch,
    accelerators,
  };
}

const smallQuestion = fc.record({
  model: fc.constantFrom('llama-3.1-8b', 'llama-2-13b', 'mixtral-8x7b', 'qwen3-30b-a3b'),
  device: fc.constantFrom('a100-sxm-80gb', 'h100-sxm', 'b200-sxm'),
  accelerators: fc.constantFrom(8, 16, 24, 32),
  batch: fc.constantFrom(16, 24, 64),
});

describe('the space of layouts', () => {
  test.each([
    [1, 8, [1]],
    [12, 12, [1, 2, 3, 4, 6, 12]],
    [12, 5, [1, 2, 3, 4]],
    [97, 100, [1, 97]],
    [2 ** 90, 4, [1, 2, 4]],
    [0, 8, []],
    [2.5, 8, []],
  ])('divisors of %s up to %s', (value, largest, expected) => {
    expect(divisors(value, largest)).toEqual(expected);
  });

  test('chunks need micro-batches in whole rounds of the pipeline', () => {
    const question = questionOf('llama-3.1-8b', 16, 64);
    expect(chunkCounts(question, {}, 1, 64)).toEqual([1]);
    expect(chunkCounts(question, {}, 8, 12)).toEqual([1]);
    expect(chunkCounts(question, {}, 8, 16)).toEqual([1, 2, 3, 4]);
  });

  test('experts spread over divisors of their number and of the ranks of a stage', () => {
    expect(expertDegrees(questionOf('mixtral-8x7b', 16, 64), {}, 12)).toEqual([1, 2, 4]);
    expect(expertDegrees(questionOf('llama-3.1-8b', 16, 64), {}, 12)).toEqual([1]);
  });

  test('micro-batches divide what a replica works on', () => {
    expect(microBatchSizes(questionOf('llama-3.1-8b', 16, 64), {}, 8)).toEqual([1, 2, 4, 8]);
    expect(microBatchSizes(questionOf('llama-3.1-8b', 16, 64), { microBatch: [3] }, 8)).toEqual([
      3,
    ]);
  });
});

describe('the search', { timeout: 60_000 }, () => {
  test('pruned, finds the same layouts as trying every one', () => {
    fc.assert(
      fc.property(smallQuestion, ({ model, device, accelerators, batch }) => {
        const question = questionOf(model, accelerators, batch);
        const all = searchLayouts(question, deviceOf(device), constants, { prunes: false, top: 5 });
        const pruned = searchLayouts(question, deviceOf(device), constants, { top: 5 });
        expect(pruned.best).toEqual(all.best);
        expect(pruned.evaluated + pruned.pruned).toBe(all.evaluated);
        expect(all.pruned).toBe(0);
      }),
      { numRuns: 6 },
    );
  });

  test('ranks layouts that use every accelerator, divide the batch and fit, fastest first', () => {
    fc.assert(
      fc.property(smallQuestion, ({ model, device, accelerators, batch }) => {
        const question = questionOf(model, accelerators, batch);
        const part = deviceOf(device);
        const { best, feasible } = searchLayouts(question, part, constants, { top: 20 });
        expect(feasible).toBeGreaterThanOrEqual(best.length);
        best.forEach((ranked, index) => {
          const { layout, dataParallel, stepSeconds, memoryBytes } = ranked;
          expect(acceleratorsPerReplica(layout) * dataParallel).toBe(accelerators);
          expect(batch % (dataParallel * layout.microBatch)).toBe(0);
          expect(memoryBytes).toBeLessThanOrEqual(part.memoryBytes);
          expect(stepSeconds).toBeGreaterThanOrEqual(best[index - 1]?.stepSeconds ?? 0);
        });
      }),
      { numRuns: 6 },
    );
  });

  test('no layout of the front is beaten in both time and memory', () => {
    const question = questionOf('llama-3.1-8b', 16, 64);
    const { pareto } = searchLayouts(question, deviceOf('h100-sxm'), constants, { prunes: false });
    expect(pareto.length).toBeGreaterThan(1);
    pareto.slice(1).forEach((layout, index) => {
      expect(layout.memoryBytes).toBeLessThan(pareto[index]?.memoryBytes ?? 0);
    });
  });

  test('keeps to the degrees it is given', () => {
    const constraints = { tensorParallel: [2], recompute: ['full' as const], microBatch: [1] };
    const question = questionOf('llama-3.1-8b', 16, 64);
    const { best } = searchLayouts(question, deviceOf('h100-sxm'), constants, { constraints });
    expect(best.length).toBeGreaterThan(0);
    for (const { layout } of best) {
      expect(layout).toMatchObject({ tensorParallel: 2, recompute: 'full', microBatch: 1 });
    }
  });

  test('can be left at any pause, with what it has found so far', () => {
    const question = { ...questionOf('gpt-3-175b', 4096, 1536), sequenceLength: 2048 };
    const device = deviceOf('a100-sxm-80gb');
    const steps = searchSteps({ question, device, constants, options: {} });
    expect(steps.next().value).toBeNull();
    const news = steps.next().value;
    if (typeof news !== 'function') throw new Error('There is no news.');
    const found = news();
    expect(found.isComplete).toBe(false);
    expect(found.progress).toBeGreaterThan(0);
    expect(found.progress).toBeLessThan(1);
    expect(found.evaluated + found.pruned).toBeLessThan(20_000);
    expect(found.best.length).toBeGreaterThan(0);
  });

  test('pruned, keeps the front and the best of every value of every axis', () => {
    fc.assert(
      fc.property(smallQuestion, ({ model, device, accelerators, batch }) => {
        const question = questionOf(model, accelerators, batch);
        const all = searchLayouts(question, deviceOf(device), constants, { prunes: false });
        const pruned = searchLayouts(question, deviceOf(device), constants);
        const seconds = (layouts: readonly { stepSeconds: number; memoryBytes: number }[]) =>
          layouts.map(({ stepSeconds, memoryBytes }) => [stepSeconds, memoryBytes]);
        expect(seconds(pruned.pareto)).toEqual(seconds(all.pareto));
        const whys = (regions: readonly { why: string }[]) => regions.map(({ why }) => why);
        expect(whys(pruned.regions).toSorted()).toEqual(whys(all.regions).toSorted());
        expect(pruned.evaluated).toBeLessThanOrEqual(all.evaluated);
      }),
      { numRuns: 4 },
    );
  });

  test.each(['fastest', 'cheapest', 'fewest', 'leastEnergy'] as const)(
    'over several sizes, pruned, the %s are those of trying every layout',
    (objective) => {
      const sizes = [8, 16, 32].map((accelerators) => ({
        accelerators,
        usdPerHour: 2 * accelerators,
        kilowatts: 1.3 * accelerators + 5,
      }));
      const options = { objective, sizes, top: 8 };
      const question = questionOf('llama-3.1-8b', 32, 64);
      const part = deviceOf('h100-sxm');
      const all = searchLayouts(question, part, constants, { ...options, prunes: false });
      const pruned = searchLayouts(question, part, constants, options);
      expect(pruned.best).toEqual(all.best);
      expect(pruned.bySize.map(({ stepSeconds }) => stepSeconds)).toEqual(
        all.bySize.map(({ stepSeconds }) => stepSeconds),
      );
      const scores = pruned.best.map(({ accelerators, stepSeconds }) => {
        const size = sizes.find((candidate) => candidate.accelerators === accelerators);
        if (!size) throw new Error('No such size.');
        return scoreOf(objective, size, stepSeconds);
      });
      expect(scores).toEqual(scores.toSorted((one, other) => one - other));
    },
  );

  test('finds the fewest accelerators that meet a date, and says which sizes miss it', () => {
    const question = questionOf('llama-3.1-8b', 32, 64);
    const part = deviceOf('h100-sxm');
    const sizes = [8, 16, 32].map((accelerators) => ({
      accelerators,
      usdPerHour: null,
      kilowatts: accelerators,
    }));
    const free = searchLayouts(question, part, constants, { sizes });
    const [, sixteen] = free.bySize;
    if (!sixteen) throw new Error('Nothing fits on 16.');
    const run = { steps: 1000, effectiveTime: 0.9, mostDays: null, mostUsd: null };
    const mostDays = daysOf(run, sixteen.stepSeconds) * 1.01;
    const found = searchLayouts(question, part, constants, {
      sizes,
      objective: 'fewest',
      run: { ...run, mostDays },
    });
    expect(found.best[0]?.accelerators).toBe(16);
    expect(found.regions.find(({ value }) => value === 8)?.why).toBe(
      '8 accelerators: misses the date or the budget',
    );
    expect(found.best.every(({ stepSeconds }) => daysOf(run, stepSeconds) <= mostDays)).toBe(true);
  });

  test('says why a region is worse: the domain is left, memory is short, the batch does not divide', () => {
    const wide = searchLayouts(
      questionOf('llama-3.1-70b', 64, 64),
      deviceOf('h100-sxm'),
      constants,
      {
        prunes: false,
      },
    );
    const sixteen = wide.regions.find(
      ({ axis, value }) => axis === 'tensorParallel' && value === 16,
    );
    expect(sixteen?.why).toMatch(/^TP 16 leaves the scale-up domain of 8: [\d.]+ % worse at best$/);
    const one = searchLayouts(
      questionOf('llama-3.1-405b', 8, 8),
      deviceOf('a100-sxm-80gb'),
      constants,
    );
    expect(one.feasible).toBe(0);
    expect(one.leastMemory?.memoryBytes).toBeGreaterThan(80e9);
    expect(
      one.regions.every(({ why }) => /needs at least|does not divide|no layout/.test(why)),
    ).toBe(true);
  });
});

describe('the published spaces', { timeout: 60_000 }, () => {
  test('GPT-3 175B on 4,096 A100 at batch 1,536: at least the 180,000 layouts of Calculon', () => {
    const question = { ...questionOf('gpt-3-175b', 4096, 1536), sequenceLength: 2048 };
    const found = searchLayouts(question, deviceOf('a100-sxm-80gb'), constants);
    expect(found.evaluated + found.pruned).toBeGreaterThan(180_000);
    expect(found.best[0]?.layout.tensorParallel).toBeLessThanOrEqual(8);
  });
});
