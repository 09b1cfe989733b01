import { describe, expect, it } from 'vitest';
import { readExperts } from '@shared/model-import/experts';
import { FieldReader } from '@shared/model-import/field-reader';
import { readMixing } from '@shared/model-import/mixers';
import { modelTypes } from '@shared/model-import/model-types';
import { readQuantization } from '@shared/model-import/quantization';
import { readWindow } from '@shared/model-import/window';

const shape = { layers: 48, hidden: 4_096, heads: 32, headDim: 128 };

describe('experts', () => {
  const some = { num_experts: 8, num_experts_per_tok: 2, moe_intermediate_size: 1_024 };

  it.each<[object, number]>([
    [{}, 0],
    [{ first_k_dense_replace: 3 }, 3],
    [{ interleave_moe_layer_step: 2 }, 24],
    [{ decoder_sparse_step: 1, mlp_only_layers: [0, 5] }, 2],
    [{ expert_layer_period: 4 }, 36],
    [{ first_k_dense_replace: 100 }, 48],
  ])('of %j leave that many dense layers of 48', (fields, dense) => {
    const reader = new FieldReader({ ...some, ...fields });
    expect(readExperts(reader, 48, 4_096)?.denseLayers).toBe(dense);
  });

  it('are none where there is one or no number of them', () => {
    expect(readExperts(new FieldReader({}), 48, 4_096)).toBeNull();
    expect(readExperts(new FieldReader({ num_experts: 1 }), 48, 4_096)).toBeNull();
  });

  it('cannot be visited more often than there are any', () => {
    const reader = new FieldReader({ ...some, num_experts_per_tok: 9 });
    readExperts(reader, 48, 4_096);
    expect(reader.problems.map(({ field }) => field)).toEqual(['num_experts_per_tok']);
  });

  it('may work in a latent width, beside a shared one', () => {
    const fields = { ...some, moe_latent_size: 512, moe_shared_expert_intermediate_size: 2_048 };
    expect(readExperts(new FieldReader(fields), 48, 4_096)).toMatchObject({
      latentWidth: 512,
      sharedExperts: 1,
      sharedFfn: 2_048,
    });
  });
});

describe('mixing of tokens', () => {
  it('is attention in every layer of most models', () => {
    const mixing = readMixing(new FieldReader({}), 'llama', shape);
    expect(mixing).toEqual({ layers: 48, blocks: 48, recurrentMixer: null });
  });

  it('of a pattern with unknown letters is a problem', () => {
    const reader = new FieldReader({ hybrid_override_pattern: 'M*X' });
    readMixing(reader, 'nemotron_h', shape);
    expect(reader.problems.map(({ field }) => field)).toContain('hybrid_override_pattern');
  });

  it('of a list of blocks is the same as of its letters', () => {
    const sizes = {
      mamba_num_heads: 64,
      mamba_head_dim: 64,
      n_groups: 8,
      ssm_state_size: 128,
      conv_kernel: 4,
    };
    const letters = new FieldReader({ ...sizes, hybrid_override_pattern: 'MEM*E' });
    const listed = new FieldReader({
      ...sizes,
      layers_block_type: ['mamba', 'moe', 'mamba', 'attention', 'moe'],
    });
    const mixing = readMixing(letters, 'nemotron_h', shape);
    expect(readMixing(listed, 'nemotron_h', shape)).toEqual(mixing);
    expect(mixing).toMatchObject({ layers: 3, blocks: 2, recurrentMixer: { layers: 2 } });
    expect(letters.problems).toEqual([]);
  });

  it('lacks nothing of a recurrence in silence', () => {
    const reader = new FieldReader({});
    readMixing(reader, 'qwen3_next', shape);
    expect(reader.problems.map(({ field }) => field)).toContain('linear_num_value_heads');
  });
});

describe('a window', () => {
  it('may be unused, absent, listed, in a pattern or everywhere', () => {
    const window = (fields: Record<string, unknown>, every: number | null) =>
      readWindow(new FieldReader(fields), 12, every);
    expect(window({}, 6)).toBeNull();
    expect(window({ sliding_window: 512, use_sliding_window: false }, null)).toBeNull();
    expect(window({ sliding_window: 512, layer_types: ['full_attention'] }, null)).toBeNull();
    expect(window({ sliding_window: 512 }, 6)).toEqual({ tokens: 512, layerShare: 10 / 12 });
    expect(window({ sliding_window: 512, sliding_window_pattern: 4 }, 6)?.layerShare).toBe(0.75);
    expect(window({ sliding_window: 512 }, null)).toEqual({ tokens: 512, layerShare: 1 });
  });
});

describe('stored weights', () => {
  it('are told by method, algorithm or bits, and problems by their place', () => {
    expect(readQuantization(undefined)).toEqual({ precision: null, problems: [] });
    expect(readQuantization({ quant_method: 'FP8' }).precision).toBe('fp8');
    expect(readQuantization('fp8').problems[0]?.field).toBe('quantization_config');
    expect(readQuantization({ bits: 'four' }).problems[0]?.field).toBe('quantization_config.bits');
  });
});

it('model types are known by the names of their programs', () => {
  for (const type of ['llama', 'deepseek_v3', 'qwen3_next', 'gpt_oss', 'nemotron_h', 'gemma3']) {
    expect(modelTypes.has(type)).toBe(true);
  }
  for (const [type, traits] of modelTypes) {
    expect(type).toMatch(/^[a-z0-9_-]+$/);
    if (traits.hasLearnedPositions) expect(traits.isGated).toBe(false);
  }
});
