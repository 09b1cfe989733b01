import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  expertsTouched,
  expertSeconds,
  feedForwardSeconds,
  rowImbalance,
} from '@engine/inference/experts';
import { productSeconds, weightBytesPerSecond } from '@engine/inference/product';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const routing = fc
  .integer({ min: 2, max: 512 })
  .chain((experts) => fc.tuple(fc.constant(experts), fc.integer({ min: 1, max: experts })));
const rows = fc.integer({ min: 1, max: 4096 });

/** Experts that rows of K different experts each really touch, averaged over many draws of a fixed sequence. */
function drawnExperts(experts: number, expertsPerToken: number, batch: number): number {
  let state = 1;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const draws = 2000;
  let total = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const touched = new Set<number>();
    for (let row = 0; row < batch; row += 1) {
      const chosen = new Set<number>();
      while (chosen.size < expertsPerToken) chosen.add(Math.floor(next() * experts));
      for (const expert of chosen) touched.add(expert);
    }
    total += touched.size;
  }
  return total / draws;
}

describe('the experts that a batch touches', () => {
  test.each([
    ['Mixtral 8x7B', 8, 2, 4],
    ['gpt-oss 20B', 32, 4, 8],
    ['DeepSeek-V3', 256, 8, 32],
  ])('are as many as random routing touches: %s', (_, experts, expertsPerToken, batch) => {
    const expected = expertsTouched(experts, expertsPerToken, batch);
    expect(expected).toBeCloseTo(experts * (1 - (1 - expertsPerToken / experts) ** batch), 12);
    expect(drawnExperts(experts, expertsPerToken, batch) / expected).toBeCloseTo(1, 1.7);
  });

  test('are at least those of one row and never more than there are or than are asked for', () => {
    fc.assert(
      fc.property(routing, rows, ([experts, each], batch) => {
        const touched = expertsTouched(experts, each, batch);
        expect(touched).toBeGreaterThanOrEqual(each * (1 - 1e-9));
        expect(touched).toBeLessThanOrEqual(Math.min(experts, each * batch) * (1 + 1e-9));
      }),
    );
  });

  test('grow with every row, each by less than the one before', () => {
    fc.assert(
      fc.property(routing, fc.integer({ min: 0, max: 200 }), ([experts, each], batch) => {
        const [a = 0, b = 0, c = 0] = [0, 1, 2].map((more) =>
          expertsTouched(experts, each, batch + more),
        );
        expect(b - a).toBeGreaterThanOrEqual(0);
        expect(c - b).toBeLessThanOrEqual(b - a + 1e-9);
      }),
    );
  });

  test('are fewer where some are more popular, as many as drawn from such popularity', () => {
    // Popularity of shape 1: exponential, by its quantiles.
    const [experts, each, batch] = [128, 8, 16];
    const popularity = Array.from(
      { length: experts },
      (_, i) => -Math.log(1 - (i + 0.5) / experts),
    );
    const mean = popularity.reduce((sum, one) => sum + one, 0) / experts;
    const further = -Math.log(1 - each / experts) * (batch - 1);
    const untouched =
      popularity.reduce((sum, one) => sum + Math.exp((-further * one) / mean), 0) / experts;
    const expected = each + (experts - each) * (1 - untouched);
    expect(expertsTouched(experts, each, batch, 1) / expected).toBeCloseTo(1, 2);
    expect(expertsTouched(experts, each, batch, 1)).toBeLessThan(
      0.85 * expertsTouched(experts, each, batch),
    );
  });

  test('near even routing as popularity evens out, and are those of one row for one', () => {
    expect(expertsTouched(256, 8, 64, 1e6) / expertsTouched(256, 8, 64)).toBeCloseTo(1, 5);
    expect(expertsTouched(256, 8, 1, 0.5)).toBeCloseTo(8, 9);
    expect(expertsTouched(256, 8, 1e9, 0.5)).toBeGreaterThan(255);
    expect(expertsTouched(16, 16, 4, 0.5)).toBe(16);
  });

  test('are none without rows and all where every row goes to all', () => {
    expect(expertsTouched(64, 8, 0)).toBe(0);
    expect(expertsTouched(16, 16, 1)).toBe(16);
  });
});

describe('the busiest accelerator', () => {
  test('has all rows of the mean alone, and nears the measured imbalance over many', () => {
    const spread = (expertParallel: number) =>
      rowImbalance({ ...replicaOf(), expertParallel, constants: { ...constants } });
    const constants = { ...replicaOf().constants, expertImbalance: 1.6 };
    expect(spread(1)).toBe(1);
    expect(spread(2)).toBeCloseTo(1.3, 12);
    expect(spread(8)).toBeCloseTo(1 + 0.6 * 0.875, 12);
    expect(spread(1e6)).toBeCloseTo(1.6, 5);
  });
});

describe('the time of the experts of one layer', () => {
  const mixtral = replicaOf({ modelId: 'mixtral-8x7b', tensorParallel: 2 });
  const deepseek = architectureOf('deepseek-v3');

  test('is none in a dense model', () => {
    expect(expertSeconds(replicaOf(), 64)).toBe(0);
  });

  test('is the reading of two of eight experts for one row, of all for many', () => {
    // Mixtral 8x7B, FP8: 3 · 4096 · 14,336 B an expert, half of it on each of two accelerators.
    const one = (3 * 4096 * 14_336) / 2;
    const stream = weightBytesPerSecond(mixtral) * mixtral.constants.expertStream;
    const even = { ...mixtral, constants: { ...mixtral.constants, expertEvenness: 1e6 } };
    expect(expertSeconds(even, 1) / ((2 * one) / stream)).toBeCloseTo(1, 1);
    expect(expertSeconds(even, 32) / ((8 * one) / stream)).toBeCloseTo(1, 1);
    expect(expertSeconds(mixtral, 32)).toBeLessThan(expertSeconds(even, 32));
  });

  test('is longer where many rows meet weights that are widened, and no longer for a few', () => {
    const setup = { modelId: 'mixtral-8x7b', tensorParallel: 2, weightBits: 4 };
    const widened = replicaOf(setup);
    expect(widened.isWidened).toBe(true);
    const plain = { ...widened, constants: { ...widened.constants, widenedExpertShare: 1 } };
    const slower = (rows: number): number =>
      expertSeconds(widened, rows) / expertSeconds(plain, rows);
    expect(slower(1)).toBeCloseTo(1, 2);
    expect(slower(65_536)).toBeCloseTo(1 / widened.constants.widenedExpertShare, 1);
    expect(slower(65_536)).toBeGreaterThan(1.2);
  });

  test('never falls with more rows, and rises with every expert that is chosen besides', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), (batch, expertsPerToken) => {
        const time = (each: number, count: number) => {
          const { architecture } = mixtral;
          const { mixtureOfExperts } = architecture;
          if (mixtureOfExperts === null) throw new Error('Mixtral has experts.');
          const changed = { ...mixtureOfExperts, expertsPerToken: each };
          return expertSeconds(
            { ...mixtral, architecture: { ...architecture, mixtureOfExperts: changed } },
            count,
          );
        };
        const seconds = time(expertsPerToken, batch);
        expect(time(expertsPerToken, batch + 1)).toBeGreaterThan(seconds);
        expect(time(expertsPerToken + 1, batch)).toBeGreaterThan(seconds);
      }),
    );
  });

  test('reads one whole expert even where fewer than one is touched per accelerator', () => {
    const wide = replicaOf({ architecture: deepseek, tensorParallel: 64, expertParallel: 64 });
    const bytes = 3 * 7168 * 2048;
    expect(expertsTouched(256, 8, 1) / 64).toBeLessThan(1);
    expect(expertSeconds(wide, 1)).toBeGreaterThan(bytes / (3.35e12 * wide.constants.expertStream));
  });

  test('adds the shared expert as a dense block', () => {
    const serving = replicaOf({ architecture: deepseek, tensorParallel: 8 });
    const { mixtureOfExperts } = deepseek;
    if (mixtureOfExperts === null) throw new Error('DeepSeek-V3 has experts.');
    const routedOnly = { ...mixtureOfExperts, sharedExperts: 0 };
    const without = { ...serving, architecture: { ...deepseek, mixtureOfExperts: routedOnly } };
    const added = expertSeconds(serving, 16) - expertSeconds(without, 16);
    expect(added / feedForwardSeconds(serving, 16, 2048 / 8)).toBeCloseTo(1, 9);
    const wider = { ...mixtureOfExperts, sharedFfn: 8192 };
    const own = { ...serving, architecture: { ...deepseek, mixtureOfExperts: wider } };
    const more = expertSeconds(own, 16) - expertSeconds(without, 16);
    expect(more / feedForwardSeconds(serving, 16, 8192 / 8)).toBeCloseTo(1, 9);
  });

  test('is that of two or three products in a dense block', () => {
    const gated = replicaOf();
    const plain = { ...gated, architecture: { ...gated.architecture, isGated: false } };
    const down = productSeconds(gated, 'dense', 8, 4096, 14_336);
    const up = (width: number) => productSeconds(gated, 'dense', 8, width, 4096);
    expect(feedForwardSeconds(gated, 8, 14_336)).toBeCloseTo(up(2 * 14_336) + down, 12);
    expect(feedForwardSeconds(plain, 8, 14_336)).toBeCloseTo(up(14_336) + down, 12);
  });
});

describe('experts that work in a narrower width', () => {
  test('read a quarter of the weights, and those that project to it and back', () => {
    const latent = replicaOf({ modelId: 'nemotron-3-ultra', tensorParallel: 4 });
    const { architecture } = latent;
    const experts = architecture.mixtureOfExperts;
    if (experts === null) throw new Error('no experts');
    const { latentWidth, ...plain } = experts;
    expect(latentWidth).toBe(architecture.hidden / 4);
    const wide = { ...latent, architecture: { ...architecture, mixtureOfExperts: plain } };
    const shared = feedForwardSeconds(latent, 1024, 10_240 / 4);
    const projections =
      productSeconds(latent, 'dense', 1024, 2048 / 4, 8192) +
      productSeconds(latent, 'dense', 1024, 8192, 2048 / 4);
    const routed = expertSeconds(latent, 1024) - shared - projections;
    expect(routed / (expertSeconds(wide, 1024) - shared)).toBeCloseTo(0.25, 9);
  });
});
