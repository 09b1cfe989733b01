import type { Architecture, LatentAttention, Precision } from '@engine/catalogue/types';
import { readExperts } from './experts';
import { FieldReader, ownField, type FieldProblem } from './field-reader';
import { readMixing } from './mixers';
import { modelTypes, type ModelTypeTraits } from './model-types';
import { readQuantization } from './quantization';
import { readWindow } from './window';

/** A model read from a configuration, and the account of the reading. */
export interface ImportedConfig {
  readonly modelType: string;
  /** as the file calls it; null where it has no name */
  readonly name: string | null;
  readonly architecture: Architecture;
  /** how the weights are stored, where the file says so */
  readonly weightPrecision: Precision | null;
  /** fields that shape the architecture and were read */
  readonly mapped: readonly string[];
  /** fields that nothing was made of */
  readonly unmapped: readonly string[];
  /** what the file leaves open and was taken as usual */
  readonly assumptions: readonly string[];
}

export type ImportOutcome =
  | { readonly ok: true; readonly model: ImportedConfig }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** No configuration of a model is this long [characters]. */
const longestText = 1_000_000;

/** Fields that say how a model is run, named or trained, not how it is built. */
const withoutShape = [
  'model_type',
  'architectures',
  'torch_dtype',
  'dtype',
  'transformers_version',
  'use_cache',
  'bos_token_id',
  'eos_token_id',
  'pad_token_id',
  'initializer_range',
  'rms_norm_eps',
  'layer_norm_eps',
  'layer_norm_epsilon',
  'attention_dropout',
  'hidden_dropout',
  'dropout',
  'resid_pdrop',
  'embd_pdrop',
  'attn_pdrop',
  'rope_theta',
  'rope_scaling',
  'rope_parameters',
  'partial_rotary_factor',
  'pretraining_tp',
  'auto_map',
  'router_aux_loss_coef',
  'output_router_logits',
  'norm_topk_prob',
  'routed_scaling_factor',
  'scoring_func',
  'topk_method',
  'aux_loss_alpha',
  'seq_aux',
  'ep_size',
  'attention_probs_dropout_prob',
  'hidden_act',
  'activation_function',
  '_name_or_path',
  'quantization_config',
  'vision_config',
  'text_config',
];

/** Reads the text of a config.json. */
export function importConfigText(text: string): ImportOutcome {
  if (text.length > longestText) {
    return refuse('', `is longer than ${longestText} characters, which no config.json is`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refuse('', 'is not JSON');
  }
  return importConfig(parsed);
}

/**
 * Maps a Hugging Face config.json to an architecture. Whatever is wrong is a problem with the name of its field; whatever is
 * left open is an assumption; nothing is guessed in silence.
 */
export function importConfig(raw: unknown): ImportOutcome {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return refuse('', 'is not an object with named fields');
  }
  const outer: Readonly<Record<string, unknown>> = { ...raw };
  const inner = ownField(outer, 'text_config');
  const isNested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  const fields: Readonly<Record<string, unknown>> = isNested ? { ...outer, ...inner } : outer;
  const type = ownField(fields, 'model_type');
  if (typeof type !== 'string') return refuse('model_type', 'is missing');
  const traits = modelTypes.get(type);
  if (traits === undefined) {
    return refuse(
      'model_type',
      `'${type.slice(0, 40)}' is not one of ${[...modelTypes.keys()].join(', ')}`,
    );
  }
  const reader = new FieldReader(fields);
  const architecture = readArchitecture(reader, type, traits);
  const quantization = readQuantization(ownField(fields, 'quantization_config'));
  reader.problems.push(...quantization.problems);
  const name = reader.text(['_name_or_path']);
  const mapped = [...reader.read].sort();
  reader.ignore(withoutShape);
  if (isNested) reader.assume('the language part alone: vision and other parts are left out');
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return {
    ok: true,
    model: {
      modelType: type,
      name: name === null || name === '' ? null : name,
      architecture,
      weightPrecision: quantization.precision,
      mapped,
      unmapped: reader.unread().sort(),
      assumptions: reader.assumptions,
    },
  };
}

function refuse(field: string, problem: string): ImportOutcome {
  return { ok: false, problems: [{ field, problem }] };
}

const widthNames = ['hidden_size', 'n_embd', 'd_model'];
const headNames = ['num_attention_heads', 'n_head', 'n_heads'];

function readArchitecture(
  reader: FieldReader,
  type: string,
  traits: ModelTypeTraits,
): Architecture {
  const hidden = reader.required(widthNames);
  const stated = reader.whole(['num_hidden_layers', 'n_layer', 'n_layers', 'num_layers']);
  const hasPattern = type === 'nemotron_h';
  if (stated === null && !hasPattern) reader.required(['num_hidden_layers']);
  const heads = reader.required(headNames);
  const latentAttention = readLatentAttention(reader);
  const headDim = readHeadDim(reader, hidden, heads, latentAttention);
  const keyValueHeads = readKeyValueHeads(reader, heads);
  const mixing = readMixing(reader, type, { layers: stated ?? 1, hidden, heads, headDim });
  const ffn = readFeedForward(reader, hidden, traits);
  const context = reader.whole([
    'max_position_embeddings',
    'n_positions',
    'max_seq_len',
    'n_ctx',
    'seq_length',
  ]);
  if (context === null) reader.assume('context of 2048 tokens: the file states none');
  const hasTied = reader.flag(['tie_word_embeddings']);
  if (hasTied === null) {
    reader.assume(
      `${traits.hasTiedEmbeddings ? 'tied' : 'untied'} embeddings, the default of ${type}`,
    );
  }
  const hasBias = reader.flag(['attention_bias', 'bias']);
  const biases = traits.biases ?? (hasBias ? 'query-key-value' : undefined);
  const mixtureOfExperts = readExperts(reader, mixing.blocks, ffn);
  const slidingWindow = readWindow(reader, stated ?? 1, traits.fullAttentionEvery ?? null);
  const modules = reader.whole(
    ['num_nextn_predict_layers', 'mtp_num_hidden_layers', 'num_mtp_modules'],
    0,
  );
  return {
    layers: mixing.layers,
    hidden,
    heads,
    keyValueHeads,
    headDim,
    ffn,
    isGated: traits.isGated,
    vocabulary: reader.required(['vocab_size']),
    hasTiedEmbeddings: hasTied ?? traits.hasTiedEmbeddings,
    latentAttention,
    mixtureOfExperts,
    ...(mixing.recurrentMixer === null
      ? {}
      : {
          recurrentMixer: mixing.recurrentMixer,
          attentionLayerShare: 1 - mixing.recurrentMixer.layers / mixing.layers,
        }),
    ...(mixing.blocks === mixing.layers ? {} : { feedForwardLayers: mixing.blocks }),
    ...(slidingWindow === null ? {} : { slidingWindow }),
    ...(biases === undefined ? {} : { biases }),
    ...(traits.hasLearnedPositions ? { learnedPositions: context ?? 2048 } : {}),
    ...((reader.flag(['use_qk_norm']) ?? traits.hasQueryKeyNorm) ? { hasQueryKeyNorm: true } : {}),
    ...(traits.hasAttentionGate ? { hasAttentionGate: true } : {}),
    ...(traits.hasPlainActivation ? { hasPlainActivation: true } : {}),
    ...(traits.hasParallelBlocks ? { hasParallelBlocks: true } : {}),
    ...(traits.hasPositionBias ? { hasPositionBias: true } : {}),
    ...(modules === null || modules === 0 ? {} : { predictionModules: modules }),
    contextLength: context ?? 2048,
  };
}

function readLatentAttention(reader: FieldReader): LatentAttention | null {
  const keyValueRank = reader.whole(['kv_lora_rank']);
  if (keyValueRank === null) return null;
  const queryRank = reader.whole(['q_lora_rank'], 0);
  const selected = reader.whole(['index_topk']);
  return {
    queryRank: queryRank === 0 ? null : queryRank,
    keyValueRank,
    noPositionHeadDim: reader.required(['qk_nope_head_dim']),
    rotaryHeadDim: reader.required(['qk_rope_head_dim']),
    valueHeadDim: reader.required(['v_head_dim']),
    ...(selected === null
      ? {}
      : {
          sparse: {
            tokens: selected,
            indexHeads: reader.required(['index_n_heads']),
            indexHeadDim: reader.required(['index_head_dim']),
          },
        }),
  };
}

function readHeadDim(
  reader: FieldReader,
  hidden: number,
  heads: number,
  latent: LatentAttention | null,
): number {
  const stated = reader.whole(['head_dim', 'attention_head_dim', 'kv_channels']);
  if (stated !== null) return stated;
  if (latent !== null) return latent.valueHeadDim;
  const names = [...widthNames, ...headNames];
  const isRead = !reader.problems.some(({ field }) => names.includes(field));
  // Where one of the two cannot be used, that is what has to be mended.
  if (isRead && hidden % heads !== 0) {
    reader.problems.push({
      field: 'head_dim',
      problem: `is missing, and ${hidden} of width are no whole number for each of ${heads} heads`,
    });
  }
  return Math.max(1, Math.floor(hidden / heads));
}

function readKeyValueHeads(reader: FieldReader, heads: number): number {
  const isMultiQuery = reader.flag(['multi_query']);
  const isNewer = reader.flag(['new_decoder_architecture']);
  const stated = reader.whole([
    'num_key_value_heads',
    'num_kv_heads',
    'n_head_kv',
    'attn_config.kv_n_heads',
  ]);
  if (isMultiQuery && !isNewer) return 1;
  // A number of heads that could not be read stands as one, and its problem says enough.
  const isRead = heads > 1 || reader.problems.length === 0;
  if (stated !== null && isRead && heads % stated !== 0) {
    reader.problems.push({
      field: 'num_key_value_heads',
      problem: `is ${stated}, which does not divide the ${heads} heads`,
    });
    return heads;
  }
  return stated ?? heads;
}

function readFeedForward(reader: FieldReader, hidden: number, traits: ModelTypeTraits): number {
  const ffn = reader.whole([
    'intermediate_size_mlp',
    'intermediate_size',
    'ffn_dim',
    'n_inner',
    'ffn_hidden_size',
    'ffn_config.ffn_hidden_size',
    'moe_intermediate_size',
  ]);
  if (ffn !== null) return ffn;
  const ratio = reader.whole(['expansion_ratio']);
  if (ratio !== null) return ratio * hidden;
  if (traits.isGated) {
    reader.required(['intermediate_size']);
    return hidden;
  }
  reader.assume('feed-forward blocks four times as wide as the model: the file states no width');
  return 4 * hidden;
}
