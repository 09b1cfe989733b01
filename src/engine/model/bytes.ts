import type { Architecture, Precision } from '../catalogue/types';
import { entriesPerToken, keptEntries } from './cache-entries';
import { layerKinds } from './layer-kinds';
import { countParameters } from './parameters';
import { bytesPerElement } from './precision';
import { recurrentSize } from './recurrent-mixer';

/** Numbers that one attention layer keeps of one token. */
function cachedPerLayer({ keyValueHeads, headDim, latentAttention }: Architecture): number {
  return latentAttention
    ? latentAttention.keyValueRank + latentAttention.rotaryHeadDim
    : 2 * keyValueHeads * headDim;
}

/**
 * Bytes that one token of context keeps in the key–value cache, over all layers and all heads.
 *
 *   B = 2 · L · a_kv · d · b              (multi-head, grouped-query, multi-query attention)
 *   B = L · (r_kv + d_r) · b              (multi-head latent attention)
 *
 * B cache [B/token] · L layers with attention, or entries per token where they are pooled, see entriesPerToken [1] · a_kv key–value heads [1] · d head width [1] · r_kv key–value rank [1] ·
 * d_r rotary width [1] · b bytes per element [B]
 *
 * Leaves out: paging granularity; sliding windows (every layer with attention counts as full attention, see
 * cacheBytesPerSequence); copies on tensor-parallel ranks beyond the number of key–value heads.
 * Source: Ainslie et al. 2023, https://arxiv.org/abs/2305.13245; DeepSeek-V2 2024, table 1,
 * https://arxiv.org/abs/2405.04434; both from memory.
 */
export function keyValueBytesPerToken(architecture: Architecture, elementBytes: number): number {
  return entriesPerToken(architecture) * cachedPerLayer(architecture) * elementBytes;
}

/**
 * Bytes that a sequence of a given length keeps between two tokens: cache of the layers with attention, and states of the
 * recurrent ones.
 *
 *   B = N(n) · c · b + L_recurrent · S · b_s
 *
 * B memory [B] · N entries of n tokens of context, see keptEntries [1] · L layers by kind [1] · c numbers per token and layer, 2 · a_kv · d or
 * r_kv + d_r [1] · b bytes per element of the cache [B] · S numbers of one recurrent state [1] · b_s bytes per number of it [B]
 *
 * Leaves out: paging granularity; engines that keep the whole cache of windowed layers.
 * Source: Beltagy et al. 2020, https://arxiv.org/abs/2004.05150 (windows), from memory; states as recurrentSize.
 */
export function cacheBytesPerSequence(
  architecture: Architecture,
  contextTokens: number,
  elementBytes: number,
  stateBytes = 4,
): number {
  const { recurrent } = layerKinds(architecture);
  const entries = keptEntries(architecture, contextTokens);
  const { recurrentMixer } = architecture;
  const state = recurrentMixer ? recurrent * recurrentSize(recurrentMixer).state : 0;
  return entries * cachedPerLayer(architecture) * elementBytes + state * stateBytes;
}

/**
 * Bytes of all weights stored in one precision.
 *
 *   W = N · b
 *
 * W weights [B] · N parameters [1] · b bytes per element [B]
 *
 * Leaves out: scale factors of block formats; parts that a checkpoint keeps in a wider format (embeddings, norms, router).
 * Source: definition.
 */
export function weightBytes(architecture: Architecture, precision: Precision): number {
  return countParameters(architecture).total * bytesPerElement(precision);
}
