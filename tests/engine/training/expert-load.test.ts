import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expertLoad, type TrainingJob } from '@engine/training/job';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

const free = { expertImbalance: 1.15, routingSpread: 0.8 };

function jobWith(expertParallel: number, said: Partial<TrainingJob> = { routesFreely: true }) {
  return jobOf('qwen3-30b-a3b', { expertParallel }, { dataParallel: 64, ...said });
}

describe('the load of the busiest rank of experts', () => {
  it('is one where the router is held even, the slots where tokens are dropped, else a constant', () => {
    expect(expertLoad(jobWith(8, { routesEvenly: true }), free)).toBe(1);
    expect(expertLoad(jobWith(8, {}), free)).toBe(1.15);
    const dropping = jobOf('qwen3-30b-a3b', { expertParallel: 8, capacityFactor: 1.25 });
    expect(expertLoad(dropping, free)).toBe(1.25);
  });

  it('of free routing is the largest of as many means as there are ranks', () => {
    // 128 experts on 8 ranks: means of 16, each a fourth as far off; the largest of 8 lies 2.04 deviations above.
    expect(expertLoad(jobWith(8), free)).toBeCloseTo(1 + (0.8 / 4) * 2.0393, 3);
    expect(expertLoad(jobWith(1), free)).toBe(1);
  });

  it('grows with the ranks and is no more than all of the tokens', () => {
    const ranks = fc.integer({ min: 0, max: 6 }).map((power) => 2 ** power);
    const spread = fc.double({ min: 0, max: 50, noNaN: true });
    fc.assert(
      fc.property(ranks, spread, (few, routingSpread) => {
        const some = expertLoad(jobWith(few), { ...free, routingSpread });
        const more = expertLoad(jobWith(2 * few), { ...free, routingSpread });
        expect(some).toBeGreaterThanOrEqual(1);
        expect(more).toBeGreaterThanOrEqual(some);
        // A rank holds no more than every expert of every token: its share of them is one in `ranks`.
        expect(some).toBeLessThanOrEqual(few);
      }),
    );
  });

  it('makes fine-tuning slower than a benchmark that is held even', () => {
    const part = partOf('h100-sxm');
    const seconds = (said: Partial<TrainingJob>) =>
      stepTime(jobWith(8, said), part, constants).total;
    expect(seconds({ routesFreely: true })).toBeGreaterThan(seconds({ routesEvenly: true }));
  });
});
