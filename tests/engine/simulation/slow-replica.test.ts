import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulateFleet } from '@engine/simulation/simulate-fleet';
import type { RequestStream } from '@engine/simulation/types';
import { fleetOf, replicaOf } from './fleet-fixture';
import { simulateSlowly } from './slow-replica';

const drawn = fc.record({
  requests: fc.array(
    fc.record({
      gap: fc.double({ min: 0.001, max: 0.8, noNaN: true }),
      input: fc.integer({ min: 1, max: 1500 }),
      output: fc.integer({ min: 1, max: 60 }),
    }),
    { minLength: 1, maxLength: 60 },
  ),
  largestBatch: fc.integer({ min: 1, max: 12 }),
  tokenBudget: fc.integer({ min: 100, max: 3000 }),
});

function streamFrom(
  requests: readonly { gap: number; input: number; output: number }[],
): RequestStream {
  let time = 0;
  return {
    arrival: Float64Array.from(requests, ({ gap }) => (time += gap)),
    input: Int32Array.from(requests, ({ input }) => input),
    output: Int32Array.from(requests, ({ output }) => output),
  };
}

/** Steps that take the same time whatever the context, so that a run of them is exactly as long as the steps one by one. */
const even = {
  decode: (batch: number) => 0.01 + 2e-4 * batch,
  prefill: (prompts: number, tokens: number) => 0.004 + 1e-3 * prompts + 3e-5 * tokens,
  mixed: () => Number.NaN,
};

describe('the fast replica and the one that takes every step', { timeout: 60_000 }, () => {
  test('give every token at the same time', () => {
    fc.assert(
      fc.property(drawn, ({ requests, largestBatch, tokenBudget }) => {
        const stream = streamFrom(requests);
        const replica = replicaOf({ times: even, largestBatch, tokenBudget });
        const fast = simulateFleet(fleetOf({ replica }), stream);
        const slow = simulateSlowly(replica, stream);
        for (let request = 0; request < requests.length; request += 1) {
          expect(fast.firstToken[request]).toBeCloseTo(slow.firstToken[request] ?? 0, 7);
          expect(fast.finish[request]).toBeCloseTo(slow.finish[request] ?? 0, 7);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('differ by less than a percent where steps grow with the context', () => {
    const requests = Array.from({ length: 300 }, (_, index) => ({
      gap: 0.05 + 0.001 * (index % 37),
      input: 200 + ((index * 7919) % 1200),
      output: 20 + ((index * 104729) % 150),
    }));
    const stream = streamFrom(requests);
    const replica = replicaOf({ largestBatch: 24 });
    const fast = simulateFleet(fleetOf({ replica }), stream);
    const slow = simulateSlowly(replica, stream);
    const last = Math.max(...slow.finish);
    expect(Math.max(...fast.finish) / last).toBeCloseTo(1, 2);
    expect(fast.events).toBeLessThan(slow.steps);
  });
});
