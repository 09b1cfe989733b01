import { describe, expect, test } from 'vitest';
import {
  fewestServers,
  waitPercentile,
  waitProbability,
  waitSeconds,
  type Queue,
} from '@engine/simulation/queueing';
import { simulateFleet } from '@engine/simulation/simulate-fleet';
import { measured, summarise } from '@engine/simulation/summary';
import { clockwork, fleetOf, replicaOf, streamOf } from './fleet-fixture';

const exponential: Queue = {
  arrivalsPerSecond: 0.8,
  serviceSeconds: 1,
  servers: 1,
  arrivalVariation: 1,
  serviceVariation: 1,
};

describe('queueing formulae', () => {
  test('one server waits with the probability of being busy', () => {
    expect(waitProbability(1, 0.8)).toBeCloseTo(0.8, 12);
  });

  test("Erlang's C for 2 servers at load 1 is one third, and for 10 servers at 8 is 0.409", () => {
    expect(waitProbability(2, 1)).toBeCloseTo(1 / 3, 12);
    expect(waitProbability(10, 8)).toBeCloseTo(0.409, 3);
  });

  test('thousands of servers wait as the recursion says, and a billion are counted at once', () => {
    for (const spare of [0.2, 1, 2]) {
      const load = 9_000;
      const exact = waitProbability(load + spare * Math.sqrt(load), load);
      const many = waitProbability(4e8 + spare * 2e4, 4e8);
      expect(many / exact).toBeGreaterThan(0.96);
      expect(many / exact).toBeLessThan(1.04);
    }
    expect(waitProbability(2.6e9, 1e5)).toBe(0);
    expect(waitProbability(2.6e9, 0)).toBe(0);
    expect(waitProbability(1e9, 1e9 - 1)).toBeGreaterThan(0.99);
  });

  test('the fewest servers are enough, and one fewer is not', () => {
    for (const load of [0, 0.3, 7.5, 180, 1e5, 3e9]) {
      const isEnough = (servers: number) =>
        waitPercentile({ ...exponential, arrivalsPerSecond: load, servers }, 0.99) <= 0.5;
      const fewest = fewestServers(load, isEnough);
      expect(isEnough(fewest)).toBe(true);
      if (fewest > 1) expect(isEnough(fewest - 1)).toBe(false);
    }
    expect(fewestServers(1e20, (servers) => servers > 1.5e20)).toBeGreaterThan(1.5e20);
    expect(fewestServers(1, () => false)).toBe(Infinity);
    expect(fewestServers(Number.NaN, () => false)).toBeNaN();
  });

  test('one exponential server waits ρ s / (1 − ρ), a constant one half of it', () => {
    expect(waitSeconds(exponential)).toBeCloseTo(4, 12);
    expect(waitSeconds({ ...exponential, serviceVariation: 0 })).toBeCloseTo(2, 12);
  });

  test('a percentile of the wait is the exponential tail behind the chance not to wait', () => {
    expect(waitPercentile(exponential, 0.99)).toBeCloseTo(Math.log(80) / 0.2, 9);
    expect(waitPercentile(exponential, 0.1)).toBe(0);
  });

  test('more than can be served waits for ever', () => {
    expect(waitSeconds({ ...exponential, arrivalsPerSecond: 1 })).toBe(Infinity);
    expect(waitPercentile({ ...exponential, arrivalsPerSecond: 2 }, 0.5)).toBe(Infinity);
    expect(waitProbability(4, 5)).toBe(1);
  });
});

/** Service times that are answers of a thousand steps of a millisecond on average. */
const draws = {
  exponential: {
    variation: 1,
    answer: (draw: { exponential: () => number }) => 1000 * draw.exponential(),
  },
  constant: { variation: 0, answer: () => 1000 },
  gamma: { variation: 2, answer: (draw: { gamma: (v: number) => number }) => 1000 * draw.gamma(2) },
};

describe('the simulation on cases that queueing theory solves', { timeout: 60_000 }, () => {
  test.each([
    ['M/M/1', 1, 0.7, 'exponential'],
    ['M/M/4', 4, 3.2, 'exponential'],
    ['M/M/16', 16, 14, 'exponential'],
    ['M/D/1', 1, 0.7, 'constant'],
    ['M/G/1', 1, 0.6, 'gamma'],
  ] as const)('%s waits as the formula says', (_name, servers, rate, kind) => {
    const { variation, answer } = draws[kind];
    const stream = streamOf(100_000, rate, answer);
    const setup = fleetOf({
      replica: replicaOf({ times: clockwork, largestBatch: servers }),
    });
    const trace = simulateFleet(setup, stream);
    const { queueing } = summarise(stream, trace);
    const expected = waitSeconds({
      arrivalsPerSecond: rate,
      serviceSeconds: 1,
      servers,
      arrivalVariation: 1,
      serviceVariation: variation,
    });
    expect(queueing.mean / expected).toBeGreaterThan(0.94);
    expect(queueing.mean / expected).toBeLessThan(1.06);
  });

  test('the slowest hundredth of M/M/4 waits as the tail says', () => {
    const stream = streamOf(100_000, 3.2, draws.exponential.answer);
    const replica = replicaOf({ times: clockwork, largestBatch: 4 });
    const trace = simulateFleet(fleetOf({ replica }), stream);
    const waits = measured(stream, trace, 'queueing').sort();
    const p99 = waits[Math.floor(0.99 * waits.length)] ?? 0;
    const queue = { ...exponential, arrivalsPerSecond: 3.2, servers: 4 };
    expect(p99 / waitPercentile(queue, 0.99)).toBeGreaterThan(0.92);
    expect(p99 / waitPercentile(queue, 0.99)).toBeLessThan(1.08);
  });
});
