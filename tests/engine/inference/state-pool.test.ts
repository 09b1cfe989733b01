import { describe, expect, test } from 'vitest';
import { cacheBytesOf, stateBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import { runningLimits } from '@engine/inference/running-limits';
import { statePoolBound } from '@engine/inference/state-pool';
import { replicaOf } from '../../fixtures/serving-fixture';

const apart = { stateShare: 0.474, statesPerRequest: 3 };
const hybrid = replicaOf({ modelId: 'nemotron-h-8b', constants: apart });
const { cache } = servingMemory(hybrid);

describe('memory set aside for recurrent states', () => {
  test('holds three states for each request of Nemotron-H 8B: 24 layers of 1.08 million numbers in 32 bits', () => {
    const state = 24 * (8192 * 128 + 3 * 10_240) * 4;
    expect(stateBytesOf(hybrid)).toBe(state);
    expect(statePoolBound(hybrid, 100)).toBe(Math.floor((0.474 * cache) / (3 * state)));
  });

  test('leaves the rest for caches, which bound long requests', () => {
    const cached = cacheBytesOf(hybrid, 100_000) - stateBytesOf(hybrid);
    expect(statePoolBound(hybrid, 100_000)).toBe(Math.floor((0.526 * cache) / cached));
    expect(statePoolBound(hybrid, 100_000)).toBeLessThan(statePoolBound(hybrid, 100));
  });

  test('bounds nothing where both share the memory, and no model without states', () => {
    const shared = replicaOf({ modelId: 'nemotron-h-8b', constants: { ...apart, stateShare: 0 } });
    expect(statePoolBound(shared, 100)).toBe(Infinity);
    expect(statePoolBound(replicaOf({ constants: apart }), 100)).toBe(Infinity);
  });

  test('limits what may run', () => {
    const shape = { inputTokens: 100, outputTokens: 100 };
    const { running, started } = runningLimits(hybrid, shape, 100_000);
    expect(running).toBe(statePoolBound(hybrid, 150));
    expect(started).toBeLessThanOrEqual(statePoolBound(hybrid, 100));
  });
});
