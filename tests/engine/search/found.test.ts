import { describe, expect, it } from 'vitest';
import { Found, type Place } from '@engine/search/found';
import { Ranking } from '@engine/search/ranking';
import { Regions } from '@engine/search/regions';

const size = { accelerators: 8, usdPerHour: 16, kilowatts: 10 };
const large = { accelerators: 16, usdPerHour: 40, kilowatts: 20 };

const layout = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualStages: 1,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'none' as const,
  zeroStage: 0 as const,
};

function place(): Place & { layout: { microBatch: number } } {
  return { layout: { ...layout }, dataParallel: 8, hasSequenceParallel: true };
}

const goal = { steps: 86_400, effectiveTime: 1, mostDays: 20, mostUsd: null };

describe('what a search keeps', () => {
  it('is ranked, with copies of the layout as it was', () => {
    const at = place();
    const found = new Found(at, 'fastest', null, new Ranking(2), size);
    found.startSize(size);
    [30, 10, 20].forEach((seconds, index) => {
      at.layout.microBatch = index + 1;
      found.accept(seconds, 100 - seconds, []);
    });
    expect(
      found.best().map(({ stepSeconds, layout: { microBatch } }) => [stepSeconds, microBatch]),
    ).toEqual([
      [10, 2],
      [20, 3],
    ]);
    expect(found.feasible).toBe(3);
    expect(found.pareto().map(({ stepSeconds }) => stepSeconds)).toEqual([10, 20, 30]);
  });

  it('is the fastest of each size, fewest accelerators first', () => {
    const found = new Found(place(), 'fewest', null, new Ranking(3), size);
    for (const [cluster, seconds] of [
      [large, 5],
      [size, 9],
    ] as const) {
      found.startSize(cluster);
      found.accept(seconds + 1, 50, []);
      found.accept(seconds, 60, []);
      found.endSize();
    }
    expect(
      found.bySize().map(({ accelerators, stepSeconds }) => [accelerators, stepSeconds]),
    ).toEqual([
      [8, 9],
      [16, 5],
    ]);
    expect(found.best()[0]?.accelerators).toBe(8);
  });

  it('is the smallest where none fits, and nothing once one does', () => {
    const found = new Found(place(), 'fastest', null, new Ranking(3), size);
    found.startSize(size);
    found.refuse(200, []);
    found.refuse(150, []);
    found.keepSmallest(180);
    expect(found.leastMemory()?.memoryBytes).toBe(150);
    found.accept(1, 90, []);
    expect(found.leastMemory()).toBeNull();
  });

  it('leaves what misses the date out of the ranking, and tells it to the regions', () => {
    const regions = new Regions();
    const tally = regions.tally('tensorParallel', 8);
    const found = new Found(place(), 'fastest', goal, new Ranking(3), size);
    found.startSize(size);
    expect(found.mayBeRanked(21)).toBe(false);
    expect(found.mayTell([tally], 21)).toBe(true);
    found.accept(21, 90, [tally]);
    expect(found.best()).toEqual([]);
    expect(tally.beyondSeconds).toBe(21);
    expect(found.mayTell([tally], 22)).toBe(false);
    found.accept(19, 90, [tally]);
    expect(tally).toMatchObject({ bestScore: 19, bestSeconds: 19 });
    expect(found.mayTell([tally], 19)).toBe(false);
    expect(found.mayTell([tally], 18)).toBe(true);
  });

  it('knows what may no longer be ranked or on the front', () => {
    const found = new Found(place(), 'cheapest', null, new Ranking(1), size);
    found.startSize(size);
    expect(found.mayBeRanked(1e9)).toBe(true);
    found.accept(10, 50, []);
    expect(found.mayBeRanked(10.1)).toBe(false);
    expect(found.mayBeRanked(9.9)).toBe(true);
    expect(found.mayBeOnFront(11, 50)).toBe(false);
    expect(found.mayBeOnFront(11, 49)).toBe(true);
    expect(found.mayBeOnFront(9, 80)).toBe(true);
  });
});
