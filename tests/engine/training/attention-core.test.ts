import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { attentionCoreSeconds, attentionPrecision } from '@engine/training/attention-core';
import { calibratedDevice } from '@engine/training/calibrated-device';
import type { TrainingJob } from '@engine/training/job';
import { usualSoftware, type AttentionKernel } from '@engine/training/software';
import { architectureOf } from '../../fixtures/engine-fixture';
import { constants, countingBytes, jobOf, linkRate, partOf } from './ideal-device';

const h100 = partOf('h100-sxm');

function secondsOf(job: TrainingJob, device = h100, attention: AttentionKernel = 'flash 3') {
  const software = { ...usualSoftware('current'), attention };
  return attentionCoreSeconds(job, device, constants, job.sequenceLength, software);
}

function longWith(change: Partial<Architecture>): number {
  const floorless = { ...h100, constants: { ...h100.constants, kernelFloorSeconds: 0 } };
  const architecture = { ...architectureOf('llama-3.1-8b'), ...change };
  return secondsOf(jobOf('', {}, { architecture, sequenceLength: 16_384 }), floorless);
}

describe('fused attention', () => {
  /** Tables of the same papers, heads of 128 under a causal mask: TFLOP/s at 2,048, 4,096 and 16,384 tokens. */
  it.each([
    ['a100-sxm-80gb', 'flash 2', [155, 173, 187]],
    ['h100-sxm', 'flash 3', [497, 565, 648]],
  ] as const)('on %s gains on long sequences as published', (id, kernel, published) => {
    const part = partOf(id);
    const device = { ...part, constants: { ...part.constants, kernelFloorSeconds: 0 } };
    const rateAt = (sequenceLength: number) =>
      sequenceLength ** 2 /
      secondsOf(jobOf('llama-3.1-8b', {}, { sequenceLength }), device, kernel);
    const [short, usual, long] = published;
    expect(rateAt(2048) / rateAt(4096) / (short / usual)).toBeCloseTo(1, 1);
    expect(rateAt(16_384) / rateAt(4096) / (long / usual)).toBeCloseTo(1, 1);
  });

  /**
   * Dao 2023, https://arxiv.org/abs/2307.08691: up to 73 % of the A100's 312 TFLOP/s forward; Shah et al. 2024,
   * https://arxiv.org/abs/2407.08608: up to 75 % of the H100's 989. Both count 4 · s² · d · a, halved by the causal mask.
   */
  it.each([
    ['a100-sxm-80gb', 'flash 2', 312e12, 0.73],
    ['h100-sxm', 'flash 3', 989e12, 0.75],
  ] as const)('on %s stays below the best published rate', (id, kernel, peak, best) => {
    const job = jobOf('llama-3.1-8b', {}, { sequenceLength: 16_384 });
    const work = (4 * 16_384 ** 2 * 128 * 32) / 2;
    const device = calibratedDevice(partOf(id), constants);
    const share = work / secondsOf(job, device, kernel) / peak;
    expect(share).toBeLessThan(best);
    expect(share).toBeGreaterThan(0.25);
  });

  it('on wide arrays of TPUs computes blocks of 2,048 on the diagonal of the mask whole', () => {
    const perBlock = (part: string, kernel: 'flash 2' | 'flash 3', blocks: number) => {
      const device = partOf(part);
      const floorless = { ...device, constants: { ...device.constants, kernelFloorSeconds: 0 } };
      const job = jobOf('llama-3.1-8b', {}, { sequenceLength: 2048 * blocks });
      // Of a square of blocks the mask leaves half, and half of the diagonal beyond it.
      return secondsOf(job, floorless, kernel) / ((blocks * (blocks + 1)) / 2);
    };
    for (const part of ['tpu-v6e', 'tpu-v7-ironwood']) {
      expect(perBlock(part, 'flash 3', 4)).toBeCloseTo(perBlock(part, 'flash 3', 1), 9);
      expect(perBlock(part, 'flash 3', 64)).toBeCloseTo(perBlock(part, 'flash 3', 1), 9);
    }
    // Nobody has published blocks of the kernels before, nor of narrower arrays: work grows with the square.
    const square = (4 * 4) / ((4 * 5) / 2);
    for (const [part, kernel] of [
      ['tpu-v6e', 'flash 2'],
      ['tpu-v5p', 'flash 3'],
    ] as const) {
      expect(perBlock(part, kernel, 4) / perBlock(part, kernel, 1)).toBeCloseTo(square, 9);
    }
  });

  it('costs four times as much for twice the sequence, a little less while its kernel fills', () => {
    const seconds = (sequenceLength: number) =>
      secondsOf(jobOf('llama-3.1-8b', {}, { sequenceLength }));
    const growth = [4096, 32_768, 262_144].map((length) => seconds(2 * length) / seconds(length));
    expect(growth).toEqual(growth.toSorted((one, other) => one - other));
    expect(growth[0]).toBeGreaterThan(3.4);
    expect(growth[2]).toBeGreaterThan(3.98);
    expect(growth[2]).toBeLessThanOrEqual(4);
  });

  it('with a window costs the share of the sequence that tokens see, never more than the mask leaves', () => {
    const whole = longWith({});
    const windowed = (tokens: number, layerShare: number) =>
      longWith({ slidingWindow: { tokens, layerShare } }) / whole;
    // Fewer tokens fill the kernel less: x / (x + half) for the mean length, over that for the whole.
    const half = constants.attentionHalfLengthNewer;
    const filled = (tokens: number) => tokens / (tokens + half);
    const slower = (share: number) => filled(16_384) / filled(share * 16_384);
    expect(windowed(4096, 1)).toBeCloseTo(0.5 * slower(0.5), 9);
    expect(windowed(4096, 0.5)).toBeCloseTo(0.75 * slower(0.75), 9);
    expect(windowed(16_384, 1)).toBe(1);
    expect(longWith({ attentionLayerShare: 0.25 }) / whole).toBeCloseTo(0.25, 9);
  });

  it('with windows on TPUs computes the blocks at both of their edges whole', () => {
    const device = partOf('tpu-v6e');
    const floorless = { ...device, constants: { ...device.constants, kernelFloorSeconds: 0 } };
    const columns = (tokens: number, layerShare = 1) => {
      const slidingWindow = { tokens, layerShare };
      const architecture = { ...architectureOf('llama-3.1-8b'), slidingWindow };
      return secondsOf(jobOf('', {}, { architecture, sequenceLength: 16_384 }), floorless);
    };
    // A block of 2,048 rows sees its window and as many columns beyond; the whole context on average half a block beyond half of it.
    expect(columns(4096) / columns(1024)).toBeCloseTo((4096 + 2048) / (1024 + 2048), 9);
    expect(columns(1024, 0) / columns(1024)).toBeCloseTo((8192 + 1024) / (1024 + 2048), 9);
  });

  it('takes as long for a head of any width on TPUs, whose softmax holds the matrix unit up', () => {
    const seconds = (headDim: number, part = 'tpu-v5p') => {
      const device = partOf(part);
      const floorless = { ...device, constants: { ...device.constants, kernelFloorSeconds: 0 } };
      const architecture = { ...architectureOf('llama-3.1-8b'), headDim };
      return secondsOf(jobOf('', {}, { architecture, sequenceLength: 4096 }), floorless);
    };
    expect(seconds(64)).toBeCloseTo(seconds(128), 9);
    expect(seconds(256)).toBeCloseTo(seconds(128), 9);
    expect(seconds(256, 'h100-sxm') / seconds(128, 'h100-sxm')).toBeCloseTo(2, 9);
    expect(seconds(64, 'h100-sxm')).toBeLessThan(0.8 * seconds(128, 'h100-sxm'));
  });

  it('is divided over tensor ranks, but for the start of the kernel', () => {
    fc.assert(
      fc.property(fc.constantFrom(2, 4, 8), (tensorParallel) => {
        const floor = h100.constants.kernelFloorSeconds;
        const one = secondsOf(jobOf('llama-3.1-70b')) - floor;
        const each = secondsOf(jobOf('llama-3.1-70b', { tensorParallel })) - floor;
        expect((each * tensorParallel) / one).toBeCloseTo(1, 9);
      }),
    );
  });

  it('leaves part of the unit idle where heads are narrow, at the same width of all heads', () => {
    const { heads, keyValueHeads, headDim } = architectureOf('llama-3.1-8b');
    const split = { heads: 2 * heads, keyValueHeads: 2 * keyValueHeads, headDim: headDim / 2 };
    expect(longWith(split)).toBeGreaterThan(1.2 * longWith({}));
    const joined = { heads: heads / 2, keyValueHeads: keyValueHeads / 2, headDim: headDim * 2 };
    expect(longWith(joined)).toBeCloseTo(longWith({}), 12);
  });

  /** Timings of ai-dynamo/aiconfigurator, commit 095f58a, causal, 4,096 tokens: heads of 64 over heads of 128. */
  it.each([
    ['h100-sxm', 'flash 3', 0.69],
    ['b200-sxm', 'flash 3', 0.62],
    ['l40s', 'flash 2', 0.98],
    ['a100-sxm-80gb', 'flash 2', 1],
    ['h100-sxm', 'flash 2', 1],
  ] as const)(
    'on %s with %s heads of 64 reach about the measured share of those of 128: %f',
    (id, kernel, measured) => {
      const { heads, keyValueHeads } = architectureOf('llama-3.1-8b');
      const split = { heads: 2 * heads, keyValueHeads: 2 * keyValueHeads, headDim: 64 };
      const architecture = { ...architectureOf('llama-3.1-8b'), ...split };
      const share =
        secondsOf(jobOf('llama-3.1-8b'), partOf(id), kernel) /
        secondsOf(jobOf('', {}, { architecture }), partOf(id), kernel);
      expect(Math.abs(share - measured)).toBeLessThan(0.1);
    },
  );

  it('computes in 16 bits in 8-bit and 4-bit training and in the own type of wide training', () => {
    const narrow = jobOf('llama-3.1-8b', {}, { precision: 'fp8' });
    expect(secondsOf(narrow)).toBe(secondsOf(jobOf('llama-3.1-8b')));
    expect(attentionPrecision('fp4')).toBe('bf16');
    expect(attentionPrecision('fp32')).toBe('fp32');
    expect(secondsOf(narrow, { ...h100, rates: {} })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('kernels of attention', () => {
  it('are faster by generation, and those of 2023 are as good as any on parts of 2020', () => {
    const job = jobOf('llama-2-13b');
    const a100 = partOf('a100-sxm-80gb');
    const order = ['flash 3', 'flash 2', 'flash 1'] as const;
    const [three, two, one] = order.map((kernel) => secondsOf(job, h100, kernel));
    expect(three).toBeLessThan(two ?? 0);
    expect(two).toBeLessThan(one ?? 0);
    expect(secondsOf(job, a100, 'flash 2')).toBe(secondsOf(job, a100, 'flash 3'));
    expect(secondsOf(job, a100, 'unfused')).toBeGreaterThan(secondsOf(job, a100, 'fused softmax'));
    // The compiler of TPUs fuses it.
    const v4 = partOf('tpu-v4');
    expect(secondsOf(job, v4, 'unfused')).toBe(secondsOf(job, v4, 'fused softmax'));
  });

  /** cudnn-frontend, benchmark/attention_training (August 2026), MXFP8 over BF16 at 4,096 tokens, both passes: 1.34 on GB200, 1.39 on GB300. */
  it('of 8-bit products are a third faster for the wide heads of latent attention on parts with 4-bit units alone', () => {
    const gain = (model: string, part: string) => {
      const job = jobOf(model, {}, { precision: 'fp8' });
      const device = partOf(part);
      const floorless = { ...device, constants: { ...device.constants, kernelFloorSeconds: 0 } };
      const narrow = { ...usualSoftware('current'), attendsNarrow: true };
      const seconds = attentionCoreSeconds(job, floorless, constants, 4096, narrow);
      return secondsOf({ ...job, sequenceLength: 4096 }, floorless) / seconds;
    };
    expect(gain('deepseek-v3', 'b200-sxm')).toBeGreaterThan(1.25);
    expect(gain('deepseek-v3', 'b200-sxm')).toBeLessThan(1.5);
    expect(gain('deepseek-v3', 'h100-sxm')).toBe(1);
    expect(gain('llama-3.1-8b', 'b200-sxm')).toBe(1);
  });

  it('that keep scores move every pass over a matrix of heads by sequence by sequence', () => {
    const device = countingBytes(partOf('a100-sxm-80gb'));
    const job = jobOf('gpt-3-175b', { tensorParallel: 8 }, { sequenceLength: 2048 });
    const scores = (96 * 2048 ** 2) / 8;
    expect(secondsOf(job, device, 'fused softmax') * linkRate).toBeCloseTo(
      constants.scorePasses * 2 * scores,
      0,
    );
  });
});
