import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countParameters } from '@engine/model/parameters';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  importConfig,
  importConfigText,
  type ImportedConfig,
} from '@shared/model-import/import-config';

const folder = join(import.meta.dirname, '../../fixtures/configs');

function textOf(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8');
}

function imported(raw: unknown): ImportedConfig {
  const outcome = typeof raw === 'string' ? importConfigText(raw) : importConfig(raw);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.model;
}

function problemFields(raw: unknown): string[] {
  const outcome = importConfig(raw);
  return outcome.ok ? [] : outcome.problems.map(({ field }) => field);
}

/** Fields as Llama 3.1 8B has them. */
const llama = {
  model_type: 'llama',
  hidden_size: 4096,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  intermediate_size: 14336,
  vocab_size: 128256,
  max_position_embeddings: 131072,
  tie_word_embeddings: false,
};

describe('what is wrong', () => {
  it.each([
    ['hidden_size', -4096],
    ['hidden_size', 1e30],
    ['num_attention_heads', 0],
  ])('%s of %s is told once, without what follows from it', (field, value) => {
    expect(problemFields({ ...llama, head_dim: undefined, [field]: value })).toEqual([field]);
  });

  it('is said once for a field that several parts of a model read', () => {
    const fair: unknown = JSON.parse(textOf('glm-4.7'));
    expect(problemFields({ ...Object(fair), num_hidden_layers: 1e30 })).toEqual([
      'num_hidden_layers',
    ]);
  });

  it('of the heads is not said again of the keys and values that they share', () => {
    expect(problemFields({ ...llama, num_attention_heads: 0 })).toEqual(['num_attention_heads']);
    expect(problemFields({ ...llama, num_attention_heads: 1 })).toEqual(['num_key_value_heads']);
  });
});

describe('a real configuration', () => {
  it.each([
    ['qwen3-next-80b-a3b', 80e9, 3.9e9],
    ['qwen3.5-397b-a17b', 397e9, 17e9],
    ['glm-5', 744e9, 40e9],
    ['glm-4.7', 355e9, 32e9],
    ['kimi-k2', 1.04e12, 32e9],
    ['jamba-1.5-mini', 51.6e9, 12e9],
  ])('of %s counts as many parameters as its publisher', (name, total, active) => {
    const { architecture } = imported(textOf(name));
    const counted = countParameters(architecture);
    expect(Math.abs(counted.total / total - 1)).toBeLessThan(0.015);
    expect(Math.abs(counted.active / active - 1)).toBeLessThan(0.07);
  });

  it.each([
    ['qwen3-next-80b-a3b', 'qwen3-next-80b-a3b', {}],
    // The copy leaves out what the maker's file says of the norms of queries and keys.
    ['glm-4.7', 'glm-4.5', { use_qk_norm: true }],
    ['jamba-1.5-mini', 'jamba-v0.1', {}],
  ])('of %s has as many parameters as the row %s of the catalogue', (name, id, said) => {
    const row = bundledCatalogue.models.get(id);
    if (!row) throw new Error(id);
    const config = { ...(JSON.parse(textOf(name)) as object), ...said };
    const { total } = countParameters(imported(config).architecture);
    expect(total).toBe(countParameters(row.architecture).total);
  });

  it('says what it left out: vision, and fields nobody knows', () => {
    const model = imported(textOf('qwen3.5-397b-a17b'));
    expect(model.unmapped).toContain('image_token_id');
    expect(model.mapped).toContain('linear_num_value_heads');
    expect(model.assumptions.join()).toContain('language part');
    expect(model.architecture.predictionModules).toBe(1);
    expect(model.architecture.recurrentMixer?.layers).toBe(45);
  });
});

describe('a model type', () => {
  it('llama is the row of the catalogue', () => {
    const row = bundledCatalogue.models.get('llama-3.1-8b');
    expect(imported(llama).architecture).toEqual(row?.architecture);
    expect(imported(llama).unmapped).toEqual([]);
    expect(imported(llama).assumptions).toEqual([]);
  });

  it('gpt2 has other names, learned positions and plain blocks', () => {
    const { architecture } = imported({
      model_type: 'gpt2',
      n_embd: 768,
      n_layer: 12,
      n_head: 12,
      n_positions: 1024,
      vocab_size: 50257,
    });
    // Radford et al. 2019: the smallest model has 124 M parameters.
    expect(countParameters(architecture).total).toBe(124_439_808);
  });

  it('falcon with multi-query attention has one key–value head', () => {
    const { architecture } = imported({
      model_type: 'falcon',
      hidden_size: 4544,
      num_hidden_layers: 32,
      num_attention_heads: 71,
      multi_query: true,
      new_decoder_architecture: false,
      vocab_size: 65024,
    });
    expect(architecture.keyValueHeads).toBe(1);
    expect(countParameters(architecture).total / 6.92e9).toBeCloseTo(1, 2);
  });

  it('dbrx keeps its widths in parts', () => {
    const { architecture } = imported({
      model_type: 'dbrx',
      d_model: 6144,
      n_layers: 40,
      n_heads: 48,
      max_seq_len: 32768,
      vocab_size: 100352,
      attn_config: { kv_n_heads: 8 },
      ffn_config: { ffn_hidden_size: 10752, moe_num_experts: 16, moe_top_k: 4 },
    });
    expect(countParameters(architecture).total / 131.6e9).toBeCloseTo(1, 2);
  });

  it('llama4 alternates dense blocks and experts', () => {
    const text = {
      ...llama,
      model_type: 'llama4_text',
      hidden_size: 5120,
      num_hidden_layers: 48,
      num_attention_heads: 40,
      head_dim: 128,
      intermediate_size: 8192,
      intermediate_size_mlp: 16384,
      interleave_moe_layer_step: 2,
      num_local_experts: 128,
      num_experts_per_tok: 1,
      vocab_size: 202048,
    };
    const { architecture } = imported({ model_type: 'llama4', text_config: text });
    expect(architecture.mixtureOfExperts).toEqual({
      experts: 128,
      expertsPerToken: 1,
      expertFfn: 8192,
      sharedExperts: 1,
      denseLayers: 24,
    });
    expect(countParameters(architecture).total / 400e9).toBeCloseTo(1, 2);
  });

  it('nemotron_h lists its blocks', () => {
    // Megatron-Bridge, nemotron_h_provider.py: the 8B model.
    const { architecture } = imported({
      model_type: 'nemotron_h',
      hybrid_override_pattern: 'M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M*-M-M-M-M-M-',
      hidden_size: 4096,
      num_attention_heads: 32,
      num_key_value_heads: 8,
      head_dim: 128,
      mamba_num_heads: 128,
      mamba_head_dim: 64,
      n_groups: 8,
      ssm_state_size: 128,
      conv_kernel: 4,
      intermediate_size: 21504,
      vocab_size: 131072,
      num_hidden_layers: 52,
    });
    expect(architecture).toMatchObject({ layers: 28, feedForwardLayers: 24 });
    expect(architecture.recurrentMixer?.layers).toBe(24);
    expect(countParameters(architecture).total / 8.1e9).toBeCloseTo(1, 2);
  });

  it('minimax lists which layers attend', () => {
    const { architecture } = imported({
      ...llama,
      model_type: 'minimax',
      attn_type_list: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1].concat([
        0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
      ]),
    });
    expect(architecture.recurrentMixer).toEqual({
      kind: 'lightning',
      layers: 28,
      heads: 32,
      headDim: 128,
    });
  });

  it('lfm2_moe lists its convolutions and starts with dense layers', () => {
    // Published fine-tune of LiquidAI/LFM2-8B-A1B: huggingface.co/Ba2han/augment-multi-ft2.
    const three = ['conv', 'conv', 'conv', 'full_attention'];
    const kinds = ['conv', 'conv', 'full_attention'].concat(three, three, three, three);
    const { architecture } = imported({
      model_type: 'lfm2_moe',
      conv_L_cache: 3,
      hidden_size: 2048,
      intermediate_size: 7168,
      layer_types: kinds.concat(['conv', 'conv', 'full_attention', 'conv', 'conv']),
      moe_intermediate_size: 1792,
      num_attention_heads: 32,
      num_dense_layers: 2,
      num_experts: 32,
      num_experts_per_tok: 4,
      num_hidden_layers: 24,
      num_key_value_heads: 8,
      tie_word_embeddings: true,
      vocab_size: 65536,
      max_position_embeddings: 128000,
    });
    expect(architecture.recurrentMixer).toEqual({
      kind: 'short-convolution',
      layers: 18,
      width: 2048,
      convolution: 3,
    });
    expect(countParameters(architecture).total / 8.3e9).toBeCloseTo(1, 1);
    expect(countParameters(architecture).active / 1.5e9).toBeCloseTo(1, 1);
  });

  it('kimi_linear lists its layers of delta attention', () => {
    const { architecture } = imported({
      ...llama,
      model_type: 'kimi_linear',
      kv_lora_rank: 512,
      qk_nope_head_dim: 128,
      qk_rope_head_dim: 64,
      v_head_dim: 128,
      linear_attn_config: {
        full_attn_layers: [4],
        kda_layers: [1, 2, 3],
        num_heads: 8,
        head_dim: 32,
        short_conv_kernel_size: 4,
      },
    });
    expect(architecture.recurrentMixer).toEqual({
      kind: 'kimi-delta',
      layers: 3,
      heads: 8,
      headDim: 32,
      convolution: 4,
    });
    expect(architecture.latentAttention?.keyValueRank).toBe(512);
  });

  it('gpt_oss lists its windows, gemma3 states a pattern, qwen2 may not use its window', () => {
    const kinds = ['sliding_attention', 'full_attention'];
    const listed = { ...llama, model_type: 'gpt_oss', sliding_window: 128, layer_types: kinds };
    expect(imported(listed).architecture.slidingWindow).toEqual({ tokens: 128, layerShare: 0.5 });
    expect(imported(listed).architecture.hasPlainActivation).toBe(true);
    expect(imported(llama).architecture.hasPlainActivation).toBeUndefined();
    const pattern = {
      ...llama,
      model_type: 'gemma3_text',
      sliding_window: 1024,
      num_hidden_layers: 48,
    };
    expect(imported(pattern).architecture.slidingWindow).toEqual({
      tokens: 1024,
      layerShare: 40 / 48,
    });
    const unused = {
      ...llama,
      model_type: 'qwen2',
      sliding_window: 4096,
      use_sliding_window: false,
    };
    expect(imported(unused).architecture.slidingWindow).toBeUndefined();
    const mistral = imported({ ...llama, model_type: 'mistral', sliding_window: 4096 });
    expect(mistral.architecture.slidingWindow).toEqual({ tokens: 4096, layerShare: 1 });
    expect(mistral.assumptions.join()).toContain('4096 tokens');
  });

  it.each([
    [{ quant_method: 'fp8' }, 'fp8'],
    [{ quant_method: 'awq', bits: 4 }, 'fp4'],
    [{ quant_method: 'gptq', bits: 8 }, 'int8'],
    [{ quant_method: 'mxfp4' }, 'fp4'],
    [{ quant_method: 'modelopt', quant_algo: 'NVFP4' }, 'fp4'],
    [{ load_in_4bit: true }, 'fp4'],
    [{ quant_method: 'something new' }, null],
  ])('stored as %j has weights in %s', (quantization_config, precision) => {
    expect(imported({ ...llama, quantization_config }).weightPrecision).toBe(precision);
  });
});

describe('hostile input', () => {
  it.each<[string, unknown]>([
    ['num_hidden_layers', '32'],
    ['hidden_size', -4096],
    ['vocab_size', Number.NaN],
    ['intermediate_size', 1e30],
    ['num_attention_heads', [32]],
    ['num_hidden_layers', 0.5],
    ['hidden_size', undefined],
    ['vocab_size', null],
    ['num_key_value_heads', 7],
    ['tie_word_embeddings', 'no'],
    ['num_key_value_heads', { a: 1 }],
  ])('%s as %j is a problem with that name', (field, value) => {
    expect(problemFields({ ...llama, [field]: value })).toContain(field);
  });

  it('gets one problem per field', () => {
    const fields = problemFields({
      ...llama,
      hidden_size: 'a',
      vocab_size: -1,
      num_hidden_layers: {},
    });
    expect(fields).toEqual(
      expect.arrayContaining(['hidden_size', 'vocab_size', 'num_hidden_layers']),
    );
  });

  it.each([[null], [7], ['text'], [[]], [{}], [{ model_type: 'bert' }], [{ model_type: {} }]])(
    '%j is refused with a reason',
    (raw) => {
      expect(problemFields(raw).length).toBeGreaterThan(0);
    },
  );

  it('that is too long, too deep or no JSON is refused', () => {
    const texts = [
      '',
      '{',
      `"${'a'.repeat(10_000_000)}"`,
      '['.repeat(200_000),
      '{"a":'.repeat(100_000),
    ];
    for (const text of texts) expect(importConfigText(text).ok).toBe(false);
  });

  it('cannot reach the prototype', () => {
    const text = JSON.stringify(llama).replace('{', '{"__proto__":{"head_dim":1},"constructor":7,');
    const model = imported(text);
    expect(model.architecture.headDim).toBe(128);
    expect(model.unmapped).toContain('__proto__');
    expect(({} as Record<string, unknown>)['head_dim']).toBeUndefined();
  });

  it('of any kind ends in an answer or in named problems', () => {
    const anyField = fc.oneof(
      fc.constantFrom(...Object.keys(llama), 'num_experts', 'layer_types'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.dictionary(anyField, fc.jsonValue()), (changes) => {
        const outcome = importConfig({ ...llama, ...changes });
        if (!outcome.ok) {
          expect(outcome.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const value of Object.values(countParameters(outcome.model.architecture))) {
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});

it('every field is read, ignored for a reason, or told', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((name) => !(name in llama)),
      (name) => {
        const outcome = importConfig({ ...llama, [`x-${name}`]: 1 });
        expect(outcome.ok && outcome.model.unmapped).toEqual([`x-${name}`]);
      },
    ),
  );
});
