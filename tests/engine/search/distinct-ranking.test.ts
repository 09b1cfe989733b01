import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { DistinctRanking } from '@engine/search/distinct-ranking';
import type { RankedLayout } from '@engine/search/layout-question';
import { searchLayouts, type SearchOptions } from '@engine/search/search-layouts';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function ranked(stepSeconds: number): RankedLayout {
  return {
    accelerators: 8,
    layout: {
      tensorParallel: 1,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 1,
      microBatch: 1,
      recompute: 'none',
      zeroStage: 0,
    },
    dataParallel: 8,
    hasSequenceParallel: true,
    stepSeconds,
    memoryBytes: 1,
  };
}

/** Offers layouts as name and time, the time as the score. */
function rank(top: number, offers: readonly (readonly [string, number])[]) {
  let name = '';
  const ranking = new DistinctRanking(top, () => name);
  for (const [choice, seconds] of offers) {
    name = choice;
    ranking.offer(seconds, seconds, () => ranked(seconds));
  }
  return ranking.best().map(({ stepSeconds, alike }) => [stepSeconds, alike]);
}

describe('a ranking of distinct choices', () => {
  it('holds the best layout of each and counts those within one per cent of it', () => {
    const offers = [
      ['a', 100],
      ['a', 100.9],
      ['a', 102],
      ['b', 100.5],
      ['c', 103],
      ['b', 100.5],
    ] as const;
    expect(rank(3, offers)).toEqual([
      [100, 1],
      [100.5, 1],
      [103, 0],
    ]);
    expect(rank(2, offers)).toEqual([
      [100, 1],
      [100.5, 1],
    ]);
  });

  it('counts the same in whatever order layouts come, even where a choice drops out and returns', () => {
    const offers = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 1000, max: 1060 })),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(offers, fc.integer({ min: 1, max: 4 }), (given, top) => {
        const names = [...new Set(given.map(([name]) => name))];
        const expected = names
          .map((name) => {
            const times = given.filter(([own]) => own === name).map(([, seconds]) => seconds);
            const best = Math.min(...times);
            return [best, times.filter((seconds) => seconds <= 1.01 * best).length - 1] as const;
          })
          .toSorted(([one], [other]) => one - other)
          .slice(0, top);
        const found = rank(top, given);
        expect(found.map(([best]) => best)).toEqual(expected.map(([best]) => best));
        // Of choices equally good, which come last is a matter of order.
        const last = expected.at(-1)?.[0];
        const told = (rows: readonly (readonly (number | undefined)[])[]) =>
          rows.filter(([best]) => best !== last).map((row) => row.join());
        expect(told(found).toSorted()).toEqual(told(expected).toSorted());
      }),
    );
  });
});

describe('a search for distinct layouts', { timeout: 60_000 }, () => {
  const architecture = (id: string) => {
    const found = catalogue.models.get(id)?.architecture;
    if (!found) throw new Error(id);
    return found;
  };
  const accelerator = catalogue.accelerators.get('h100-sxm');
  if (accelerator === undefined) throw new Error('The catalogue lacks the H100.');
  const system = catalogue.systems.get('dgx-h100') ?? null;
  const device = describeDevice(accelerator, system, catalogue.assumptions);
  const question = (id: string, accelerators: number, globalBatch: number) => ({
    architecture: architecture(id),
    parameters: countParameters(architecture(id)),
    precision: 'bf16' as const,
    sequenceLength: 4096,
    globalBatch,
    accelerators,
  });
  const search = (id: string, options: SearchOptions) =>
    searchLayouts(question(id, 32, 64), device, constants, options);
  const choiceOf = ({ layout }: RankedLayout) =>
    [
      layout.tensorParallel,
      layout.pipelineParallel,
      layout.expertParallel,
      layout.schedule,
      layout.recompute,
      layout.zeroStage,
    ].join();

  test.each(['llama-3.1-8b', 'llama-2-13b', 'mixtral-8x7b'])(
    'of %s: pruned, rows and numbers alike are those of trying every layout',
    (id) => {
      const pruned = search(id, { isDistinct: true, top: 8 });
      const all = search(id, { isDistinct: true, top: 8, prunes: false });
      expect(pruned.best).toEqual(all.best);
      expect(pruned.evaluated).toBeLessThan(all.evaluated);
      expect(new Set(pruned.best.map(choiceOf)).size).toBe(8);
    },
  );

  test('each row is the fastest of its choice among all layouts, and stands for those close to it', () => {
    const everything = search('llama-3.1-8b', { top: 100_000, prunes: false }).best;
    const distinct = search('llama-3.1-8b', { isDistinct: true, top: 10 }).best;
    for (const row of distinct) {
      const own = everything.filter((one) => choiceOf(one) === choiceOf(row));
      expect(row.stepSeconds).toBe(own[0]?.stepSeconds);
      const close = own.filter(({ stepSeconds }) => stepSeconds <= 1.01 * row.stepSeconds);
      expect(row.alike).toBe(close.length - 1);
    }
    expect(distinct[0]?.stepSeconds).toBe(everything[0]?.stepSeconds);
    expect(distinct.some(({ alike = 0 }) => alike > 0)).toBe(true);
  });
});
