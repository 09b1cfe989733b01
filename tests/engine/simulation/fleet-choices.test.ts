import { describe, expect, test } from 'vitest';
import { randomStream } from '@engine/simulation/random';
import { simulateFleet } from '@engine/simulation/simulate-fleet';
import { summarise, type SimulationSummary } from '@engine/simulation/summary';
import type { FleetSetup, RequestStream } from '@engine/simulation/types';
import { fleetOf, plausible, replicaOf, streamOf } from './fleet-fixture';

const base = streamOf(3000, 8, (random) => 120 * random.exponential(), 500);

function of(changes: Partial<FleetSetup>, stream: RequestStream = base): SimulationSummary {
  return summarise(stream, simulateFleet(fleetOf({ replicas: 3, ...changes }), stream));
}

/** The same requests, quicker or slower after one another. */
function paced(factor: number): RequestStream {
  return { ...base, arrival: base.arrival.map((time) => time / factor) };
}

describe('what a fleet gains', { timeout: 60_000 }, () => {
  test('more replicas never make the slow tenth slower', () => {
    const slow = [1, 2, 4, 8].map((replicas) => of({ replicas }).endToEnd.p90);
    expect(slow).toEqual(slow.toSorted((one, other) => other - one));
  });

  test('more load never makes answers quicker', () => {
    const means = [0.25, 0.5, 1, 2, 4].map((factor) => of({}, paced(factor)).endToEnd.mean);
    expect(means).toEqual(means.toSorted((one, other) => one - other));
  });

  test('a larger batch serves more once the fleet is full', () => {
    const rates = [1, 4, 16, 64].map(
      (largestBatch) =>
        of({ replicas: 1, replica: replicaOf({ largestBatch }) }, paced(10)).outputTokensPerSecond,
    );
    expect(rates).toEqual(rates.toSorted((one, other) => one - other));
  });

  test('faster steps halve every time when nobody waits', () => {
    const half = {
      decode: (batch: number, context: number) => plausible.decode(batch, context) / 2,
      prefill: (prompts: number, tokens: number) => plausible.prefill(prompts, tokens) / 2,
      mixed: (batch: number, context: number, tokens: number) =>
        plausible.mixed(batch, context, tokens) / 2,
    };
    const alone = paced(0.001);
    const usual = of({}, alone);
    const quick = of({ replica: replicaOf({ times: half }) }, alone);
    expect(quick.endToEnd.mean / usual.endToEnd.mean).toBeCloseTo(0.5, 2);
  });

  test('time spent on receiving a request is added to its first token, not to the others', () => {
    const late = of({ replica: replicaOf({ requestOverhead: 0.5 }) });
    const usual = of({});
    expect(late.timeToFirstToken.mean - usual.timeToFirstToken.mean).toBeCloseTo(0.5, 6);
    expect(late.timePerOutputToken.mean).toBeCloseTo(usual.timePerOutputToken.mean, 9);
  });

  test('so is what the answers under way add to that', () => {
    const usual = of({});
    const busy = of({ replica: replicaOf({ userOverhead: 1e-3 }) });
    const added = busy.timeToFirstToken.mean - usual.timeToFirstToken.mean;
    expect(added).toBeGreaterThan(1e-3);
    expect(added).toBeLessThan(64e-3);
    expect(busy.timePerOutputToken.mean).toBeCloseTo(usual.timePerOutputToken.mean, 9);
    const alone = paced(1e-3);
    const single = of({ replica: replicaOf({ userOverhead: 1e-3 }) }, alone);
    expect(single.timeToFirstToken.p50).toBeCloseTo(of({}, alone).timeToFirstToken.p50, 9);
  });
});

describe('a pool for prompts', { timeout: 60_000 }, () => {
  const split = (prefillReplicas: number, transferSecondsFixed = 1e-3): Partial<FleetSetup> => ({
    disaggregation: {
      prefillReplicas,
      prefill: replicaOf(),
      transferSecondsPerToken: 1e-7,
      transferSecondsFixed,
    },
  });

  test('keeps running answers free of prompts', () => {
    const together = of({}, paced(2));
    const apart = of(split(3), paced(2));
    expect(apart.timePerOutputToken.p99).toBeLessThan(together.timePerOutputToken.p99);
  });

  test('that is too small lets prompts wait', () => {
    const small = of(split(1), paced(8));
    const large = of(split(6), paced(8));
    expect(small.timeToFirstToken.p90).toBeGreaterThan(large.timeToFirstToken.p90);
  });

  test('a slow network delays first tokens, which come with the cache, and answers by as much', () => {
    const quick = of(split(3));
    const slow = of(split(3, 1));
    const later = slow.timeToFirstToken.mean - quick.timeToFirstToken.mean;
    expect(later).toBeGreaterThan(0.8);
    expect(later).toBeLessThan(1.1);
    expect(slow.endToEnd.mean - quick.endToEnd.mean).toBeGreaterThan(0.8);
  });
});

describe('outages', { timeout: 60_000 }, () => {
  const lost = (replicas: number, seconds = 60): Partial<FleetSetup> => ({
    replicas: 4,
    outages: [{ at: 100, seconds, firstReplica: 0, replicas }],
  });

  test.each([1, 2, 3, 4])('of %d of four replicas lose no request', (replicas) => {
    const summary = of(lost(replicas));
    expect(summary.finished).toBe(3000);
    expect(summary.restarted).toBeGreaterThan(0);
  });

  test('of more replicas hurt more', () => {
    const slow = [1, 2, 3, 4].map((replicas) => of(lost(replicas, 120)).timeToFirstToken.p99);
    expect(slow.at(-1)).toBeGreaterThan(10 * (slow[0] ?? 0));
  });

  test('two after one another are both gone through', () => {
    const outages = [
      { at: 50, seconds: 20, firstReplica: 0, replicas: 1 },
      { at: 150, seconds: 20, firstReplica: 2, replicas: 1 },
    ];
    const summary = of({ replicas: 3, outages });
    expect(summary.finished).toBe(3000);
    expect(summary.meanReplicas).toBeLessThan(3);
    expect(summary.meanReplicas).toBeGreaterThan(2.8);
  });
});

describe('an autoscaler', { timeout: 60_000 }, () => {
  const scaled = (requestsPerReplica: number, minimum = 1): Partial<FleetSetup> => ({
    replicas: 10,
    autoscaling: { minimum, startUpSeconds: 10, intervalSeconds: 5, requestsPerReplica },
  });

  test('keeps fewer replicas when each may hold more', () => {
    const few = of(scaled(30));
    const many = of(scaled(3));
    expect(few.meanReplicas).toBeLessThan(many.meanReplicas);
    expect(few.endToEnd.mean).toBeGreaterThan(many.endToEnd.mean);
  });

  test('never goes below its minimum', () => {
    const quiet = of(scaled(10, 4), paced(0.05));
    expect(quiet.meanReplicas).toBeGreaterThanOrEqual(4);
    expect(quiet.meanReplicas).toBeLessThan(4.5);
  });

  test('stops replicas after a rush', () => {
    const random = randomStream(9);
    const rush = Array.from({ length: 1500 }, () => 60 * random.uniform());
    const calm = Array.from({ length: 300 }, () => 60 + 600 * random.uniform());
    const arrival = Float64Array.from([...rush, ...calm].toSorted((one, other) => one - other));
    const stream: RequestStream = {
      arrival,
      input: new Int32Array(1800).fill(300),
      output: new Int32Array(1800).fill(100),
    };
    const summary = of(scaled(5), stream);
    expect(summary.finished).toBe(1800);
    expect(summary.largestReplicas).toBeGreaterThan(4);
    expect(summary.meanReplicas).toBeLessThan(summary.largestReplicas - 1);
  });
});
