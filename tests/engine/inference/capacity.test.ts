import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attendedTokens, cacheBytesOf } from '@engine/inference/attention';
import { maximumBatch, servingMemory } from '@engine/inference/capacity';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const unbounded = { largestBatch: 1e9 };
const full = architectureOf('llama-3.1-8b');
const windowed = { ...full, slidingWindow: { tokens: 4096, layerShare: 0.75 } };
const hybrid = { ...full, attentionLayerShare: 0.25 };
const stateless = { ...full, attentionLayerShare: 0 };
const context = fc.integer({ min: 1, max: 131_072 });

describe('the cache of published models', () => {
  test.each([
    // 2 · layers · key–value heads · head width · 2 B; a latent cache: layers · (512 + 64) · 2 B
    ['llama-3.1-8b', 2 * 32 * 8 * 128 * 2],
    ['llama-3.1-70b', 2 * 80 * 8 * 128 * 2],
    ['mixtral-8x7b', 2 * 32 * 8 * 128 * 2],
    ['deepseek-v3', 61 * 576 * 2],
  ])('is that of one token of %s times a page', (modelId, bytes) => {
    const serving = replicaOf({ modelId, constants: { cacheBlockTokens: 16 } });
    expect(cacheBytesOf(serving, 16)).toBeCloseTo(16 * bytes, 3);
  });

  test('of gpt-oss 120B holds the last 128 tokens in every other layer', () => {
    const serving = replicaOf({ modelId: 'gpt-oss-120b', constants: { cacheBlockTokens: 16 } });
    const perLayer = 2 * 8 * 64 * 2;
    expect(cacheBytesOf(serving, 8192)).toBeCloseTo(perLayer * 18 * (8192 + 128), 3);
    expect(cacheBytesOf(serving, 64)).toBeCloseTo(perLayer * 36 * 64, 3);
  });

  test('of gemma 3 27B is less than a quarter of that of full attention at 128k tokens', () => {
    const architecture = architectureOf('gemma-3-27b');
    const whole = architecture.layers * 131_072;
    expect(attendedTokens(architecture, 131_072) / whole).toBeLessThan(0.25);
    expect(attendedTokens(architecture, 1024)).toBeCloseTo(architecture.layers * 1024, 6);
  });
});

describe('the memory for the cache', () => {
  test('is a share of what is free where an engine states that', () => {
    const whole = servingMemory(replicaOf({ constants: { memoryFraction: 1, cacheFraction: 1 } }));
    const shared = servingMemory(
      replicaOf({ constants: { memoryFraction: 1, cacheFraction: 0.9 } }),
    );
    expect(shared.cache).toBeCloseTo(0.9 * whole.cache, 0);
    expect(whole.cache).toBeCloseTo(whole.usable - whole.weights - whole.workspace, 0);
  });

  test('lacks as much as it lacks where the weights do not fit', () => {
    const large = { modelId: 'llama-3.1-405b', constants: { cacheFraction: 0.5 } };
    const { cache, usable, weights, workspace } = servingMemory(replicaOf(large));
    expect(cache).toBe(usable - weights - workspace);
    expect(cache).toBeLessThan(0);
  });
});

describe('pages', () => {
  test('waste less than one page per request', () => {
    fc.assert(
      fc.property(context, fc.integer({ min: 1, max: 256 }), (tokens, cacheBlockTokens) => {
        const serving = replicaOf({ constants: { cacheBlockTokens } });
        const kept = cacheBytesOf(serving, tokens) / serving.cacheBytesPerToken;
        expect(kept).toBeGreaterThanOrEqual(tokens - 1e-6);
        expect(kept).toBeLessThan(tokens + cacheBlockTokens - 1e-6);
        expect(kept / cacheBlockTokens).toBeCloseTo(Math.round(kept / cacheBlockTokens), 9);
      }),
    );
  });

  test('of one token hold exactly what is asked, and a fraction of a token fills one', () => {
    const exact = replicaOf({ constants: { cacheBlockTokens: 1 } });
    expect(cacheBytesOf(exact, 777)).toBeCloseTo(777 * 131_072, 3);
    expect(cacheBytesOf(exact, 776.5)).toBe(cacheBytesOf(exact, 777));
  });
});

describe('the largest batch', () => {
  test('fits, and one request more does not', () => {
    fc.assert(
      fc.property(context, fc.constantFrom(full, windowed, hybrid), (tokens, architecture) => {
        const serving = replicaOf({ architecture, constants: unbounded });
        const { cache } = servingMemory(serving);
        const batch = maximumBatch(serving, tokens);
        expect(batch * cacheBytesOf(serving, tokens)).toBeLessThanOrEqual(cache);
        expect((batch + 1) * cacheBytesOf(serving, tokens)).toBeGreaterThan(cache);
      }),
    );
  });

  test('is four times as large where a quarter of the layers keeps a cache', () => {
    const [plain, sparing] = [full, hybrid].map((architecture) =>
      replicaOf({ architecture, constants: { ...unbounded, workspaceBytes: 0 } }),
    );
    if (!plain || !sparing) throw new Error('Two replicas are asked for.');
    const sameMemory = { ...sparing, weightBytesPerAccelerator: plain.weightBytesPerAccelerator };
    const ratio = maximumBatch(sameMemory, 1000) / maximumBatch(plain, 1000);
    expect(ratio).toBeGreaterThan(3.98);
    expect(ratio).toBeLessThan(4.02);
  });

  test('gains nothing from a window that the context does not fill, and much beyond it', () => {
    const [plain, sparing] = [
      replicaOf({ constants: unbounded }),
      replicaOf({ architecture: windowed, constants: unbounded }),
    ];
    expect(maximumBatch(sparing, 4096)).toBe(maximumBatch(plain, 4096));
    // 65,536 tokens: a quarter of the layers whole, the rest a sixteenth of it: 19/64 of the cache
    const ratio = maximumBatch(sparing, 65_536) / maximumBatch(plain, 65_536);
    expect(Math.abs(ratio - 64 / 19)).toBeLessThan(0.5);
  });

  test('is what the engine accepts where no layer keeps a cache', () => {
    const serving = replicaOf({ architecture: stateless });
    expect(cacheBytesOf(serving, 8192)).toBe(0);
    expect(maximumBatch(serving, 8192)).toBe(serving.constants.largestBatch);
  });

  test('is none, not fewer, where the weights do not fit', () => {
    const serving = replicaOf({ modelId: 'llama-3.1-405b' });
    expect(servingMemory(serving).cache).toBeLessThan(0);
    expect(maximumBatch(serving, 1024)).toBe(0);
    const none = { ...serving, architecture: stateless, cacheBytesPerTokenPerAccelerator: 0 };
    expect(maximumBatch(none, 1024)).toBe(0);
  });

  test('never grows with the context', () => {
    fc.assert(
      fc.property(context, context, (first, second) => {
        const serving = replicaOf({ architecture: windowed, constants: unbounded });
        const [short, long] = [Math.min(first, second), Math.max(first, second)];
        expect(maximumBatch(serving, long)).toBeLessThanOrEqual(maximumBatch(serving, short));
      }),
    );
  });
});
