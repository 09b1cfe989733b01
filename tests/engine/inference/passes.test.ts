import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promptAttentionSeconds, decodeAttentionSeconds } from '@engine/inference/attention';
import { decodeStep } from '@engine/inference/decode';
import { matmulPassSeconds, passOverheadSeconds } from '@engine/inference/layers';
import {
  ownPromptSeconds,
  prefillSeconds,
  prefillSecondsPerRequest,
} from '@engine/inference/prefill';
import { tensorParallelSeconds } from '@engine/inference/serving';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf();
const batches = fc.integer({ min: 1, max: 1024 });
const contexts = fc.integer({ min: 1, max: 65_536 });

describe('prompts of experts spread over several domains', () => {
  const architecture = architectureOf('deepseek-v3');
  const spread = replicaOf({
    architecture,
    weightPrecision: 'fp8',
    tensorParallel: 32,
    attentionGroups: 32,
  });

  test('compute while they are exchanged: only the longer counts', () => {
    const at = (bytesPerSecond: number) =>
      prefillSeconds({ ...spread, link: { ...spread.link, bytesPerSecond } }, 64, 1024);
    const { bytesPerSecond } = spread.link;
    expect(spread.link.tier).toBe('scale-out');
    expect(at(10 * bytesPerSecond)).toBe(at(100 * bytesPerSecond));
    expect(at(bytesPerSecond / 100)).toBeGreaterThan(2 * at(bytesPerSecond));
  });

  test('wait for the exchange inside one domain', () => {
    const inside = { ...spread, link: { ...spread.link, tier: 'scale-up' as const } };
    expect(prefillSeconds(inside, 64, 1024)).toBeGreaterThan(prefillSeconds(spread, 64, 1024));
  });
});

describe('a prompt of more tokens than one pass takes', () => {
  test('is launched pass by pass, as far as its work does not hide it', () => {
    const launching = { promptLayerOverheadSeconds: 1, capturedLaunch: 1 };
    const at = (prefillTokens: number) =>
      prefillSeconds(replicaOf({ constants: { ...launching, prefillTokens } }), 1, 8192);
    expect(at(1024) / at(8192)).toBeCloseTo(8, 6);
    const working = { promptLayerOverheadSeconds: 0 };
    const worked = (prefillTokens: number) =>
      prefillSeconds(replicaOf({ constants: { ...working, prefillTokens } }), 1, 8192);
    const pass = passOverheadSeconds(serving) + serving.constants.stepOverheadSeconds;
    expect(worked(1024) - worked(8192)).toBeCloseTo(7 * pass, 9);
  });
});

describe('a decode step', () => {
  test('of one request on one H100 is the weights read once, give or take launches', () => {
    // 8.0 · 10⁹ weights, of which 0.5 · 10⁹ of the token embedding are looked up only; the head is kept in 16 bits.
    const bytes = (8.03e9 - 2 * 0.525e9) * 1 + 0.525e9 * 2;
    const { matmul, collective } = decodeStep(serving, 1, 1);
    expect(matmul).toBeGreaterThan(bytes / 3.35e12);
    expect(matmul).toBeLessThan((1.4 * bytes) / 3.35e12);
    expect(collective).toBe(0);
  });

  test('adds one sequence’s bookkeeping per request', () => {
    const captured = replicaOf({ constants: { capturedRows: 1e9 } });
    fc.assert(
      fc.property(batches, contexts, (batch, context) => {
        const more = decodeStep(captured, batch + 1, context).overhead;
        const added = more - decodeStep(captured, batch, context).overhead;
        expect(added / serving.constants.sequenceOverheadSeconds).toBeCloseTo(1, 4);
      }),
    );
  });

  test('costs each request less the more step together, until arithmetic binds', () => {
    fc.assert(
      fc.property(batches, contexts, (batch, context) => {
        const each = (count: number) => decodeStep(serving, count, context).total / count;
        expect(each(2 * batch)).toBeLessThan(each(batch));
      }),
    );
  });

  test('of one request crosses all stages: they make room, not speed', () => {
    const staged = replicaOf({ pipelineParallel: 4 });
    expect(decodeStep(staged, 1, 8192).cache).toBeCloseTo(decodeStep(serving, 1, 8192).cache, 12);
    expect(decodeStep(staged, 1, 8192).total).toBeCloseTo(decodeStep(serving, 1, 8192).total, 12);
    expect(decodeStep(staged, 8, 8192).cache).toBeCloseTo(decodeStep(serving, 2, 8192).cache, 12);
  });

  test('keeps the bookkeeping of attention groups apart', () => {
    const architecture = architectureOf('deepseek-v3');
    const setup = { architecture, tensorParallel: 16 };
    const [together, grouped] = [
      replicaOf(setup),
      replicaOf({ ...setup, attentionGroups: 16 }),
    ] as const;
    const { sequenceOverheadSeconds } = together.constants;
    const spared = decodeStep(together, 256, 1).overhead - decodeStep(grouped, 256, 1).overhead;
    expect(spared / (sequenceOverheadSeconds * 240)).toBeCloseTo(1, 6);
    expect(tensorParallelSeconds(grouped, 256)).toBeGreaterThan(0);
  });
});

describe('attention over the cache', () => {
  test('takes time in proportion to requests and context', () => {
    fc.assert(
      fc.property(batches, contexts, (batch, context) => {
        const once = decodeAttentionSeconds(serving, batch, context);
        expect(decodeAttentionSeconds(serving, 2 * batch, context) / once).toBeCloseTo(2, 9);
        expect(decodeAttentionSeconds(serving, batch, 2 * context) / once).toBeCloseTo(2, 9);
      }),
    );
  });

  test('stops growing with the context where every layer has a window', () => {
    const slidingWindow = { tokens: 1024, layerShare: 1 };
    const local = replicaOf({ architecture: { ...serving.architecture, slidingWindow } });
    const filled = decodeAttentionSeconds(local, 4, 1024);
    expect(decodeAttentionSeconds(local, 4, 100_000)).toBe(filled);
    expect(decodeAttentionSeconds(local, 4, 512)).toBeCloseTo(filled / 2, 12);
  });

  test('of a latent cache does not shrink with the accelerators, but its arithmetic does', () => {
    const times = [1, 8].map((tensorParallel) =>
      decodeAttentionSeconds(replicaOf({ modelId: 'deepseek-v3', tensorParallel }), 64, 4096),
    );
    const read = (64 * 4096 * 61 * 576 * 2) / (3.35e12 * serving.constants.cacheStream);
    expect(times[1]).toBeGreaterThan(read);
    expect(times[1]).toBeLessThan(times[0] ?? 0);
  });
});

describe('prompts', () => {
  const free = { stepOverheadSeconds: 0, promptLayerOverheadSeconds: 0 };

  test('have attention that grows with the square of a long prompt', () => {
    const noTraffic = replicaOf({ constants: { attentionTraffic: 0 } });
    const once = promptAttentionSeconds(noTraffic, 1, 8192);
    expect(promptAttentionSeconds(noTraffic, 1, 16_384) / once).toBeCloseTo(4, 9);
    expect(promptAttentionSeconds(noTraffic, 3, 8192) / once).toBeCloseTo(3, 9);
    // Causal: 4 · heads · width · s² / 2 per layer.
    const flop = 32 * 4 * 4096 * (8192 ** 2 / 2);
    const peak = noTraffic.device.rates.bf16?.peakFlopPerSecond ?? 0;
    expect(once * peak * noTraffic.constants.attentionShare).toBeCloseTo(flop, -8);
  });

  test('choose a next token for their last position only', () => {
    const { vocabulary, hidden } = serving.architecture;
    const all = matmulPassSeconds(serving, 8192);
    const last = matmulPassSeconds(serving, 8192, 1);
    const peak = serving.device.rates.bf16?.peakFlopPerSecond ?? 0;
    expect(all - last).toBeGreaterThan((2 * 8191 * vocabulary * hidden) / peak - 1e-3);
  });

  test('wait for their launches when they are short, and not when they are long', () => {
    const slow = replicaOf({ constants: { promptLayerOverheadSeconds: 1e-3 } });
    const least = passOverheadSeconds(slow) + slow.constants.stepOverheadSeconds;
    expect(prefillSeconds(slow, 1, 1) - least).toBeCloseTo(32e-3, 12);
    expect(prefillSeconds(slow, 1, 32_768)).toBe(prefillSeconds(serving, 1, 32_768));
  });

  test('take as much longer as the kernels are held up', () => {
    const whole = replicaOf({ constants: { ...free, prefillFraction: 1 } });
    const half = replicaOf({ constants: { ...free, prefillFraction: 0.5 } });
    const floors = passOverheadSeconds(whole);
    const ratio =
      (prefillSeconds(half, 1, 4096) - floors) / (prefillSeconds(whole, 1, 4096) - floors);
    expect(ratio).toBeCloseTo(2, 9);
  });

  test('are taken as many at a time as fit into the budget and wait', () => {
    const budget = replicaOf({ constants: { prefillTokens: 2048 } });
    const each = (prompts: number) => prefillSeconds(budget, prompts, 512) / prompts;
    expect(prefillSecondsPerRequest(budget, 100, 512)).toBe(each(4));
    expect(prefillSecondsPerRequest(budget, 3, 512)).toBe(each(3));
    expect(prefillSecondsPerRequest(budget, 0, 512)).toBe(each(1));
    expect(prefillSecondsPerRequest(budget, 100, 5000)).toBe(prefillSeconds(budget, 1, 5000));
  });

  test('cost a replica of several stages a share of their time each', () => {
    const staged = replicaOf({ pipelineParallel: 4 });
    const own = prefillSeconds(staged, 1, 20_000);
    expect(prefillSecondsPerRequest(staged, 1, 20_000)).toBeCloseTo(own / 4, 12);
  });

  test('cross several stages in pieces, each a step behind the one before', () => {
    const staged = replicaOf({ pipelineParallel: 4 });
    const budget = staged.constants.prefillTokens;
    const share = (tokens: number) =>
      ownPromptSeconds(staged, tokens) / prefillSeconds(staged, 1, tokens);
    expect(share(budget / 2)).toBeCloseTo(1, 12);
    expect(share(5 * budget)).toBeCloseTo(8 / 20, 12);
    expect(share(500 * budget)).toBeCloseTo(1 / 4, 2);
    expect(ownPromptSeconds(serving, 100_000)).toBeCloseTo(prefillSeconds(serving, 1, 100_000), 12);
  });

  test('never pass faster together than one after the other by more than the weights read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 8192 }), (n, s) => {
        const together = prefillSeconds(serving, n, s);
        expect(together).toBeLessThanOrEqual(n * prefillSeconds(serving, 1, s) * (1 + 1e-9));
        expect(together).toBeGreaterThanOrEqual(prefillSeconds(serving, 1, s) * (1 - 1e-9));
      }),
    );
  });
});
