import { describe, expect, test } from 'vitest';
import { measured, summarise } from '@engine/simulation/summary';
import type { RequestStream, SimulationTrace } from '@engine/simulation/types';

const stream: RequestStream = {
  arrival: Float64Array.of(0, 1, 2, 3),
  input: Int32Array.of(10, 10, 10, 10),
  output: Int32Array.of(11, 1, 21, 5),
};

const trace: SimulationTrace = {
  start: Float64Array.of(0.1, 1.2, 2.3, Number.NaN),
  firstToken: Float64Array.of(0.5, 1.5, 3, Number.NaN),
  finish: Float64Array.of(1.5, 1.5, 5, Number.NaN),
  finished: 3,
  rejected: 1,
  preempted: 0,
  restarted: 0,
  tokens: 33,
  events: 12,
  endSeconds: 5,
  busySeconds: 4,
  availableSeconds: 10,
  requestSeconds: 5,
  largestReplicas: 2,
  isCancelled: false,
};

describe('measures of single requests', () => {
  test('the time to first token runs from arrival', () => {
    expect([...measured(stream, trace, 'timeToFirstToken')]).toEqual([0.5, 0.5, 1]);
  });

  test('the time per output token leaves the first token and answers of one token out', () => {
    expect([...measured(stream, trace, 'timePerOutputToken')]).toEqual([0.1, 0.1]);
  });

  test('the whole answer runs from arrival to the last token', () => {
    expect([...measured(stream, trace, 'endToEnd')]).toEqual([1.5, 0.5, 3]);
  });

  test('the queue ends when the prompt is begun', () => {
    const queue = [...measured(stream, trace, 'queueing')];
    expect(queue.map((value) => Number(value.toFixed(6)))).toEqual([0.1, 0.2, 0.3]);
  });
});

describe('a summary', () => {
  const summary = summarise(stream, trace, {
    timeToFirstTokenSeconds: 0.6,
    timePerOutputTokenSeconds: 0.2,
  });

  test('takes percentiles from the requests themselves', () => {
    expect(summary.timeToFirstToken).toEqual({ p50: 0.5, p90: 1, p99: 1, mean: 2 / 3 });
  });

  test('divides by the time that was simulated', () => {
    expect(summary.outputTokensPerSecond).toBeCloseTo(33 / 5, 12);
    expect(summary.requestsPerSecond).toBeCloseTo(3 / 5, 12);
    expect(summary.meanRequestsInFleet).toBe(1);
    expect(summary.meanReplicas).toBe(2);
    expect(summary.utilisation).toBeCloseTo(0.4, 12);
  });

  test('counts a request that was turned away as one that missed its targets', () => {
    expect(summary.withinTargets).toBe(0.5);
    expect(summarise(stream, trace).withinTargets).toBeNull();
  });

  test('of nothing is zero, not NaN', () => {
    const empty: RequestStream = {
      arrival: new Float64Array(0),
      input: new Int32Array(0),
      output: new Int32Array(0),
    };
    const none: SimulationTrace = {
      ...trace,
      start: new Float64Array(0),
      firstToken: new Float64Array(0),
      finish: new Float64Array(0),
      finished: 0,
      rejected: 0,
      tokens: 0,
      endSeconds: 0,
      availableSeconds: 0,
    };
    const targets = { timeToFirstTokenSeconds: 1, timePerOutputTokenSeconds: 1 };
    const summary = summarise(empty, none, targets);
    const spread = (
      ['timeToFirstToken', 'timePerOutputToken', 'endToEnd', 'queueing'] as const
    ).map((measure) => {
      const { p50, p90, p99, mean } = summary[measure];
      return [p50, p90, p99, mean];
    });
    const rest = Object.values(summary).filter((value) => typeof value === 'number');
    const numbers = [...spread.flat(), ...rest];
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((value) => Number.isNaN(value))).toEqual([]);
  });
});
