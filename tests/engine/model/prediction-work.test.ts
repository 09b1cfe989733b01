import { describe, expect, it } from 'vitest';
import { attentionFlopPerToken, predictionFlopPerToken } from '@engine/model/flop';
import { architectureOf } from '../../fixtures/engine-fixture';

describe('work of modules that predict tokens further ahead', () => {
  it('is none where a model has none', () => {
    expect(predictionFlopPerToken(architectureOf('llama-3.1-8b'), 4096)).toBe(0);
  });

  it('of DeepSeek-V3 is that of one layer, a projection and the output head', () => {
    const architecture = architectureOf('deepseek-v3');
    // Latent attention 187.1 million parameters; nine experts of 3 · 7168 · 2048 and a router of 256 · 7168; the head.
    const layer = 187.1e6 + 9 * 3 * 7168 * 2048 + 256 * 7168;
    const expected =
      2 * (layer + 2 * 7168 ** 2 + 129_280 * 7168) + attentionFlopPerToken(architecture, 2048) / 61;
    const found = predictionFlopPerToken(architecture, 2048);
    expect(found / expected).toBeGreaterThan(0.99);
    expect(found / expected).toBeLessThan(1.01);
  });

  it('is proportional to their number', () => {
    const architecture = architectureOf('llama-3.1-8b');
    const work = (predictionModules: number) =>
      predictionFlopPerToken({ ...architecture, predictionModules }, 4096);
    expect(work(3)).toBeCloseTo(3 * work(1), 3);
    const dense = 2 * (32 * 128 * 2 + 8 * 128 * 2) * 4096 + 2 * 3 * 4096 * 14_336;
    const rest = 2 * (128_256 * 4096 + 2 * 4096 ** 2);
    const attention = 2 * 4096 * 2 * 32 * 128;
    expect(work(1) / (dense + rest + attention)).toBeCloseTo(1, 3);
  });
});
