import type { Architecture } from '../catalogue/types';
import { countParameters } from './parameters';

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
 * Forward FLOP of the attention products (scores and weighted values) for one token.
 *
 *   C = 2 · L · n · (a·d_qk + a·d_v)
 *
 * C work [FLOP] · L layers [1] · n tokens attended to [1]: the cache length in decoding, s/2 on average over a causal
 * sequence of s tokens · a heads [1] · d_qk, d_v head widths of query–key and of the value [1]
 *
 * Leaves out: softmax and masking; sliding windows (every layer counts as full attention).
 * Source: Chowdhery et al. 2022, PaLM, appendix B, https://arxiv.org/abs/2204.02311, from memory.
 */
export function attentionFlopPerToken(architecture: Architecture, attendedTokens: number): number {
  const { queryKey, value } = attentionWidths(architecture);
  return 2 * architecture.layers * attendedTokens * (queryKey + value);
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
 * Model FLOP of training on one token, as the PaLM paper counts them for model FLOPs utilisation.
 *
 *   C = 6 · N + 12 · L · H · s
 *
 * C work of the forward and backward pass [FLOP] · N parameters that the token passes through [1] · L layers [1] ·
 * H heads × head width (mean of the query–key and the value width) [1] · s sequence length [1]
 *
 * Leaves out: recomputation (that is hardware FLOPs); the halving by the causal mask, which the paper does not apply either.
 * Source: Chowdhery et al. 2022, PaLM, appendix B, https://arxiv.org/abs/2204.02311, from memory.
 */
export function trainingFlopPerToken(architecture: Architecture, sequenceLength: number): number {
  const { queryKey, value } = attentionWidths(architecture);
  const attention = 6 * architecture.layers * (queryKey + value) * sequenceLength;
  return 6 * countParameters(architecture).active + attention;
}
