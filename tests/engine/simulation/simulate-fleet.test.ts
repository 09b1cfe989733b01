import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulateFleet } from '@engine/simulation/simulate-fleet';
import { measured, summarise } from '@engine/simulation/summary';
import type { FleetSetup, RequestStream, SimulationTrace } from '@engine/simulation/types';
import { fleetOf, plausible, replicaOf, streamOf } from './fleet-fixture';

const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

function expectConserved(stream: RequestStream, trace: SimulationTrace): void {
  const requests = stream.arrival.length;
  expect(trace.finished + trace.rejected).toBe(requests);
  let tokens = 0;
  for (let request = 0; request < requests; request += 1) {
    const finish = trace.finish[request] ?? Number.NaN;
    if (Number.isNaN(finish)) continue;
    tokens += stream.output[request] ?? 0;
    const first = trace.firstToken[request] ?? Number.NaN;
    expect(first).toBeGreaterThan(stream.arrival[request] ?? 0);
    expect(finish).toBeGreaterThanOrEqual(first);
  }
  expect(trace.tokens).toBe(tokens);
}

const setups = fc.record({
  replicas: fc.integer({ min: 1, max: 6 }),
  router: fc.constantFrom('round robin', 'least loaded', 'join shortest queue', 'power of two'),
  policy: fc.constantFrom('prefill first', 'chunked prefill', 'decode first'),
  largestBatch: fc.integer({ min: 1, max: 40 }),
  cacheTokens: fc.integer({ min: 1500, max: 40_000 }),
  reservedAnswer: fc.constantFrom(0, 0.5, 1),
  tokenBudget: fc.integer({ min: 64, max: 4096 }),
  rate: fc.double({ min: 0.2, max: 30, noNaN: true }),
  queueLimit: fc.constantFrom(3, 1000),
  seed: fc.integer({ min: 1, max: 1e6 }),
  isSplit: fc.boolean(),
  hasOutage: fc.boolean(),
});

function fleetFrom(
  drawn: typeof setups extends fc.Arbitrary<infer Drawn> ? Drawn : never,
): FleetSetup {
  const { policy, largestBatch, cacheTokens, reservedAnswer, tokenBudget } = drawn;
  const replica = replicaOf({ policy, largestBatch, cacheTokens, reservedAnswer, tokenBudget });
  return fleetOf({
    replicas: drawn.replicas,
    router: drawn.router,
    replica,
    // A request that is turned away after it lost its replica has spent time in the fleet, so that Little's law counts it.
    queueLimit: drawn.hasOutage ? Infinity : drawn.queueLimit,
    seed: drawn.seed,
    disaggregation: drawn.isSplit
      ? {
          prefillReplicas: 2,
          prefill: replica,
          transferSecondsPerToken: 1e-6,
          transferSecondsFixed: 1e-3,
        }
      : null,
    outages: drawn.hasOutage
      ? [{ at: 5, seconds: 10, firstReplica: 0, replicas: drawn.replicas }]
      : [],
  });
}

describe('any fleet', { timeout: 60_000 }, () => {
  test('loses no request and no token, and obeys Little’s law', () => {
    fc.assert(
      fc.property(setups, (drawn) => {
        const stream = streamOf(
          400,
          drawn.rate,
          (random) => 120 * random.exponential(),
          400,
          drawn.seed,
        );
        const trace = simulateFleet(fleetFrom(drawn), stream);
        expectConserved(stream, trace);
        const times = measured(stream, trace, 'endToEnd');
        expect(trace.requestSeconds / sumOf(times)).toBeCloseTo(1, 6);
        expect(trace.busySeconds).toBeLessThanOrEqual(trace.availableSeconds * (1 + 1e-9) + 1e-6);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same trace for the same seed, and another for another', () => {
    const stream = streamOf(2000, 20, (random) => 100 * random.exponential(), 300);
    const run = (seed: number) =>
      simulateFleet(fleetOf({ replicas: 8, router: 'power of two', seed }), stream);
    expect(run(3).finish).toEqual(run(3).finish);
    expect(run(3).finish).not.toEqual(run(4).finish);
  });
});

describe('one request alone', () => {
  const stream: RequestStream = {
    arrival: Float64Array.of(2),
    input: Int32Array.of(1000),
    output: Int32Array.of(101),
  };

  test('takes its prompt and a step per further token', () => {
    const trace = simulateFleet(fleetOf(), stream);
    const prompt = plausible.prefill(1, 1000);
    expect(trace.firstToken[0]).toBeCloseTo(2 + prompt, 9);
    const steps = 100 * plausible.decode(1, 1001 + 50);
    expect(trace.finish[0]).toBeCloseTo(2 + prompt + steps, 9);
    expect(trace.tokens).toBe(101);
  });

  test('is split into pieces by a small budget', () => {
    const replica = replicaOf({ policy: 'chunked prefill', tokenBudget: 300 });
    const trace = simulateFleet(fleetOf({ replica }), stream);
    const pieces = 3 * plausible.prefill(1, 300) + plausible.prefill(1, 100);
    expect(trace.firstToken[0]).toBeCloseTo(2 + pieces, 9);
  });

  test('waits for its cache where prompts have a pool of their own', () => {
    const disaggregation = {
      prefillReplicas: 1,
      prefill: replicaOf(),
      transferSecondsPerToken: 1e-4,
      transferSecondsFixed: 0.05,
    };
    const trace = simulateFleet(fleetOf({ disaggregation }), stream);
    const together = simulateFleet(fleetOf(), stream);
    expect((trace.firstToken[0] ?? 0) - (together.firstToken[0] ?? 0)).toBeCloseTo(0.15, 6);
    expect((trace.finish[0] ?? 0) - (together.finish[0] ?? 0)).toBeCloseTo(0.15, 6);
  });

  test('is turned away when it can never fit', () => {
    const trace = simulateFleet(fleetOf({ replica: replicaOf({ cacheTokens: 1100 }) }), stream);
    expect([trace.finished, trace.rejected]).toEqual([0, 1]);
    expect(summarise(stream, trace).timeToFirstToken.p99).toBe(0);
  });
});

describe('policies', { timeout: 60_000 }, () => {
  const stream = streamOf(4000, 12, (random) => 150 * random.exponential(), 600);
  const of = (replica: Parameters<typeof replicaOf>[0], fleet: Partial<FleetSetup> = {}) => {
    const trace = simulateFleet(
      fleetOf({ replicas: 2, replica: replicaOf(replica), ...fleet }),
      stream,
    );
    return summarise(stream, trace);
  };

  test('prompts first answer sooner; pieces disturb the running answers less; decoding first lets prompts wait longest', () => {
    const first = of({ policy: 'prefill first' });
    const pieces = of({ policy: 'chunked prefill', tokenBudget: 256 });
    const last = of({ policy: 'decode first' });
    expect(first.timeToFirstToken.p50).toBeLessThan(last.timeToFirstToken.p50);
    expect(last.timePerOutputToken.p50).toBeLessThan(first.timePerOutputToken.p50);
    expect(pieces.timeToFirstToken.p50).toBeLessThan(last.timeToFirstToken.p50);
  });

  test('little memory preempts without a reserve and makes requests wait with one', () => {
    const loose = of({ cacheTokens: 6000, reservedAnswer: 0 });
    const strict = of({ cacheTokens: 6000, reservedAnswer: 1 });
    expect(loose.preempted).toBeGreaterThan(0);
    expect(strict.preempted).toBe(0);
    expect(strict.queueing.mean).toBeGreaterThan(of({}).queueing.mean);
  });

  test('routers that look at the load wait less than turns', () => {
    const waits = (router: FleetSetup['router']) =>
      of({ largestBatch: 8 }, { replicas: 6, router }).queueing.mean;
    expect(waits('join shortest queue')).toBeLessThan(waits('round robin'));
    expect(waits('power of two')).toBeLessThan(waits('round robin'));
    expect(waits('least loaded')).toBeLessThan(waits('round robin'));
  });

  test('a full queue turns requests away', () => {
    const summary = of({ largestBatch: 2 }, { replicas: 1, queueLimit: 5 });
    expect(summary.rejected).toBeGreaterThan(100);
    expect(summary.queueing.p99).toBeLessThan(
      of({ largestBatch: 2 }, { replicas: 1 }).queueing.p99,
    );
  });
});

describe('replicas that come and go', { timeout: 60_000 }, () => {
  const stream = streamOf(3000, 10, () => 100, 300);

  test('a failed replica sends its requests to the others', () => {
    const outages = [{ at: 60, seconds: 100, firstReplica: 0, replicas: 1 }];
    const trace = simulateFleet(fleetOf({ replicas: 3, outages }), stream);
    expectConserved(stream, trace);
    expect(trace.restarted).toBeGreaterThan(0);
    expect(trace.finished).toBe(3000);
    const available = trace.availableSeconds / trace.endSeconds;
    expect(available).toBeLessThan(3);
    expect(available).toBeGreaterThan(2.4);
  });

  test('with every replica gone for good the rest is turned away, and it ends', () => {
    const outages = [{ at: 60, seconds: Infinity, firstReplica: 0, replicas: 2 }];
    const trace = simulateFleet(fleetOf({ replicas: 2, outages }), stream);
    expect(trace.rejected).toBeGreaterThan(2000);
    expectConserved(stream, trace);
  });

  test('the autoscaler starts replicas when they are needed, after their start-up', () => {
    const autoscaling = {
      minimum: 1,
      startUpSeconds: 20,
      intervalSeconds: 5,
      requestsPerReplica: 4,
    };
    const scaled = simulateFleet(fleetOf({ replicas: 8, autoscaling }), stream);
    expectConserved(stream, scaled);
    expect(scaled.largestReplicas).toBeGreaterThan(2);
    expect(scaled.availableSeconds).toBeLessThan(8 * scaled.endSeconds);
    const slow = { ...autoscaling, startUpSeconds: 200 };
    const late = simulateFleet(fleetOf({ replicas: 8, autoscaling: slow }), stream);
    expect(summarise(stream, late).timeToFirstToken.p99).toBeGreaterThan(
      summarise(stream, scaled).timeToFirstToken.p99,
    );
  });

  test('can be stopped half-way', () => {
    const many = streamOf(100_000, 10, () => 20, 10);
    const shares: number[] = [];
    const trace = simulateFleet(fleetOf(), many, (share) => {
      shares.push(share);
      return shares.length < 2;
    });
    expect(shares).toHaveLength(2);
    expect(trace.isCancelled).toBe(true);
    expect(trace.finished).toBeLessThan(100_000);
  });
});
