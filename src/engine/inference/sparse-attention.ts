import type { LatentAttention } from '../catalogue/types';
import { attendedEntries } from '../model/cache-entries';
import type { Serving } from './serving';
import { reachedShare } from './slow-units';

/**
 * Time of attention over prompts of s tokens of which every token attends to the k that a small indexer selects, over a latent cache.
 *
 *   t = n · s · ( 2 · h_p · (2 r + d_r) · N_k / (a · P) + 2 · h_i · d_i · N_i / (a · P_8) )
 *   h_p = max(h / T, h_least)
 *
 * n prompts [1] · h heads, T accelerators that share them [1] · h_least heads that the kernel works on at least, padded where an
 * accelerator has fewer [1] · r, d_r widths of the latent cache · N_k, N_i entries attended to and looked at by the indexer, over all layers, see attendedEntries [1] · h_i, d_i heads of the indexer
 * and their width, which every accelerator has all of [1] · P, P_8 16-bit and 8-bit peak [FLOP/s] · a share of it reached [1]
 *
 * Where attention runs in groups, each accelerator has all heads of its own prompts.
 *
 * Leaves out: selecting the k; prompts of up to k tokens, which attend to all and may be processed as without an indexer.
 * Source: DeepSeek-V3.2 2025, https://arxiv.org/abs/2512.02556, section 2; heads: FlashMLA's kernel for sparse prompts and SGLang,
 * which pads for it (both from memory).
 */
export function sparsePromptSeconds(
  serving: Serving,
  latent: LatentAttention,
  prompts: number,
  promptTokens: number,
  cachedTokens = 0,
): number {
  const { device, architecture, constants, tensorParallel, attentionGroups } = serving;
  const { sparse } = latent;
  if (!sparse) return 0;
  const ranks = tensorParallel / attentionGroups;
  const heads = Math.max(architecture.heads / ranks, constants.sparseHeads);
  const { attended, indexed } = attendedEntries(architecture, cachedTokens, promptTokens);
  const width = 2 * latent.keyValueRank + latent.rotaryHeadDim;
  const { bf16 = device.rates.fp16, fp8 = bf16 } = device.rates;
  const attending = (2 * heads * width * attended) / (bf16?.peakFlopPerSecond ?? 0);
  const indexing =
    (2 * sparse.indexHeads * sparse.indexHeadDim * indexed) / (fp8?.peakFlopPerSecond ?? 0);
  const rows = (prompts * promptTokens) / attentionGroups;
  return (rows * (attending + indexing)) / reachedShare(serving, constants.attentionShare);
}
