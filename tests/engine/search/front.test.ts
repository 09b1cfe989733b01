import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Front, mergedFront, readableFront } from '@engine/search/front';
import type { RankedLayout } from '@engine/search/layout-question';
import { Ranking } from '@engine/search/ranking';
import { describeRegion } from '@engine/search/region-text';
import { Regions } from '@engine/search/regions';

function layoutOf(stepSeconds: number, memoryBytes: number, accelerators = 8): RankedLayout {
  return {
    accelerators,
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
    dataParallel: accelerators,
    hasSequenceParallel: true,
    stepSeconds,
    memoryBytes,
  };
}

const points = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })),
  {
    minLength: 1,
    maxLength: 40,
  },
);

function frontOf(offered: readonly (readonly [number, number])[], accelerators = 8): Front {
  const front = new Front();
  for (const [seconds, bytes] of offered) {
    front.offer(seconds, bytes, () => layoutOf(seconds, bytes, accelerators));
  }
  return front;
}

describe('the front of time and memory', () => {
  test('holds exactly what no other beats', () => {
    fc.assert(
      fc.property(points, (offered) => {
        const kept = frontOf(offered)
          .layouts()
          .map(({ stepSeconds, memoryBytes }) => `${stepSeconds} ${memoryBytes}`);
        const unbeaten = offered.filter(
          ([seconds, bytes]) =>
            !offered.some(
              ([otherSeconds, otherBytes]) =>
                otherSeconds <= seconds &&
                otherBytes <= bytes &&
                (otherSeconds < seconds || otherBytes < bytes),
            ),
        );
        expect(new Set(kept)).toEqual(new Set(unbeaten.map(([t, m]) => `${t} ${m}`)));
        expect(new Set(kept).size).toBe(kept.length);
      }),
    );
  });

  test('gets smaller as it gets slower', () => {
    fc.assert(
      fc.property(points, (offered) => {
        const members = frontOf(offered).layouts();
        members.slice(1).forEach((member, index) => {
          const before = members[index];
          expect(member.stepSeconds).toBeGreaterThan(before?.stepSeconds ?? Infinity);
          expect(member.memoryBytes).toBeLessThan(before?.memoryBytes ?? 0);
        });
      }),
    );
  });

  test('knows the least memory within a time', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 0, max: 13 }), (offered, within) => {
        const sizes = offered.filter(([seconds]) => seconds <= within).map(([, bytes]) => bytes);
        expect(frontOf(offered).leastBytesWithin(within)).toBe(Math.min(Infinity, ...sizes));
      }),
    );
  });

  test('of several sizes drops what fewer accelerators do as well', () => {
    const few = frontOf([[10, 5]], 8);
    const many = frontOf(
      [
        [4, 9],
        [10, 5],
      ],
      16,
    );
    expect(mergedFront([many, few]).map(({ accelerators }) => accelerators)).toEqual([16, 8]);
  });
});

describe('a front that is read', () => {
  test('drops what saves little memory and what takes more than twice the time', () => {
    const front = [
      layoutOf(5, 100),
      layoutOf(6, 96),
      layoutOf(7, 95),
      layoutOf(8, 50),
      layoutOf(10, 49),
      layoutOf(10, 40),
      layoutOf(11, 20),
    ];
    expect(readableFront(front).map(({ memoryBytes }) => memoryBytes)).toEqual([100, 95, 50, 40]);
    expect(readableFront([])).toEqual([]);
  });
});

describe('the ranking', () => {
  test('keeps the least scores, of equal ones the fastest', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 10 }), (offered, top) => {
        const ranking = new Ranking(top);
        for (const [score, seconds] of offered) {
          ranking.offer(score, seconds, () => layoutOf(seconds, score));
        }
        const expected = offered
          .toSorted(
            ([score, seconds], [other, otherSeconds]) => score - other || seconds - otherSeconds,
          )
          .slice(0, top);
        expect(ranking.best().map((kept) => [kept.memoryBytes, kept.stepSeconds])).toEqual(
          expected,
        );
      }),
    );
  });

  test('gives up only what can no longer be kept', () => {
    const ranking = new Ranking(1);
    expect(ranking.isHopeless(99, 99)).toBe(false);
    ranking.offer(5, 2, () => layoutOf(2, 1));
    expect(ranking.isHopeless(4, 9)).toBe(false);
    expect(ranking.isHopeless(5, 2)).toBe(false);
    expect(ranking.isHopeless(5, 3)).toBe(true);
    expect(ranking.isHopeless(6, 1)).toBe(true);
  });
});

describe('why a value lost', () => {
  const limits = { domain: 8, memoryBytes: 80e9 };
  const tally = (value: number, changes: object) =>
    Object.assign(new Regions().tally('tensorParallel', value), changes);

  test.each([
    [4, { bestScore: 2, bestSeconds: 2 }, 'TP 4: best'],
    [
      16,
      { bestScore: 2.62, bestSeconds: 2.62 },
      'TP 16 leaves the scale-up domain of 8: 31 % worse at best',
    ],
    [2, { bestScore: 2.05, bestSeconds: 2.05 }, 'TP 2: 2.5 % worse at best'],
    [1, { leastBytes: 92e9 }, 'TP 1: needs at least 92 GB of 80 GB'],
    [8, { beyondSeconds: 9 }, 'TP 8: misses the date or the budget'],
    [32, { isIndivisible: true }, 'TP 32: the batch does not divide over the replicas'],
    [64, {}, 'TP 64: no layout'],
  ])('TP %i', (value, changes, why) => {
    expect(describeRegion(tally(value, changes), 2, limits).why).toBe(why);
  });

  test('names schedules and exchanges as users know them', () => {
    const regions = new Regions();
    const why = (axis: 'schedule' | 'contextExchange', value: string) =>
      describeRegion(Object.assign(regions.tally(axis, value), { bestScore: 4 }), 2, limits).why;
    expect(why('schedule', 'zero-bubble')).toBe(
      'Schedule Zero bubble (ZB-H1): 100 % worse at best',
    );
    expect(why('contextExchange', 'ulysses')).toMatch(/^Context-parallel exchange Ulysses/);
  });

  test('is told only of axes that offer a choice, in the order of their values', () => {
    const regions = new Regions();
    regions.tally('tensorParallel', 1);
    for (const value of [8, 2]) regions.tally('pipelineParallel', value).bestScore = value;
    expect(regions.list(limits).map(({ why }) => why)).toEqual([
      'PP 2: best',
      'PP 8: 300 % worse at best',
    ]);
  });
});
