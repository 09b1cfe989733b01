import { describe, expect, it } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { keyValueBytesPerToken } from '@engine/model/bytes';
import { countParameters } from '@engine/model/parameters';
import { architectureOf } from '../../fixtures/engine-fixture';

/**
 * Exact counts of the published checkpoints: what the safetensors index or num_parameters() of the model page on
 * https://huggingface.co states (from memory), less the tensors that a plain transformer does not have.
 */
describe('a checkpoint has to the last number as many parameters as are counted', () => {
  it.each([
    ['llama-2-7b', 6_738_415_616, 0],
    ['llama-2-13b', 13_015_864_320, 0],
    ['llama-2-70b', 68_976_648_192, 0],
    ['llama-3.1-8b', 8_030_261_248, 0],
    ['llama-3.1-70b', 70_553_706_496, 0],
    ['llama-3.1-405b', 405_853_388_800, 0],
    ['mistral-7b', 7_241_732_096, 0],
    ['mixtral-8x7b', 46_702_792_704, 0],
    ['tinyllama-1.1b', 1_100_048_384, 0],
    // With query and key norms of 128 numbers in each of 36 layers.
    ['qwen3-8b', 8_190_735_360, 0],
    // One correction bias per expert in each of 58 layers.
    ['deepseek-v3', 671_026_419_200, 58 * 256],
  ])('%s: %i, of which %i are not in its matrices', (id, published, extra) => {
    expect(countParameters(architectureOf(id)).total + extra).toBe(published);
  });
});

describe('Llama 3 8B by hand', () => {
  const counted = countParameters(architectureOf('llama-3.1-8b'));

  it.each([
    ['attention of a layer: Q and O 4096², K and V 4096 · 1024', 'attentionPerLayer', 41_943_040],
    ['three matrices of 4096 · 14336', 'denseFeedForward', 176_160_768],
    ['two norms of a layer', 'normsPerLayer', 8_192],
    ['the output head 128256 · 4096', 'outputHead', 525_336_576],
    ['embedding and head, not tied', 'embedding', 1_050_673_152],
    ['no experts', 'expertFeedForward', 0],
  ] as const)('%s', (_what, part, expected) => {
    expect(counted[part]).toBe(expected);
  });
});

describe('Mixtral 8x7B by hand', () => {
  const counted = countParameters(architectureOf('mixtral-8x7b'));
  const expert = 3 * 4_096 * 14_336;

  it('has eight experts and a router in every layer, and passes a token through two', () => {
    expect(counted.expertFeedForward).toBe(8 * expert + 8 * 4_096);
    expect(counted.activeExpertFeedForward).toBe(2 * expert + 8 * 4_096);
    expect(counted.routedExperts).toBe(8 * expert);
  });

  // Jiang et al. 2024, Mixtral of Experts, https://arxiv.org/abs/2401.04088: 47B in all, 13B used per token.
  it('has 47 billion parameters, of which a token uses 13 billion', () => {
    expect(Math.round(counted.total / 1e9)).toBe(47);
    expect(Math.round(counted.active / 1e9)).toBe(13);
  });
});

describe('DeepSeek-V3 by hand', () => {
  const counted = countParameters(architectureOf('deepseek-v3'));

  // DeepSeek-AI 2024, DeepSeek-V3, section 4.2, https://arxiv.org/abs/2412.19437: the first three layers are dense.
  it('keeps three dense layers and has 58 with 256 routed experts and a shared one', () => {
    expect([counted.denseLayers, counted.expertLayers]).toEqual([3, 58]);
    const expert = 3 * 7_168 * 2_048;
    expect(counted.expertFeedForward).toBe(257 * expert + 256 * 7_168);
  });

  it('compresses queries to 1536, keys and values to 512 + 64 numbers', () => {
    const query = 7_168 * 1_536 + 1_536 * 128 * 192;
    const keyValue = 7_168 * (512 + 64) + 512 * 128 * 256;
    expect(counted.attentionPerLayer).toBe(query + keyValue + 128 * 128 * 7_168);
  });
});

/** OPT-13B, Zhang et al. 2022, table 1, https://arxiv.org/abs/2205.01068: 40 layers, width 5120, 40 heads. */
const opt13: Architecture = {
  ...architectureOf('llama-2-13b'),
  ffn: 20_480,
  isGated: false,
  vocabulary: 50_272,
  hasTiedEmbeddings: true,
};

describe('the cache of one token', () => {
  it.each<[string, Architecture, number, string]>([
    // Kwon et al. 2023, section 3, https://arxiv.org/abs/2309.06180: 800 KB per token.
    ['OPT-13B', opt13, 819_200, 'the vLLM paper'],
    // DeepSeek-AI 2025, Insights into DeepSeek-V3, table 1, https://arxiv.org/abs/2505.09343.
    ['DeepSeek-V3', architectureOf('deepseek-v3'), 70_272, 'DeepSeek'],
    ['Qwen2.5 72B', architectureOf('qwen2.5-72b'), 327_680, 'DeepSeek'],
    ['Llama 3.1 405B', architectureOf('llama-3.1-405b'), 516_096, 'DeepSeek'],
    // By hand: 2 · layers · key–value heads · head width · 2 bytes.
    ['Llama 2 7B', architectureOf('llama-2-7b'), 2 * 32 * 32 * 128 * 2, 'hand'],
    ['Mistral 7B', architectureOf('mistral-7b'), 2 * 32 * 8 * 128 * 2, 'hand'],
    ['PaLM 540B, one key–value head', architectureOf('palm-540b'), 2 * 118 * 256 * 2, 'hand'],
    ['GPT-3', architectureOf('gpt-3-175b'), 2 * 96 * 96 * 128 * 2, 'hand'],
  ])('of %s takes what is published', (_name, architecture, bytes) => {
    expect(keyValueBytesPerToken(architecture, 2)).toBe(bytes);
  });

  // Ainslie et al. 2023, GQA, https://arxiv.org/abs/2305.13245: the cache shrinks by heads over key–value heads.
  it('is eight times smaller with eight heads to a group', () => {
    const grouped = architectureOf('llama-3.1-70b');
    const perHead = { ...grouped, keyValueHeads: grouped.heads };
    expect(keyValueBytesPerToken(perHead, 2)).toBe(8 * keyValueBytesPerToken(grouped, 2));
  });

  // DeepSeek-V2, table 1, https://arxiv.org/abs/2405.04434: latent attention keeps r_kv + d_r numbers, as 2.25 groups would.
  it('of latent attention is that of 2.25 key–value heads', () => {
    const latent = architectureOf('deepseek-v3');
    const grouped = { ...latent, latentAttention: null, keyValueHeads: 2.25 };
    expect(keyValueBytesPerToken(latent, 1)).toBe(keyValueBytesPerToken(grouped, 1));
  });
});
