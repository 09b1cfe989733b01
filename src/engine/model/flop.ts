import type { Architecture } from '../catalogue/types';
import { attendedEntries } from './cache-entries';
import { layerKinds } from './layer-kinds';
import { countParameters } from './parameters';
import { recurrentSize } from './recurrent-mixer';

/** Width of the query–key product and of the value, over all heads of one layer. */
function attentionWidths(architecture: Architecture): { queryKey: number; value: number } {
  const { heads, headDim, latentAttention } = architecture;
  return latentAttention
    ? {
        queryKey: heads * (latentAttention.noPositionHeadDim + latentAttention.rotaryHeadDim),
        value: heads * latentAttention.valueHeadDim,
      }
    : { queryKey: heads * headDim, value: heads * headDim };
}

/**
 * Forward FLOP of the attention products (scores and weighted values) for one token, and of the recurrence that stands in
 * their place in some layers of hybrid models.
 *
 *   C = 2 · (L_full · n + L_window · min(n, w)) · (a·d_qk + a·d_v) + L_recurrent · R
 *
 * C work [FLOP] · L layers by kind [1] · n tokens attended to [1]: the cache length in decoding, s/2 on average over a causal
 * sequence of s tokens · w window [1] · a heads [1] · d_qk, d_v head widths of query–key and of the value [1] · R operations
 * of one recurrence [FLOP]; entries of a pooled cache in place of tokens, see attendedEntries
 *
 * Leaves out: softmax and masking; the shorter windows of the first tokens.
 * Source: Chowdhery et al. 2022, PaLM, appendix B, https://arxiv.org/abs/2204.02311, from memory; R as recurrentSize.
 */
export function attentionFlopPerToken(architecture: Architecture, attendedTokens: number): number {
  const { queryKey, value } = attentionWidths(architecture);
  const { recurrentMixer } = architecture;
  const { full, windowed, window, recurrent } = layerKinds(architecture);
  const attended = architecture.latentAttention?.pooled
    ? attendedEntries(architecture, attendedTokens).attended
    : full * attendedTokens + windowed * Math.min(attendedTokens, window);
  const recurrence = recurrentMixer ? recurrent * recurrentSize(recurrentMixer).recurrenceFlop : 0;
  return 2 * attended * (queryKey + value) + recurrence;
}

/**
 * Forward FLOP for one token.
 *
 *   C = 2 · N_m + C_attention(n)
 *
 * C work [FLOP] · N_m parameters in matrices that the token is multiplied by, output head included [1] ·
 * n tokens attended to [1]
 *
 * Leaves out: norms, activation functions, rotary embedding, softmax.
 * Source: Kaplan et al. 2020, section 2.1, https://arxiv.org/abs/2001.08361, from memory.
 */
export function forwardFlopPerToken(architecture: Architecture, attendedTokens: number): number {
  return (
    2 * countParameters(architecture).multipliedPerToken +
    attentionFlopPerToken(architecture, attendedTokens)
  );
}

/**
 * Forward FLOP for one token of the modules that predict tokens further ahead.
 *
 *   C = 2 · M · (N_layer + N_head + 2·h²) + M / L · C_attention(n)
 *
 * C work [FLOP] · M modules [1] · N_layer parameters of the last layer that the token is multiplied by [1] · N_head of the output
 * head [1] · h hidden width [1] · L layers [1] · n tokens attended to [1]
 *
 * Leaves out: norms. Source: DeepSeek-AI 2024, DeepSeek-V3, section 2.2, https://arxiv.org/abs/2412.19437, from memory.
 */
export function predictionFlopPerToken(architecture: Architecture, attendedTokens: number): number {
  const modules = architecture.predictionModules ?? 0;
  if (modules === 0) return 0;
  const counts = countParameters(architecture);
  const { attentionPerLayer, activeExpertFeedForward, denseFeedForward, outputHead } = counts;
  const block = architecture.mixtureOfExperts ? activeExpertFeedForward : denseFeedForward;
  const products = attentionPerLayer + block + outputHead + 2 * architecture.hidden ** 2;
  const attention = attentionFlopPerToken(architecture, attendedTokens) / architecture.layers;
  return modules * (2 * products + attention);
}

/**
 * Model FLOP of training on one token, as the PaLM paper counts them for model FLOPs utilisation.
 *
 *   C = 6 · N + 12 · L · H · s
 *
 * C work of the forward and backward pass [FLOP] · N parameters that the token passes through [1] · L layers with attention,
 * each over its window where it has one [1] · H heads × head width (mean of the query–key and the value width) [1] ·
 * s sequence length [1]; recurrences count three times their forward work
 *
 * Leaves out: recomputation (that is hardware FLOPs); the halving by the causal mask, which the paper does not apply either.
 * Source: Chowdhery et al. 2022, PaLM, appendix B, https://arxiv.org/abs/2204.02311, from memory.
 */
export function trainingFlopPerToken(architecture: Architecture, sequenceLength: number): number {
  return (
    6 * countParameters(architecture).active +
    3 * attentionFlopPerToken(architecture, sequenceLength)
  );
}
