import type { Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { matmulBusySeconds, matmulSeconds } from '../hardware/matmul';
import { streamSeconds } from '../hardware/memory';
import { feedForwardMatrices } from '../model/parameters';
import type { TrainingConstants } from './constants';
import { tokensPerMicroBatch, type TrainingJob } from './job';

/** Seconds that one accelerator computes on one layer for one micro-batch. */
export interface LayerTime {
  readonly forwardMatmul: number;
  readonly forwardAttention: number;
  readonly forwardElementwise: number;
  /** whole backward pass of the layer, recomputation excluded */
  readonly backward: number;
  /** what selective recomputation computes again: element-wise work and the expansion of latent attention */
  readonly cheapModules: number;
}

const elementBytes = 2;
/** Kernels that only move data, per layer and direction: two norms, two residual sums, rotary embedding, activation. */
const elementwiseKernels = 6;

interface AttentionProducts {
  readonly all: number;
  /** the expansion of latent queries, keys and values alone */
  readonly expansion: number;
}

function attentionProducts(job: TrainingJob, device: Device, tokens: number): AttentionProducts {
  const { architecture, layout, precision } = job;
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  const split = layout.tensorParallel;
  const product = (n: number, k: number): number => matmulSeconds(device, precision, tokens, n, k);
  if (!latentAttention) {
    const queryKeyValue = (headDim * (heads + 2 * keyValueHeads)) / split;
    const output = product(hidden, (heads * headDim) / split);
    return { all: product(queryKeyValue, hidden) + output, expansion: 0 };
  }
  const { queryRank, keyValueRank, noPositionHeadDim, rotaryHeadDim, valueHeadDim } =
    latentAttention;
  const queryWidth = (heads * (noPositionHeadDim + rotaryHeadDim)) / split;
  const keyValueWidth = (heads * (noPositionHeadDim + valueHeadDim)) / split;
  const expansion = product(queryWidth, queryRank ?? hidden) + product(keyValueWidth, keyValueRank);
  const compression =
    (queryRank === null ? 0 : product(queryRank, hidden)) +
    product(keyValueRank + rotaryHeadDim, hidden);
  const output = product(hidden, (heads * valueHeadDim) / split);
  return { all: compression + expansion + output, expansion };
}

function denseFeedForwardSeconds(
  job: TrainingJob,
  device: Device,
  tokens: number,
  width: number,
): number {
  const { architecture, layout, precision } = job;
  const split = width / layout.tensorParallel;
  const inward = feedForwardMatrices(architecture) - 1;
  return (
    matmulSeconds(device, precision, tokens, inward * split, architecture.hidden) +
    matmulSeconds(device, precision, tokens, architecture.hidden, split)
  );
}

/** Grouped products of the experts one accelerator holds, at the load of the busiest rank. */
function expertSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
): number {
  const { architecture, layout, precision } = job;
  const experts = architecture.mixtureOfExperts;
  if (!experts) return 0;
  const { hidden } = architecture;
  const held = Math.max(1, experts.experts / layout.expertParallel);
  const routed = (tokens / layout.tensorParallel) * experts.expertsPerToken;
  const imbalance = layout.expertParallel > 1 ? constants.expertImbalance : 1;
  const perExpert = (routed / held) * imbalance;
  const inward = (feedForwardMatrices(architecture) - 1) * experts.expertFfn;
  const grouped =
    held *
    (matmulBusySeconds(device, precision, perExpert, inward, hidden) +
      matmulBusySeconds(device, precision, perExpert, hidden, experts.expertFfn));
  const router = matmulSeconds(
    device,
    'bf16',
    tokens / layout.tensorParallel,
    experts.experts,
    hidden,
  );
  const shared =
    experts.sharedExperts > 0
      ? denseFeedForwardSeconds(job, device, tokens, experts.sharedExperts * experts.expertFfn)
      : 0;
  return grouped + 2 * device.constants.kernelFloorSeconds + router + shared;
}

/** Sixteen-bit peak that attention runs at: fused attention computes in 16 bits also in 8-bit training. */
function attentionPrecision(precision: Precision): Precision {
  return precision === 'fp64' || precision === 'fp32' || precision === 'tf32' ? precision : 'bf16';
}

function attentionCoreSeconds(job: TrainingJob, device: Device, tokens: number): number {
  const { architecture, layout, sequenceLength, precision } = job;
  const { heads, headDim, latentAttention } = architecture;
  const widths = latentAttention
    ? latentAttention.noPositionHeadDim +
      latentAttention.rotaryHeadDim +
      latentAttention.valueHeadDim
    : 2 * headDim;
  // Causal: a token attends to half of the sequence on average.
  const flop = 2 * tokens * (sequenceLength / 2) * ((heads * widths) / layout.tensorParallel);
  const peak = device.rates[attentionPrecision(precision)]?.peakFlopPerSecond ?? 0;
  return flop / (peak * device.constants.attentionFraction) + device.constants.kernelFloorSeconds;
}

function elementwiseSeconds(
  job: TrainingJob,
  device: Device,
  tokens: number,
  width: number,
): number {
  const { architecture, layout } = job;
  const { hidden, heads, keyValueHeads, headDim, isGated } = architecture;
  // Two norms read and write, two residual sums read twice and write: 10 · h elements.
  const norms = 10 * hidden;
  const rotary = 2 * headDim * (heads + keyValueHeads);
  const activation = (isGated ? 3 : 2) * width;
  const bytes = (elementBytes * tokens * (norms + rotary + activation)) / layout.tensorParallel;
  return streamSeconds(device, bytes) + elementwiseKernels * device.constants.kernelFloorSeconds;
}

/**
 * Computing time of one transformer layer for one micro-batch on one accelerator.
 *
 *   forward = Σ matrix products + attention + element-wise        backward = 2 · products + 2.5 / ρ · attention + 2 · element-wise
 *   attention = 2 · n · (s / 2) · a·(d_qk + d_v) / TP / (η · peak)
 *
 * n tokens of the micro-batch on this rank [1] · s sequence length [1] · a heads [1] · d_qk, d_v head widths [1] ·
 * η share of the 16-bit peak that fused attention reaches [1] · ρ rate of the backward kernel relative to the forward one [1]
 *
 * Leaves out: fusion across layers, quantisation kernels of 8-bit training (inside the measured product rates).
 * Source: work of the backward kernel, Dao 2023, FlashAttention-2, https://arxiv.org/abs/2307.08691, from memory;
 * rates: engine/hardware.
 */
export function layerTime(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  isExpertLayer: boolean,
): LayerTime {
  const tokens = tokensPerMicroBatch(job);
  const { architecture } = job;
  const experts = isExpertLayer ? architecture.mixtureOfExperts : null;
  const feedForward = experts
    ? expertSeconds(job, device, constants, tokens)
    : denseFeedForwardSeconds(job, device, tokens, architecture.ffn);
  const width = experts
    ? (experts.expertsPerToken + experts.sharedExperts) * experts.expertFfn +
      2 * experts.expertsPerToken * architecture.hidden
    : architecture.ffn;
  const attention = attentionProducts(job, device, tokens);
  const forwardMatmul = attention.all + feedForward;
  const forwardAttention = attentionCoreSeconds(job, device, tokens);
  const forwardElementwise = elementwiseSeconds(job, device, tokens, width);
  return {
    forwardMatmul,
    forwardAttention,
    forwardElementwise,
    backward:
      2 * forwardMatmul +
      (2.5 / constants.backwardAttentionRatio) * forwardAttention +
      2 * forwardElementwise,
    cheapModules: forwardElementwise + attention.expansion,
  };
}

/** Forward and backward time of the output head with its loss, for one micro-batch on one accelerator. */
export function outputHeadSeconds(job: TrainingJob, device: Device): number {
  const { architecture, layout, precision } = job;
  const tokens = tokensPerMicroBatch(job);
  const share = architecture.vocabulary / layout.tensorParallel;
  const headPrecision = attentionPrecision(precision);
  const product = matmulSeconds(device, headPrecision, tokens, share, architecture.hidden);
  // Softmax and its gradient pass over 32-bit logits about four times.
  return 3 * product + streamSeconds(device, 16 * tokens * share);
}
