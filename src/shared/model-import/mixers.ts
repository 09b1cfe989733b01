import type { RecurrentMixer } from '@engine/catalogue/types';
import type { FieldReader } from './field-reader';

/** How the layers of a configuration mix tokens. */
export interface Mixing {
  /** layers with attention or a recurrence */
  readonly layers: number;
  /** layers followed by a feed-forward block */
  readonly blocks: number;
  readonly recurrentMixer: RecurrentMixer | null;
}

/** Blocks of one kind each, as Nemotron-H lists them: M a recurrence, * attention, - or E a feed-forward block. */
const kindOfLetter: ReadonlyMap<string, string> = new Map([
  ['M', 'mamba'],
  ['*', 'attention'],
  ['-', 'mlp'],
  ['E', 'moe'],
]);

function readNemotron(reader: FieldReader): Mixing {
  const pattern = reader.text(['hybrid_override_pattern', 'hybrid_layer_pattern']);
  const listed = reader.list(['layers_block_type']);
  const kinds =
    pattern === null
      ? (listed ?? [])
      : Array.from(pattern, (letter) => kindOfLetter.get(letter) ?? letter);
  const countOf = (...names: string[]): number =>
    kinds.filter((kind) => names.includes(String(kind))).length;
  const recurrent = countOf('mamba', 'linear_attention');
  const attention = countOf('attention', 'full_attention');
  const blocks = countOf('mlp', 'moe');
  if (recurrent + attention === 0 || recurrent + attention + blocks !== kinds.length) {
    reader.problems.push({
      field: pattern === null ? 'layers_block_type' : 'hybrid_override_pattern',
      problem: 'names no layers, or kinds of layers that are not known',
    });
  }
  const recurrentMixer: RecurrentMixer = {
    kind: 'mamba-2',
    layers: recurrent,
    heads: reader.required(['mamba_num_heads']),
    headDim: reader.required(['mamba_head_dim']),
    groups: reader.required(['n_groups']),
    stateWidth: reader.required(['ssm_state_size']),
    convolution: reader.required(['conv_kernel']),
  };
  const layers = Math.max(1, recurrent + attention);
  return { layers, blocks, recurrentMixer: recurrent > 0 ? recurrentMixer : null };
}

function readJamba(reader: FieldReader, layers: number, hidden: number): Mixing {
  const period = reader.required(['attn_layer_period']);
  reader.whole(['attn_layer_offset'], 0);
  const recurrentMixer: RecurrentMixer = {
    kind: 'mamba',
    layers: layers - Math.floor(layers / period),
    innerWidth: reader.required(['mamba_expand']) * hidden,
    stateWidth: reader.required(['mamba_d_state']),
    timeStepRank: reader.whole(['mamba_dt_rank']) ?? Math.ceil(hidden / 16),
    convolution: reader.required(['mamba_d_conv']),
  };
  return { layers, blocks: layers, recurrentMixer };
}

function readGatedDelta(reader: FieldReader, layers: number): Mixing {
  const interval = reader.whole(['full_attention_interval']) ?? 4;
  const kinds = reader.list(['layer_types']);
  const recurrent =
    kinds === null
      ? layers - Math.floor(layers / interval)
      : kinds.filter((kind) => kind === 'linear_attention').length;
  const recurrentMixer: RecurrentMixer = {
    kind: 'gated-delta',
    layers: Math.min(layers, recurrent),
    keyHeads: reader.required(['linear_num_key_heads']),
    keyHeadDim: reader.required(['linear_key_head_dim']),
    valueHeads: reader.required(['linear_num_value_heads']),
    valueHeadDim: reader.required(['linear_value_head_dim']),
    convolution: reader.required(['linear_conv_kernel_dim']),
  };
  return { layers, blocks: layers, recurrentMixer };
}

function readLightning(
  reader: FieldReader,
  layers: number,
  heads: number,
  headDim: number,
): Mixing {
  const kinds = reader.list(['attn_type_list', 'layer_types']);
  const recurrent = kinds?.filter((kind) => kind === 0 || kind === 'linear_attention').length ?? 0;
  if (recurrent === 0) return { layers, blocks: layers, recurrentMixer: null };
  return {
    layers,
    blocks: layers,
    recurrentMixer: { kind: 'lightning', layers: Math.min(layers, recurrent), heads, headDim },
  };
}

function readKimiLinear(reader: FieldReader, layers: number): Mixing {
  const recurrent = reader.list(['linear_attn_config.kda_layers'])?.length ?? 0;
  const recurrentMixer: RecurrentMixer = {
    kind: 'kimi-delta',
    layers: Math.min(layers, recurrent),
    heads: reader.required(['linear_attn_config.num_heads']),
    headDim: reader.required(['linear_attn_config.head_dim']),
    convolution: reader.required(['linear_attn_config.short_conv_kernel_size']),
  };
  return { layers, blocks: layers, recurrentMixer: recurrent > 0 ? recurrentMixer : null };
}

function readShortConvolution(reader: FieldReader, layers: number, hidden: number): Mixing {
  const kinds = reader.list(['layer_types']);
  const recurrent = kinds?.filter((kind) => kind === 'conv').length ?? 0;
  const recurrentMixer: RecurrentMixer = {
    kind: 'short-convolution',
    layers: Math.min(layers, recurrent),
    width: hidden,
    convolution: reader.required(['conv_L_cache']),
  };
  return { layers, blocks: layers, recurrentMixer: recurrent > 0 ? recurrentMixer : null };
}

/** Reads which layers attend and which do something else, by the type of the model. */
export function readMixing(
  reader: FieldReader,
  type: string,
  shape: {
    readonly layers: number;
    readonly hidden: number;
    readonly heads: number;
    readonly headDim: number;
  },
): Mixing {
  const { layers, hidden, heads, headDim } = shape;
  if (type === 'nemotron_h') return readNemotron(reader);
  if (type === 'jamba') return readJamba(reader, layers, hidden);
  if (/^qwen3_(next|5)/.test(type)) return readGatedDelta(reader, layers);
  if (type === 'kimi_linear') return readKimiLinear(reader, layers);
  if (/^lfm2/.test(type)) return readShortConvolution(reader, layers, hidden);
  if (type === 'minimax' || type === 'minimax_text_01')
    return readLightning(reader, layers, heads, headDim);
  return { layers, blocks: layers, recurrentMixer: null };
}
