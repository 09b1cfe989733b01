import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countParameters } from '@engine/model/parameters';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { modelSchema } from '@shared/catalogue/schema';
import {
  importConfig,
  importConfigText,
  type ImportedConfig,
} from '@shared/model-import/import-config';
import { modelTypes } from '@shared/model-import/model-types';

function imported(raw: unknown): ImportedConfig {
  const outcome = importConfig(raw);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.model;
}

const sizes = (
  model_type: string,
  [hidden_size, num_hidden_layers, num_attention_heads, num_key_value_heads]: readonly number[],
  [intermediate_size, vocab_size]: readonly number[],
  others: object = {},
): object => ({
  model_type,
  hidden_size,
  num_hidden_layers,
  num_attention_heads,
  num_key_value_heads,
  intermediate_size,
  vocab_size,
  ...others,
});

const mistral = sizes('mistral', [4096, 32, 32, 8], [14336, 32000]);
const mixtral = { num_local_experts: 8, num_experts_per_tok: 2 };

describe('a configuration written from a published table', () => {
  // Sizes of the weight files as their model pages count them; from memory.
  it.each<[string, object, number]>([
    ['Mistral 7B', mistral, 7_241_732_096],
    ['Llama 2 70B', sizes('llama', [8192, 80, 64, 8], [28672, 32000]), 68_976_648_192],
    ['Qwen2 7B', sizes('qwen2', [3584, 28, 28, 4], [18944, 152064]), 7_615_616_512],
    ['Qwen3 8B', sizes('qwen3', [4096, 36, 32, 8], [12288, 151936]), 8_190_735_360],
    ['Gemma 2B', sizes('gemma', [2048, 18, 8, 1], [16384, 256000]), 2_506_172_416],
    ['Mixtral 8x7B', { ...mistral, ...mixtral, model_type: 'mixtral' }, 46_702_792_704],
  ])('%s has the parameters of its weight files', (_name, config, parameters) => {
    expect(countParameters(imported(config).architecture).total).toBe(parameters);
  });

  it('GPT-NeoX-20B has 20.55 billion, and BLOOM 176.2 billion', () => {
    // Black et al. 2022 and Le Scao et al. 2022, both from memory.
    const neox = imported(sizes('gpt_neox', [6144, 44, 64], [24576, 50432]));
    expect(countParameters(neox.architecture).total / 20.55e9).toBeCloseTo(1, 3);
    const bloom = imported({
      model_type: 'bloom',
      n_embd: 14336,
      n_layer: 70,
      num_attention_heads: 112,
      vocab_size: 250880,
    });
    expect(countParameters(bloom.architecture).total / 176.25e9).toBeCloseTo(1, 3);
    expect(bloom.architecture.ffn).toBe(4 * 14336);
    expect(bloom.assumptions.join()).toContain('four times as wide');
  });

  it('DeepSeek-V3 has 671 billion, 37 billion of them active, in FP8', () => {
    const model = imported({
      ...sizes('deepseek_v3', [7168, 61, 128, 128], [18432, 129280]),
      q_lora_rank: 1536,
      kv_lora_rank: 512,
      qk_nope_head_dim: 128,
      qk_rope_head_dim: 64,
      v_head_dim: 128,
      n_routed_experts: 256,
      num_experts_per_tok: 8,
      n_shared_experts: 1,
      moe_intermediate_size: 2048,
      first_k_dense_replace: 3,
      moe_layer_freq: 1,
      quantization_config: { quant_method: 'fp8', weight_block_size: [128, 128] },
    });
    const counted = countParameters(model.architecture);
    expect(counted.total / 671e9).toBeCloseTo(1, 2);
    expect(Math.abs(counted.active / 37e9 - 1)).toBeLessThan(0.03);
    expect(model.weightPrecision).toBe('fp8');
    expect(model.architecture.latentAttention?.sparse).toBeUndefined();
  });

  it('DeepSeek-V3.2 attends to 2,048 tokens that an indexer of 64 heads selects', () => {
    const { latentAttention } = imported({
      ...sizes('deepseek_v32', [7168, 61, 128, 128], [18432, 129280]),
      kv_lora_rank: 512,
      qk_nope_head_dim: 128,
      qk_rope_head_dim: 64,
      v_head_dim: 128,
      index_topk: 2048,
      index_n_heads: 64,
      index_head_dim: 128,
    }).architecture;
    expect(latentAttention?.sparse).toEqual({ tokens: 2048, indexHeads: 64, indexHeadDim: 128 });
  });
});

describe('the name of a model', () => {
  it.each([
    ['mistralai/Mistral-7B-v0.1', 'mistralai/Mistral-7B-v0.1'],
    ['', null],
    [null, null],
    ['模型', '模型'],
  ])('%j is read as %j', (name, expected) => {
    expect(imported({ ...mistral, _name_or_path: name }).name).toBe(expected);
  });

  it('that is no text or endless is a problem with that name', () => {
    for (const name of [7, ['a'], 'x'.repeat(10_001)]) {
      const outcome = importConfig({ ...mistral, _name_or_path: name });
      expect(outcome.ok ? [] : outcome.problems.map(({ field }) => field)).toEqual([
        '_name_or_path',
      ]);
    }
  });

  it('of a type that is long is not repeated in full', () => {
    const outcome = importConfig({ ...mistral, model_type: 'z'.repeat(5_000) });
    const [problem] = outcome.ok ? [] : outcome.problems;
    expect(problem?.field).toBe('model_type');
    expect(problem?.problem).not.toContain('z'.repeat(41));
    expect(problem?.problem).toContain('deepseek_v3');
  });
});

describe('parts of a configuration', () => {
  it('inside text_config count like fields outside, and before them', () => {
    const nested = imported({ model_type: 'mistral3', hidden_size: 1, text_config: mistral });
    expect(nested.architecture).toEqual(imported(mistral).architecture);
    expect(imported({ ...mistral, text_config: null }).assumptions.join()).not.toContain('vision');
  });

  it('that do not divide are problems of the field that is missing', () => {
    const odd = importConfig({ ...mistral, hidden_size: 4097 });
    expect(odd.ok ? [] : odd.problems.map(({ field }) => field)).toEqual(['head_dim']);
    expect(imported({ ...mistral, hidden_size: 4097, head_dim: 128 }).architecture.headDim).toBe(
      128,
    );
  });

  it('may fill a text of a million characters, and not one more', () => {
    const text = JSON.stringify(mistral).padEnd(1_000_000, ' ');
    expect(importConfigText(text).ok).toBe(true);
    expect(importConfigText(`${text} `).ok).toBe(false);
  });
});

it('whatever is imported, of any type, the schema of the catalogue accepts', () => {
  const [row] = bundledCatalogue.models.values();
  const anyShape = fc.record({
    model_type: fc.constantFrom(...modelTypes.keys()),
    hidden_size: fc.integer({ min: 1, max: 64 }).map((count) => 128 * count),
    num_hidden_layers: fc.integer({ min: 1, max: 200 }),
    num_attention_heads: fc.constantFrom(1, 2, 8, 64),
    intermediate_size: fc.integer({ min: 1, max: 1e6 }),
    vocab_size: fc.integer({ min: 1, max: 1e6 }),
    num_experts: fc.integer({ min: 1, max: 512 }),
    num_experts_per_tok: fc.integer({ min: 1, max: 4 }),
    first_k_dense_replace: fc.integer({ min: 0, max: 300 }),
    sliding_window: fc.option(fc.integer({ min: 1, max: 1e6 })),
    num_nextn_predict_layers: fc.integer({ min: 0, max: 3 }),
  });
  const accepted = new Set<string>();
  fc.assert(
    fc.property(anyShape, (config) => {
      const outcome = importConfig(config);
      if (!outcome.ok) {
        for (const { field, problem } of outcome.problems) expect(field && problem).not.toBe('');
        return;
      }
      accepted.add(config.model_type);
      const { architecture } = outcome.model;
      expect(modelSchema.safeParse({ ...row, architecture }).success).toBe(true);
      expect(countParameters(architecture).active).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
  expect(accepted.size).toBeGreaterThan(20);
});
