import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { prepareServing, readServingConstants } from '@engine/inference/serving';
import type { LengthDistribution } from '@engine/simulation/lengths';
import { waitProbability, waitSeconds, waitPercentile } from '@engine/simulation/queueing';
import { transferSecondsPerToken } from '@engine/inference/cache-transfer';
import { squaredVariation, steadyLoad } from '@engine/simulation/steady-load';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf } from '../../fixtures/engine-fixture';

function servingOn(acceleratorId: string, modelId: string, tensorParallel: number) {
  const device = describeDevice(acceleratorOf(acceleratorId), null, catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture: architectureOf(modelId),
      weightPrecision: 'fp8',
      keyValuePrecision: 'fp8',
      tensorParallel,
      pipelineParallel: 1,
    },
    readServingConstants(catalogue.assumptions, 'current', device.family),
  );
}

const lengths = {
  input: { kind: 'fixed', tokens: 1000 } satisfies LengthDistribution,
  output: { kind: 'fixed', tokens: 250 } satisfies LengthDistribution,
};

/** Erlang's C formula as the textbook prints it, term by term. */
function erlangByTerms(servers: number, load: number): number {
  let term = 1;
  let sum = 1;
  for (let busy = 1; busy < servers; busy += 1) {
    term *= load / busy;
    sum += term;
  }
  const all = ((term * load) / servers) * (servers / (servers - load));
  return all / (sum + all);
}

describe('the probability of waiting', () => {
  test.each([
    [1, 0.1],
    [1, 0.9],
    [2, 0.5],
    [2, 1.9],
    [3, 2],
    [5, 4],
    [8, 6.5],
    [16, 12],
    [32, 30],
    [64, 50],
    [100, 95],
  ])('with %d servers and a load of %f is the textbook sum', (servers, load) => {
    expect(waitProbability(servers, load)).toBeCloseTo(erlangByTerms(servers, load), 9);
  });

  test('falls with more servers and rises with the load', () => {
    const servers = [6, 8, 10, 12].map((count) => waitProbability(count, 5));
    expect(servers).toEqual(servers.toSorted((one, other) => other - one));
    const loads = [1, 2, 3, 4, 4.9].map((load) => waitProbability(5, load));
    expect(loads).toEqual(loads.toSorted((one, other) => one - other));
  });

  test('pooling helps: one queue of ten waits less than ten queues of one', () => {
    const base = { serviceSeconds: 1, arrivalVariation: 1, serviceVariation: 1 };
    const apart = waitSeconds({ ...base, arrivalsPerSecond: 0.8, servers: 1 });
    const together = waitSeconds({ ...base, arrivalsPerSecond: 8, servers: 10 });
    expect(together).toBeLessThan(apart / 8);
  });

  test.each([0.5, 0.9, 0.99, 0.999])('the wait of share %f grows with the share', (share) => {
    const queue = {
      arrivalsPerSecond: 4.5,
      serviceSeconds: 1,
      servers: 5,
      arrivalVariation: 1,
      serviceVariation: 1,
    };
    const below = waitPercentile(queue, share);
    expect(waitPercentile(queue, share + (1 - share) / 2)).toBeGreaterThan(below);
    expect(below).toBeGreaterThan(0);
  });
});

describe('a steady load', () => {
  const serving = servingOn('h100-sxm', 'llama-3.1-70b', 4);

  test('is a fixed point of Little’s law', () => {
    for (const rate of [0.5, 1, 2, 4]) {
      const steady = steadyLoad(serving, lengths, rate);
      const inSystem = rate * (steady.timeToFirstToken.mean + 250 * steady.timePerOutputToken);
      expect(inSystem / steady.requestsInFlight).toBeCloseTo(1, 1);
    }
  });

  test('hardly waits while there is room', () => {
    const steady = steadyLoad(serving, lengths, 1);
    expect(steady.waitProbability).toBeLessThan(1e-6);
    expect(steady.timeToFirstToken.p99).toBeCloseTo(steady.timeToFirstToken.mean, 6);
  });

  test('saturates at its largest rate, not before', () => {
    const { largestRate } = steadyLoad(serving, lengths, 1);
    expect(steadyLoad(serving, lengths, 0.95 * largestRate).isSaturated).toBe(false);
    expect(steadyLoad(serving, lengths, 1.05 * largestRate).isSaturated).toBe(true);
  });

  test('of almost nothing has one request in flight', () => {
    const steady = steadyLoad(serving, lengths, 1e-6);
    expect(steady.requestsInFlight).toBeCloseTo(1, 1);
    expect(steady.occupancy).toBeLessThan(0.001);
  });

  test('waits longer for bursty arrivals', () => {
    const rate = 0.98 * steadyLoad(serving, lengths, 1).largestRate;
    const calm = steadyLoad(serving, lengths, rate, 1).timeToFirstToken.mean;
    const bursty = steadyLoad(serving, lengths, rate, 6).timeToFirstToken.mean;
    expect(bursty).toBeGreaterThanOrEqual(calm);
  });

  test.each([
    ['h100-sxm', 'llama-3.1-8b', 1],
    ['h200-sxm', 'llama-3.1-70b', 2],
    ['b200-sxm', 'llama-3.1-405b', 8],
    ['mi300x', 'llama-3.1-70b', 1],
    ['gb200', 'deepseek-v3', 16],
    ['l40s', 'llama-3.1-8b', 1],
  ])(
    'on %s with %s at tensor parallel %d is finite and slower under load',
    (part, model, degree) => {
      const replica = servingOn(part, model, degree);
      const { largestRate } = steadyLoad(replica, lengths, 1e-3);
      const light = steadyLoad(replica, lengths, 0.1 * largestRate);
      const heavy = steadyLoad(replica, lengths, 0.8 * largestRate);
      for (const steady of [light, heavy]) {
        expect(Number.isFinite(steady.timeToFirstToken.p99)).toBe(true);
        expect(steady.timePerOutputToken).toBeGreaterThan(0);
        expect(steady.occupancy).toBeLessThanOrEqual(1);
      }
      expect(heavy.timePerOutputToken).toBeGreaterThan(light.timePerOutputToken);
      expect(heavy.requestsInFlight).toBeGreaterThan(light.requestsInFlight);
    },
  );
});

describe('the spread of lengths', () => {
  test.each([
    [{ kind: 'fixed', tokens: 10 }, 0],
    [{ kind: 'lognormal', mean: 10, variation: 1.5 }, 2.25],
    [{ kind: 'histogram', rows: [{ tokens: 10, weight: 3 }] }, 0],
  ] as const)('of %o is %f', (distribution, variation) => {
    expect(squaredVariation(distribution)).toBeCloseTo(variation, 9);
  });

  test('does not depend on how weights are scaled', () => {
    const of = (scale: number) =>
      squaredVariation({
        kind: 'histogram',
        rows: [
          { tokens: 50, weight: scale },
          { tokens: 500, weight: 2 * scale },
        ],
      });
    expect(of(1)).toBeCloseTo(of(1000), 9);
  });
});

describe('moving a cache to another replica', () => {
  test('sends each accelerator its share', () => {
    const two = transferSecondsPerToken(servingOn('h100-sxm', 'llama-3.1-70b', 2));
    const four = transferSecondsPerToken(servingOn('h100-sxm', 'llama-3.1-70b', 4));
    expect(two / four).toBeCloseTo(2, 9);
  });

  test('of a thousand tokens of Llama 3.1 70B in FP8 takes about a millisecond on four cards of 400 Gb/s', () => {
    const seconds = 1000 * transferSecondsPerToken(servingOn('h100-sxm', 'llama-3.1-70b', 4));
    // 2 · 80 layers · 8 heads · 128 · 1 B = 164 kB per token; 200 GB/s at most.
    expect(seconds).toBeGreaterThan((1000 * 163_840) / 200e9);
    expect(seconds).toBeLessThan(0.003);
  });
});
