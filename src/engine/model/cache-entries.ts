import type { Architecture } from '../catalogue/types';
import { layerKinds } from './layer-kinds';

/** Mean of the smaller of a length and k, over the lengths from c to c + n. */
function meanUpTo(tokens: number, cached: number, most: number): number {
  const sum = (length: number): number =>
    length <= most ? length ** 2 / 2 : most ** 2 / 2 + (length - most) * most;
  return (sum(cached + tokens) - sum(cached)) / tokens;
}

/**
 * Entries that a sequence of n tokens keeps in the cache, summed over the layers.
 *
 *   N = L_full · n + L_window · min(n, w)
 *   pooled: N = L · min(n, w) + (L_f / r_f · (1 + d_i / d) + L_c / r_c) · n
 *
 * L layers with attention, by kind [1] · w window [1] · L_f, L_c layers with fine and with coarse entries [1], of r_f and r_c tokens [1] · d_i, d
 * widths of a key of the indexer and of an entry [1]
 *
 * Leaves out: tokens that wait for their pool to fill; the indexer of a cache that is not pooled. Source: DeepSeek-AI 2026, DeepSeek-V4,
 * as in https://huggingface.co/docs/transformers/main/model_doc/deepseek_v4.
 */
export function keptEntries(architecture: Architecture, tokens: number): number {
  const { full, windowed, window } = layerKinds(architecture);
  const pooled = architecture.latentAttention?.pooled;
  if (!pooled) return full * tokens + windowed * Math.min(tokens, window);
  return full * Math.min(tokens, pooled.window) + entriesPerToken(architecture) * tokens;
}

/** Entries that a further token adds to the cache, over all layers with attention: as keptEntries, but for windows. */
export function entriesPerToken(architecture: Architecture): number {
  const { full, windowed } = layerKinds(architecture);
  const pooled = architecture.latentAttention?.pooled;
  if (!pooled) return full + windowed;
  const { fine, coarse } = pooled;
  return (
    (fine.layers / fine.tokens) * (1 + indexShare(architecture)) + coarse.layers / coarse.tokens
  );
}

/** Width of a key of the indexer over that of an entry of the latent cache; 0 without an indexer. */
export function indexShare({ latentAttention }: Architecture): number {
  if (!latentAttention?.sparse) return 0;
  const { keyValueRank, rotaryHeadDim, sparse } = latentAttention;
  return sparse.indexHeadDim / (keyValueRank + rotaryHeadDim);
}

/** Entries that attention works through for one token, and those that an indexer looks at to select them. */
export interface AttendedEntries {
  readonly attended: number;
  readonly indexed: number;
}

/**
 * Entries that the tokens from c to c + n of a sequence attend to, on average over them and summed over the layers; of one token where n
 * is 0.
 *
 *   N = L_full · x + L_window · min(x, w)        selected: L · min(x, k)
 *   pooled: N = L · min(x, w) + L_f · min(x / r_f, k) + L_c · x / r_c
 *
 * x tokens before a token [1] · k entries that are selected [1], others as in keptEntries; an indexer looks at L · x, or L_f · x / r_f
 *
 * Leaves out: that the window is not among the selected ones. Source: as keptEntries; DeepSeek-V3.2 2025, https://arxiv.org/abs/2512.02556.
 */
export function attendedEntries(
  architecture: Architecture,
  cachedTokens: number,
  tokens = 0,
): AttendedEntries {
  const { full, windowed, window } = layerKinds(architecture);
  const { sparse, pooled } = architecture.latentAttention ?? {};
  const mean = cachedTokens + tokens / 2;
  const upTo = (most: number, pool = 1): number =>
    tokens > 0
      ? meanUpTo(tokens / pool, cachedTokens / pool, most)
      : Math.min(cachedTokens / pool, most);
  const selected = sparse?.tokens ?? Infinity;
  if (pooled) {
    const { fine, coarse } = pooled;
    return {
      attended:
        full * upTo(pooled.window) +
        fine.layers * upTo(selected, fine.tokens) +
        (coarse.layers * mean) / coarse.tokens,
      indexed: (fine.layers * mean) / fine.tokens,
    };
  }
  if (sparse) return { attended: full * upTo(selected), indexed: full * mean };
  return { attended: full * mean + windowed * Math.min(mean, window), indexed: 0 };
}
