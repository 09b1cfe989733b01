import { describe, expect, test } from 'vitest';
import { decodeAttentionSeconds, promptAttentionSeconds } from '@engine/inference/attention';
import { passOverheadSeconds } from '@engine/inference/layers';
import { sparsePromptSeconds } from '@engine/inference/sparse-attention';
import type { Serving } from '@engine/inference/serving';
import { replicaOf } from '../../fixtures/serving-fixture';

const sparseModel = 'deepseek-v3.2';
const of = (changes: Parameters<typeof replicaOf>[0] = {}): Serving =>
  replicaOf({ modelId: sparseModel, tensorParallel: 8, ...changes });

function secondsOf(serving: Serving, prompts: number, tokens: number, cached = 0): number {
  const { latentAttention } = serving.architecture;
  if (latentAttention === null) throw new Error('no latent attention');
  return sparsePromptSeconds(serving, latentAttention, prompts, tokens, cached);
}

describe('attention over selected tokens of a prompt', () => {
  const serving = of({ constants: { sparseHeads: 64, attentionShare: 0.5 } });
  const peak = serving.device.rates.bf16?.peakFlopPerSecond ?? 0;
  const narrow = serving.device.rates.fp8?.peakFlopPerSecond ?? 0;

  test('is counted by hand: 2,048 of 8,192 tokens, 16 heads padded to 64, the indexer whole on each', () => {
    const selected = (2048 ** 2 / 2 + 6144 * 2048) / 8192;
    const attending = (2 * 64 * (2 * 512 + 64) * selected) / peak;
    const indexing = (2 * 64 * 128 * 4096) / narrow;
    expect(secondsOf(serving, 3, 8192)).toBeCloseTo(
      (3 * 8192 * 61 * (attending + indexing)) / 0.5,
      9,
    );
  });

  test('is not shared further by more accelerators than the kernel has heads for', () => {
    const narrowest = (tensorParallel: number, sparseHeads: number) =>
      secondsOf(of({ tensorParallel, constants: { sparseHeads } }), 1, 8192);
    expect(narrowest(8, 64)).toBe(narrowest(2, 64));
    expect(narrowest(8, 16)).toBeLessThan(0.6 * narrowest(2, 16));
  });

  test('in groups takes each its own prompts with all heads, so that none are padded', () => {
    const groups = of({ attentionGroups: 8, constants: { sparseHeads: 64 } });
    const one = of({ constants: { sparseHeads: 64 } });
    expect(secondsOf(groups, 8, 8192)).toBeLessThan(0.4 * secondsOf(one, 8, 8192));
  });

  test('of the rest of a prompt in the cache is that of all less that of the first part', () => {
    const all = secondsOf(serving, 1, 12_288);
    const first = secondsOf(serving, 1, 4096);
    expect(secondsOf(serving, 1, 8192, 4096)).toBeCloseTo(all - first, 9);
  });

  test('stands in for attention over all tokens only where a prompt is longer than they are', () => {
    const dense = replicaOf({ modelId: 'deepseek-v3', tensorParallel: 8 });
    const sparse = of();
    expect(promptAttentionSeconds(sparse, 4, 2048)).toBe(promptAttentionSeconds(dense, 4, 2048));
    expect(promptAttentionSeconds(sparse, 4, 4096)).toBe(secondsOf(sparse, 4, 4096));
    const groups = { tensorParallel: 8, attentionGroups: 8 };
    const [few, all] = [sparseModel, 'deepseek-v3'].map((modelId) =>
      promptAttentionSeconds(replicaOf({ modelId, ...groups }), 8, 131_072),
    );
    expect(few).toBeLessThan(0.3 * (all ?? 0));
    const plain = sparse.architecture.latentAttention;
    if (plain === null) throw new Error('no latent attention');
    expect(sparsePromptSeconds(sparse, { ...plain, sparse: undefined }, 1, 8192)).toBe(0);
  });
});

describe('decoding over selected tokens', () => {
  test('reads them and the keys of the indexer, not the whole cache', () => {
    const groups = { tensorParallel: 8, attentionGroups: 8 };
    const [few, all] = [sparseModel, 'deepseek-v3'].map((modelId) =>
      decodeAttentionSeconds(replicaOf({ modelId, ...groups }), 64, 65_536),
    );
    const share = (2048 + (65_536 * 128) / 576) / 65_536;
    // The whole cache binds by arithmetic as well, which selecting spares more of.
    expect((few ?? 0) / (all ?? 1)).toBeGreaterThan(share / 2);
    expect((few ?? 0) / (all ?? 1)).toBeLessThan(share * 1.1);
  });

  test('of a pooled cache hardly grows with the context', () => {
    const serving = replicaOf({
      modelId: 'deepseek-v4-flash',
      tensorParallel: 4,
      attentionGroups: 4,
    });
    const at = (context: number) => decodeAttentionSeconds(serving, 64, context);
    expect(at(131_072) / at(8192)).toBeLessThan(8);
    const whole = replicaOf({ modelId: 'deepseek-v3', tensorParallel: 4, attentionGroups: 4 });
    expect(at(131_072)).toBeLessThan(0.1 * decodeAttentionSeconds(whole, 64, 131_072));
  });

  test('of a pooled cache takes the time of pooling in every layer, of choosing in those that choose', () => {
    const floors = (pooledFloorSeconds: number, sparseFloorSeconds: number) =>
      passOverheadSeconds(
        replicaOf({
          modelId: 'deepseek-v4-flash',
          tensorParallel: 4,
          constants: { pooledFloorSeconds, sparseFloorSeconds },
        }),
      );
    expect(floors(1, 0) - floors(0, 0)).toBeCloseTo(43, 9);
    expect(floors(0, 1) - floors(0, 0)).toBeCloseTo(21, 9);
  });
});
