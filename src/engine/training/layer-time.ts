import type { Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { matmulBusySeconds, matmulSeconds } from '../hardware/matmul';
import { streamSeconds } from '../hardware/memory';
import { feedForwardMatrices } from '../model/parameters';
import type { TrainingConstants } from './constants';
import { tokensPerMicroBatch, type TrainingJob } from './job';
import { keepsScores, softwareOf, type TrainingSoftware } from './software';

/** Seconds that one accelerator computes on one layer for one micro-batch. */
export interface LayerTime {
  readonly forwardMatmul: number;
  readonly forwardAttention: number;
  readonly forwardElementwise: number;
  /** whole backward pass of the layer, recomputation excluded */
  readonly backward: number;
  /** what selective recomputation computes again: element-wise work and the expansion of latent attention, or scores */
  readonly cheapModules: number;
  /** least time that the host needs to launch the forward pass; the backward pass takes twice as long */
  readonly forwardLaunch: number;
}

const elementBytes = 2;
/** Kernels that only move data, per layer and direction: two norms, two residual sums, rotary embedding, activation. */
const elementwiseKernels = 6;
/** Kernels of a layer with experts over those of a dense one: router, permutation, grouped products. */
const expertLaunchRatio = 2;

interface AttentionProducts {
  readonly all: number;
  /** the expansion of latent queries, keys and values alone */
  readonly expansion: number;
}

/** Columns that a tile of the matrix unit covers: other widths waste part of it and fall back to slower kernels. */
const tileWidth = 64;

function isAligned(width: number): boolean {
  return width % tileWidth === 0;
}

/** A matrix product as training meets it: slower where an inner width is no multiple of a tile. */
function productSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
  n: number,
  k: number,
): number {
  const share = isAligned(n) && isAligned(k) ? 1 : constants.misalignedShare;
  return matmulSeconds(device, job.precision, tokens, n, k) / share;
}

function attentionProducts(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
): AttentionProducts {
  const { architecture, layout } = job;
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  const split = layout.tensorParallel;
  const product = (n: number, k: number): number =>
    productSeconds(job, device, constants, tokens, n, k);
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
  constants: TrainingConstants,
  tokens: number,
  width: number,
): number {
  const { architecture, layout } = job;
  const { hidden } = architecture;
  const split = width / layout.tensorParallel;
  const inward = feedForwardMatrices(architecture) - 1;
  return (
    productSeconds(job, device, constants, tokens, inward * split, hidden) +
    productSeconds(job, device, constants, tokens, hidden, split)
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
  const split = job.expertTensorParallel ?? 1;
  const routed = (tokens / layout.tensorParallel) * split * experts.expertsPerToken;
  const imbalance = layout.expertParallel > 1 ? constants.expertImbalance : 1;
  const perExpert = (routed / held) * imbalance;
  const width = experts.expertFfn / split;
  const inward = (feedForwardMatrices(architecture) - 1) * width;
  const grouped =
    (held *
      (matmulBusySeconds(device, precision, perExpert, inward, hidden) +
        matmulBusySeconds(device, precision, perExpert, hidden, width))) /
    constants.expertShare;
  const router = matmulSeconds(
    device,
    'bf16',
    tokens / layout.tensorParallel,
    experts.experts,
    hidden,
  );
  const shared =
    experts.sharedExperts > 0
      ? denseFeedForwardSeconds(
          job,
          device,
          constants,
          tokens,
          experts.sharedExperts * experts.expertFfn,
        )
      : 0;
  // Dropless routing waits for the host to learn how many tokens go where; compilers of TPUs fix the shapes instead.
  const wait = device.unit === 'systolic' ? 0 : constants.routingWait;
  return grouped + 2 * device.constants.kernelFloorSeconds + router + shared + wait;
}

/** Sixteen-bit peak that attention runs at: fused attention computes in 16 bits also in 8-bit training. */
function attentionPrecision(precision: Precision): Precision {
  return precision === 'fp64' || precision === 'fp32' || precision === 'tf32' ? precision : 'bf16';
}

/** Share of the sequence that a token attends to on average: half of it, or the window where that is shorter. */
function attendedShare({ architecture, sequenceLength }: TrainingJob): number {
  const { attentionLayerShare = 1, slidingWindow } = architecture;
  if (!slidingWindow) return attentionLayerShare / 2;
  const windowed = Math.min(0.5, slidingWindow.tokens / sequenceLength);
  return (
    attentionLayerShare * ((1 - slidingWindow.layerShare) / 2 + slidingWindow.layerShare * windowed)
  );
}

function attentionCoreSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
  software: TrainingSoftware,
): number {
  const { architecture, layout, sequenceLength, precision } = job;
  const { heads, headDim, latentAttention } = architecture;
  const widths = latentAttention
    ? latentAttention.noPositionHeadDim +
      latentAttention.rotaryHeadDim +
      latentAttention.valueHeadDim
    : 2 * headDim;
  const rate = device.rates[attentionPrecision(precision)];
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const { attentionFraction, kernelFloorSeconds } = device.constants;
  const work = (2 * tokens * sequenceLength * heads * widths) / layout.tensorParallel;
  if (keepsScores(software)) {
    // The mask saves no work here, and the matrix of scores passes through memory.
    const scores = (tokens * sequenceLength * heads) / layout.tensorParallel;
    const ratio = software.attention === 'unfused' ? constants.unfusedRatio : 1;
    const passes = constants.scorePasses * ratio;
    return (
      work / rate.achievableFlopPerSecond +
      streamSeconds(device, passes * elementBytes * scores) +
      4 * kernelFloorSeconds
    );
  }
  const isOldKernel = software.attention !== 'flash 3' && device.unit !== 'sixteen-bit';
  const slower =
    (software.attention === 'flash 1' ? constants.flashOneRatio : 1) *
    (isOldKernel ? constants.flashTwoOnNewerRatio : 1);
  // Attention kernels tile the head width by 128 columns; narrower heads leave part of the unit idle.
  const filled = latentAttention ? 1 : Math.sqrt(Math.min(1, headDim / 128));
  const achieved = rate.peakFlopPerSecond * Math.min(0.9, attentionFraction * slower * filled);
  return (attendedShare(job) * work) / achieved + kernelFloorSeconds;
}

function elementwisePasses(constants: TrainingConstants, { generation }: TrainingSoftware): number {
  if (generation === 'early') return constants.elementwiseEarly;
  return generation === 'fused' ? constants.elementwiseFused : constants.elementwiseCurrent;
}

function launchSeconds(constants: TrainingConstants, { generation }: TrainingSoftware): number {
  if (generation === 'early') return constants.launchEarly;
  return generation === 'fused' ? constants.launchFused : constants.launchCurrent;
}

/** Bytes per element moved by casting to 8 or 4 bits: two read, one or a half written. */
function castBytes(job: TrainingJob, device: Device): number {
  const computedIn = device.rates[job.precision]?.computedIn;
  if (computedIn === 'fp8') return 3;
  return computedIn === 'fp4' ? 2.5 : 0;
}

function elementwiseSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
  isExpertLayer: boolean,
  software: TrainingSoftware,
): number {
  const { architecture, layout } = job;
  const { hidden, heads, keyValueHeads, headDim, isGated, ffn } = architecture;
  const experts = isExpertLayer ? architecture.mixtureOfExperts : null;
  const width = experts
    ? (experts.expertsPerToken + experts.sharedExperts) * experts.expertFfn
    : ffn;
  // Two norms read and write, two residual sums read twice and write: 10 · h elements.
  const norms = 10 * hidden * (software.hasSequenceParallel ? 1 : layout.tensorParallel);
  const rotary = 2 * headDim * (heads + keyValueHeads);
  const activation = (isGated ? 3 : 2) * width;
  const passes = elementwisePasses(constants, software) * (norms + rotary + activation);
  const permuted = experts ? constants.permutePasses * 2 * experts.expertsPerToken * hidden : 0;
  const routes = experts ? experts.expertsPerToken : 1;
  const inputs = hidden + heads * headDim + routes * hidden + width;
  const casts = constants.castPasses * castBytes(job, device) * inputs;
  const bytes = (tokens * (elementBytes * (passes + permuted) + casts)) / layout.tensorParallel;
  return streamSeconds(device, bytes) + elementwiseKernels * device.constants.kernelFloorSeconds;
}

/**
 * Computing time of one transformer layer for one micro-batch on one accelerator.
 *
 *   forward = Σ matrix products + attention + element-wise        backward = 2 · products + 2.5 / ρ · attention + 2 · element-wise
 *   fused attention = 2 · n · s · w · a·(d_qk + d_v) / TP / (η · P)
 *   attention with scores in memory = 2 · n · s · a·(d_qk + d_v) / TP / A + 2 · π · a · n · s / TP / B
 *   element-wise = [2 · (ε · (10·h + 2·d·(a + a_kv) + 3·f) + 2·π_e·k·h) + c · γ · inputs of products] · n / TP / B
 *
 * n tokens of the micro-batch on this rank [1] · s sequence length [1] · w share of it attended to: a half under the causal
 * mask, less with sliding windows [1] · a heads [1] · d_qk, d_v head widths [1] · η share of the 16-bit peak P that fused
 * attention reaches [1] · A achievable rate [FLOP/s] · B streaming bandwidth [B/s] · π passes over the scores [1] ·
 * ε passes of element-wise kernels by software generation [1] · π_e passes of the expert permutation [1] · γ passes of
 * casting, c bytes each [B] · ρ rate of the backward attention kernel relative to the forward one [1].
 * Low-rank adapters need no weight gradients: backward = 1 · products. The host launches no faster than forwardLaunch.
 *
 * Leaves out: fusion across layers; causal work that early kernels could have skipped.
 * Source: work of the backward kernel, Dao 2023, FlashAttention-2, https://arxiv.org/abs/2307.08691, from memory; scores,
 * Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198, from memory; constants: docs/calibration/training.md.
 */
export function layerTime(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  isExpertLayer: boolean,
): LayerTime {
  const tokens = tokensPerMicroBatch(job);
  const { architecture } = job;
  const software = softwareOf(job, device);
  const experts = isExpertLayer ? architecture.mixtureOfExperts : null;
  const feedForward = experts
    ? expertSeconds(job, device, constants, tokens)
    : denseFeedForwardSeconds(job, device, constants, tokens, architecture.ffn);
  const attention = attentionProducts(job, device, constants, tokens);
  const forwardMatmul = attention.all + feedForward;
  const forwardAttention = attentionCoreSeconds(job, device, constants, tokens, software);
  const forwardElementwise = elementwiseSeconds(
    job,
    device,
    constants,
    tokens,
    isExpertLayer,
    software,
  );
  const backwardAttention = keepsScores(software) ? 2 : 2.5 / constants.backwardAttentionRatio;
  return {
    forwardMatmul,
    forwardAttention,
    forwardElementwise,
    backward:
      (job.trainsAdaptersOnly ? 1 : 2) * forwardMatmul +
      backwardAttention * forwardAttention +
      2 * forwardElementwise,
    cheapModules: keepsScores(software)
      ? forwardAttention
      : forwardElementwise + attention.expansion,
    forwardLaunch: launchSeconds(constants, software) * (experts ? expertLaunchRatio : 1),
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
  return (job.trainsAdaptersOnly ? 2 : 3) * product + streamSeconds(device, 16 * tokens * share);
}
