import type { Architecture, Precision } from '../catalogue/types';
import { countParameters } from './parameters';
import { bytesPerElement } from './precision';

/**
 * Bytes that one token of context keeps in the key–value cache, over all layers and all heads.
 *
 *   B = 2 · L · a_kv · d · b              (multi-head, grouped-query, multi-query attention)
 *   B = L · (r_kv + d_r) · b              (multi-head latent attention)
 *
 * B cache [B/token] · L layers [1] · a_kv key–value heads [1] · d head width [1] · r_kv key–value rank [1] ·
 * d_r rotary width [1] · b bytes per element [B]
 *
 * Leaves out: paging granularity; sliding windows (every layer counts as full attention); copies on tensor-parallel ranks
 * beyond the number of key–value heads.
 * Source: Ainslie et al. 2023, https://arxiv.org/abs/2305.13245; DeepSeek-V2 2024, table 1,
 * https://arxiv.org/abs/2405.04434; both from memory.
 */
export function keyValueBytesPerToken(architecture: Architecture, elementBytes: number): number {
  const { layers, keyValueHeads, headDim, latentAttention } = architecture;
  const perLayer = latentAttention
    ? latentAttention.keyValueRank + latentAttention.rotaryHeadDim
    : 2 * keyValueHeads * headDim;
  return layers * perLayer * elementBytes;
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
