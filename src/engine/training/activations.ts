import type { Architecture, MixtureOfExperts, Precision } from '../catalogue/types';
import { bytesPerElement } from '../model/precision';
import type { Recompute } from '../plan';
import { keepsScores, type TrainingSoftware } from './software';

/** What a framework keeps between the forward and the backward pass. */
export interface ActivationStyle {
  /** fused attention keeps no score matrix */
  readonly hasFusedAttention: boolean;
  /** dropout masks of GPT-3's time: one byte per element after attention and after the feed-forward block */
  readonly hasDropout: boolean;
  /**
   * selective recomputation also covers what is cheap to compute again: norms, activation functions, the expansion of
   * latent attention and the combination of experts; without it only the attention core, as in the paper of 2022
   */
  readonly recomputesCheapModules: boolean;
}

/** How language models are trained since 2023. */
export const modernStyle: ActivationStyle = {
  hasFusedAttention: true,
  hasDropout: false,
  recomputesCheapModules: true,
};

/** Megatron-LM and DeepSpeed of 2021 and 2022. */
const earlyStyle: ActivationStyle = {
  hasFusedAttention: false,
  hasDropout: true,
  recomputesCheapModules: false,
};

const earlyFusedStyle: ActivationStyle = { ...earlyStyle, hasFusedAttention: true };
const modernScoresStyle: ActivationStyle = { ...modernStyle, hasFusedAttention: false };

/** What the software of a job keeps; the modern style where the software is not given. */
export function styleOf(software: TrainingSoftware | undefined): ActivationStyle {
  if (software === undefined) return modernStyle;
  if (software.generation === 'early') return keepsScores(software) ? earlyStyle : earlyFusedStyle;
  return keepsScores(software) ? modernScoresStyle : modernStyle;
}

const activationBytes = 2;

/** Bytes per element of a linear layer's saved input: 8-bit training keeps the quantised copy. */
function linearInputBytes(precision: Precision): number {
  return Math.min(activationBytes, bytesPerElement(precision));
}

function attentionBytesPerToken(
  architecture: Architecture,
  saved: number,
  keepsExpansion: boolean,
): number {
  const { heads, keyValueHeads, headDim, latentAttention } = architecture;
  if (latentAttention) {
    const { queryRank, keyValueRank, noPositionHeadDim, rotaryHeadDim, valueHeadDim } =
      latentAttention;
    const compressed = saved * ((queryRank ?? 0) + keyValueRank + rotaryHeadDim);
    const queryAndKey = 2 * activationBytes * heads * (noPositionHeadDim + rotaryHeadDim);
    const value = activationBytes * heads * valueHeadDim;
    return compressed + (keepsExpansion ? queryAndKey + value : 0) + saved * heads * valueHeadDim;
  }
  const queryKeyValue = activationBytes * headDim * (heads + 2 * keyValueHeads);
  return queryKeyValue + saved * heads * headDim;
}

/** What a feed-forward block of that width keeps: the input of the activation function, and of the second product. */
function feedForwardBytesPerToken(
  isGated: boolean,
  width: number,
  saved: number,
  keepsActivation: boolean,
): number {
  return ((isGated ? 2 : 1) * activationBytes + (keepsActivation ? saved : 0)) * width;
}

function expertBytesPerToken(
  architecture: Architecture,
  experts: MixtureOfExperts,
  saved: number,
  keepsAll: boolean,
): number {
  const { expertsPerToken, sharedExperts, expertFfn } = experts;
  const { isGated, hidden } = architecture;
  const perExpert = feedForwardBytesPerToken(isGated, expertFfn, saved, keepsAll);
  const copies = expertsPerToken * (saved + (keepsAll ? activationBytes : 0)) * hidden;
  return (expertsPerToken + sharedExperts) * perExpert + copies;
}

/**
 * Bytes that one layer keeps for the backward pass, per token of a micro-batch, before division by tensor parallelism.
 *
 *   A = 8·h + 2·d·(a + 2·a_kv) + 2·a·d + F(f)  [+ 2·h dropout] [+ 5·a·s unfused attention, no recomputation]
 *   F(f) = 4·f plain, 6·f gated; experts: (k + s_e)·F(f_e) + 4·k·h
 *   selective recomputation: without 4·h of norm outputs, 2·f of activation outputs, 2·k·h of expert outputs and the
 *   expanded queries, keys and values of latent attention        full recomputation: A = 2·h
 *
 * A activations [B/token] · h hidden width [1] · a, a_kv heads and key–value heads [1] · d head width [1] · f, f_e
 * feed-forward and expert width [1] · k experts per token [1] · s_e shared experts [1] · s sequence length [1].
 * Two bytes per element; inputs of linear layers one byte in 8-bit training. With d·a = d·a_kv = h, f = 4h and dropout
 * this is the paper's 34·h + 5·a·s, and 34·h where selective recomputation covers the attention core alone.
 *
 * Leaves out: softmax statistics of fused attention (4 bytes per head), routing tables.
 * Source: Korthikanti et al. 2022, equations 1 to 4, https://arxiv.org/abs/2205.05198, from memory; generalised to
 * grouped-query and latent attention, gated blocks and experts.
 */
export function activationBytesPerToken(
  architecture: Architecture,
  isExpertLayer: boolean,
  sequenceLength: number,
  precision: Precision,
  recompute: Recompute,
  style: ActivationStyle,
): number {
  const { hidden, heads, isGated, ffn, mixtureOfExperts } = architecture;
  if (recompute === 'full') return activationBytes * hidden;
  const saved = linearInputBytes(precision);
  const keepsAll = !(recompute === 'selective' && style.recomputesCheapModules);
  const normInputs = 2 * activationBytes * hidden;
  const blockInputs = keepsAll ? 2 * saved * hidden : 0;
  const feedForward =
    isExpertLayer && mixtureOfExperts
      ? expertBytesPerToken(architecture, mixtureOfExperts, saved, keepsAll)
      : feedForwardBytesPerToken(isGated, ffn, saved, keepsAll);
  const dropout = style.hasDropout ? 2 * hidden : 0;
  const keepsScores = !style.hasFusedAttention && recompute === 'none';
  const scores = keepsScores ? (2 * activationBytes + 1) * heads * sequenceLength : 0;
  return (
    normInputs +
    blockInputs +
    attentionBytesPerToken(architecture, saved, keepsAll) +
    feedForward +
    dropout +
    scores
  );
}
