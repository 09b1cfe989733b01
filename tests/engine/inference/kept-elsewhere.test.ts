import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adapterBytes, adapterParameters } from '@engine/inference/adapters';
import { servingMemory } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { offloadWaitSeconds } from '@engine/inference/offload';
import { operatingPoint } from '@engine/inference/operating-point';
import { prefillSeconds } from '@engine/inference/prefill';
import { promptParts } from '@engine/inference/request-shape';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf();
const shape = { inputTokens: 4000, outputTokens: 400 };

describe('a prompt whose beginning is cached', () => {
  test('is processed from there on, at least its last token', () => {
    expect(promptParts(shape)).toEqual({ cached: 0, fresh: 4000 });
    expect(promptParts({ ...shape, cachedShare: 0.75 })).toEqual({ cached: 3000, fresh: 1000 });
    expect(promptParts({ ...shape, cachedShare: 1 })).toEqual({ cached: 3999, fresh: 1 });
  });

  test('costs less the more is cached, yet more than a short prompt of the rest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (cached) => {
        const rest = prefillSeconds(serving, 1, 2000, cached);
        expect(rest).toBeGreaterThanOrEqual(prefillSeconds(serving, 1, 2000));
        expect(rest).toBeLessThanOrEqual(prefillSeconds(serving, 1, 2000 + cached) * (1 + 1e-9));
      }),
    );
  });

  test('leaves time per token of the answer what the context makes it', () => {
    const [whole, kept] = [0, 0.9].map((cachedShare) =>
      operatingPoint(serving, { ...shape, cachedShare }, 16),
    );
    expect(kept?.decode).toEqual(whole?.decode);
    expect(kept?.timeToFirstToken).toBeLessThan(whole?.timeToFirstToken ?? 0);
    expect(kept?.tokensPerSecond).toBeGreaterThan(whole?.tokensPerSecond ?? Infinity);
  });
});

describe('weights kept in the host’s memory', () => {
  const half = replicaOf({ modelId: 'llama-3.1-70b', offloadedShare: 0.5 });
  const whole = replicaOf({ modelId: 'llama-3.1-70b' });

  test('free the accelerator’s and stay as many', () => {
    expect(half.weightBytesPerAccelerator + half.hostBytesPerAccelerator).toBeCloseTo(
      whole.weightBytesPerAccelerator,
      0,
    );
    expect(servingMemory(half).cache).toBeGreaterThan(servingMemory(whole).cache);
  });

  test('make a step as long as streaming them, by hand: 35 GB over PCIe 5 take 0.6 s', () => {
    const { total } = decodeStep(half, 1, 100);
    const streaming = half.hostBytesPerAccelerator / half.device.hostBytesPerSecond;
    expect(total).toBeCloseTo(streaming, 9);
    expect(total).toBeGreaterThan(0.5);
    expect(total).toBeLessThan(0.7);
  });

  test('cost nothing where the pass takes longer than streaming, and never where there are none', () => {
    expect(offloadWaitSeconds(half, 10)).toBe(0);
    expect(offloadWaitSeconds(whole, 0)).toBe(0);
    expect(prefillSeconds(half, 64, 4000) / prefillSeconds(whole, 64, 4000)).toBeCloseTo(1, 6);
  });
});

describe('adapters', () => {
  test('of rank 16 on Llama 3.1 8B have the 42 million parameters that toolkits print', () => {
    expect(adapterParameters(architectureOf('llama-3.1-8b'), 16)).toBe(41_943_040);
    expect(adapterBytes(architectureOf('llama-3.1-8b'), { count: 100, rank: 16 })).toBe(
      41_943_040 * 200,
    );
    expect(adapterBytes(architectureOf('llama-3.1-8b'), undefined)).toBe(0);
  });

  test('take memory by their number and time by those in use', () => {
    const many = replicaOf({ adapters: { count: 100, rank: 16 } });
    const taken = servingMemory(serving).cache - servingMemory(many).cache;
    expect(taken).toBeCloseTo(41_943_040 * 200, 0);
    const added = (batch: number) =>
      decodeStep(many, batch, 100).total - decodeStep(serving, batch, 100).total;
    expect(added(1)).toBeGreaterThan(0);
    expect(added(100)).toBeGreaterThan(added(10));
    expect(added(400)).toBeCloseTo(added(100), 9);
  });
});
