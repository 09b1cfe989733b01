import { describe, expect, it } from 'vitest';
import {
  attentionFlopPerToken,
  forwardFlopPerToken,
  trainingFlopPerToken,
} from '@engine/model/flop';
import { countParameters } from '@engine/model/parameters';
import { acceleratorOf, architectureOf } from '../../fixtures/engine-fixture';

/**
 * Published work of whole training runs. Papers mostly state 6 · N · D; the engine adds the attention products as the PaLM
 * paper does, so that it lies a few per cent above, the more the longer the sequences.
 */
describe('the work of a published run', () => {
  it.each([
    // Brown et al. 2020, table D.1, https://arxiv.org/abs/2005.14165
    ['gpt-3-175b', 300e9, 2_048, 3.14e23, 0.05],
    // Grattafiori et al. 2024, section 3.2.1, https://arxiv.org/abs/2407.21783
    ['llama-3.1-405b', 15.6e12, 8_192, 3.8e25, 0.1],
    // Chowdhery et al. 2022, table 21, https://arxiv.org/abs/2204.02311: 2527.2 ZFLOP
    ['palm-540b', 780e9, 2_048, 2.5272e24, 0.03],
    // 6 · 37e9 · 14.8e12 from DeepSeek-V3, https://arxiv.org/abs/2412.19437
    ['deepseek-v3', 14.8e12, 4_096, 3.29e24, 0.35],
    // 6 · 176e9 · 366e9 from Scao et al. 2022, https://arxiv.org/abs/2211.05100
    ['bloom-176b', 366e9, 2_048, 3.87e23, 0.05],
    // 6 · 70e9 · 2e12 from Touvron et al. 2023, https://arxiv.org/abs/2307.09288
    ['llama-2-70b', 2e12, 4_096, 8.4e23, 0.1],
  ])('of %s on %d tokens is met from above', (id, tokens, sequence, published, above) => {
    const work = tokens * trainingFlopPerToken(architectureOf(id), sequence);
    expect(work / published).toBeGreaterThan(0.97);
    expect(work / published).toBeLessThan(1 + above);
  });

  it('is 6 · N · D but for attention, in every one of them', () => {
    for (const id of ['gpt-3-175b', 'llama-3.1-405b', 'palm-540b', 'deepseek-v3']) {
      const architecture = architectureOf(id);
      const perToken = trainingFlopPerToken(architecture, 0);
      expect(perToken, id).toBe(6 * countParameters(architecture).active);
    }
  });
});

/** Chowdhery et al. 2022, PaLM, table 3 and appendix B: utilisation from the reported tokens per second. */
describe('the utilisation that the PaLM paper reports', () => {
  it.each([
    ['palm-540b', 'tpu-v4', 6_144, 238_300, 0.462],
    ['mt-nlg-530b', 'a100-sxm-80gb', 2_240, 65_430, 0.302],
  ])(
    'for %s follows from tokens per second on %s',
    (id, part, count, tokensPerSecond, published) => {
      const peak = (acceleratorOf(part).peakDense.bf16?.value ?? Number.NaN) * 1e12;
      const rate = tokensPerSecond * trainingFlopPerToken(architectureOf(id), 2_048);
      expect(rate / (count * peak)).toBeCloseTo(published, 2);
    },
  );
});

/** Grattafiori et al. 2024, table 4: 16,384 GPUs at sequence 8,192 reach 400 TFLOP/s each, 41 % of the peak of 989. */
it('the 41 % of Llama 3 405B are 400 TFLOP/s of an H100', () => {
  const peak = acceleratorOf('h100-sxm').peakDense.bf16?.value ?? Number.NaN;
  expect(400 / peak).toBeCloseTo(0.405, 2);
});

describe('one token', () => {
  // Kaplan et al. 2020, section 2.1, https://arxiv.org/abs/2001.08361: forward 2 · N, backward twice that.
  it.each(['llama-3.1-8b', 'llama-3.1-70b', 'gpt-3-175b', 'mixtral-8x7b'])(
    'of %s takes two FLOP per parameter that it is multiplied by, and attention',
    (id) => {
      const architecture = architectureOf(id);
      const { multipliedPerToken } = countParameters(architecture);
      expect(forwardFlopPerToken(architecture, 0)).toBe(2 * multipliedPerToken);
      expect(forwardFlopPerToken(architecture, 1_000) - forwardFlopPerToken(architecture, 0)).toBe(
        attentionFlopPerToken(architecture, 1_000),
      );
    },
  );

  it('of a mixture takes the work of its active parameters, not of all', () => {
    const dense = forwardFlopPerToken(architectureOf('llama-2-13b'), 0);
    const mixture = forwardFlopPerToken(architectureOf('mixtral-8x7b'), 0);
    expect(mixture / dense).toBeCloseTo(1, 0);
  });

  it.each([
    ['llama-3.1-8b', 4 * 32 * 32 * 128],
    ['gpt-3-175b', 4 * 96 * 96 * 128],
    ['palm-540b', 4 * 118 * 48 * 256],
    // Latent attention: 128 heads of 192 for queries and keys, 128 for values.
    ['deepseek-v3', 2 * 61 * 128 * (192 + 128)],
  ])('of %s attends to one other at %i FLOP', (id, expected) => {
    expect(attentionFlopPerToken(architectureOf(id), 1)).toBe(expected);
  });

  it('spends on attention what it spends on weights at some tens of thousands of tokens', () => {
    const architecture = architectureOf('llama-3.1-8b');
    const weights = forwardFlopPerToken(architecture, 0);
    const crossover = weights / attentionFlopPerToken(architecture, 1);
    expect(crossover).toBeGreaterThan(20_000);
    expect(crossover).toBeLessThan(40_000);
  });
});
