import type { Device } from '../hardware/device';
import { matmulSeconds } from '../hardware/matmul';
import { streamSeconds } from '../hardware/memory';
import { attentionCoreSeconds, attentionPrecision } from './attention-core';
import type { TrainingConstants } from './constants';
import { elementwiseSeconds, permutationSeconds } from './elementwise';
import { tokensPerMicroBatch, type TrainingJob } from './job';
import {
  denseFeedForward,
  expertFeedForward,
  mixingProducts,
  type AttentionProducts,
  type FeedForwardProducts,
  type ProductSetting,
} from './layer-products';
import { keepsScores, softwareOf, type TrainingSoftware } from './software';

/** Seconds that one accelerator computes on one layer for one micro-batch. */
export interface LayerTime {
  readonly forwardMatmul: number;
  readonly forwardAttention: number;
  readonly forwardElementwise: number;
  readonly backwardMatmul: number;
  /** whole backward pass of the layer, recomputation excluded */
  readonly backward: number;
  /**
   * what selective recomputation computes again: element-wise work and the expansion of latent attention or every other
   * product, or scores
   */
  readonly cheapModules: number;
  /** what full recomputation computes again */
  readonly again: number;
  /** least time that the host needs to launch the forward pass; the backward pass takes twice as long */
  readonly forwardLaunch: number;
}

/** What follows the mixing of tokens in a layer; hybrid models have layers without. */
export type Block = 'dense' | 'experts' | 'none';

/** Kernels of a layer over those of a dense one: router, permutation, grouped products; half of them without a block. */
const launchRatio: Readonly<Record<Block, number>> = { dense: 1, experts: 2, none: 0.5 };

/** Kernels of a layer with latent attention, its five projections and two norms, over those of one with plain attention. */
const latentLaunchRatio = 1.5;

/**
 * Whether the shapes of experts are known beforehand: a capacity factor, the compilers of TPUs and the capture of whole steps fix them. Dropless routing
 * waits for the host to learn how many tokens go where, and the host cannot launch ahead of it.
 */
function hasFixedShapes(job: TrainingJob, device: Device): boolean {
  const isCaptured = softwareOf(job, device).capturesSteps === true;
  return device.unit === 'systolic' || job.layout.capacityFactor !== undefined || isCaptured;
}

function blockProducts(setting: ProductSetting, block: Block): FeedForwardProducts {
  const { job, device, constants } = setting;
  if (block === 'none') return { forward: 0, backward: 0, last: 0 };
  if (block === 'dense') return denseFeedForward(setting, job.architecture.ffn);
  const isFixed = hasFixedShapes(job, device);
  return expertFeedForward(setting, isFixed ? 0 : constants.routingWait);
}

function layerLaunch(constants: TrainingConstants, { generation }: TrainingSoftware): number {
  if (generation === 'early') return constants.launchEarly;
  return generation === 'fused' ? constants.launchFused : constants.launchCurrent;
}

/** Least time of the host for the forward pass of a layer. */
function launchSeconds(
  { job, device, constants }: ProductSetting,
  block: Block,
  software: TrainingSoftware,
): number {
  if (software.capturesSteps === true) return 0;
  const usual = layerLaunch(constants, software) * launchRatio[block];
  if (block !== 'experts' || hasFixedShapes(job, device)) return usual;
  const kernels = job.architecture.latentAttention ? latentLaunchRatio : 1;
  const eager = software.launchesEagerly ? kernels * constants.launchExpertsEager : 0;
  return Math.max(usual, constants.launchExperts, eager);
}

/** Forward time of what full recomputation leaves out because its result is kept. */
function keptSeconds(
  { keepsFromRecompute: parts = [] }: TrainingSoftware,
  { forward, output }: AttentionProducts,
  attention: number,
): number {
  const seconds = { attention, projections: forward - output, output };
  return parts.reduce((sum, part) => sum + seconds[part], 0);
}

/**
 * Computing time of one transformer layer for one micro-batch on one accelerator.
 *
 *   forward = Σ matrix products + attention + element-wise
 *   backward = gradients of the products + 2.5 / ρ · attention + 2 · element-wise − permutation
 *
 * ρ rate of the backward attention kernel relative to the forward one [1]; attention whose scores are in memory takes twice
 * as long backward. Full recomputation repeats the forward pass; compilers of TPUs and PyTorch of 2023, which FSDP runs in,
 * leave out its last product, whose result no gradient needs. Selective recomputation of PyTorch [2] keeps the attention and
 * every other product: half of the time of the others, the last one left out, comes again. The host launches no faster than
 * forwardLaunch.
 *
 * Leaves out: fusion across layers.
 * Source: work of the backward kernel, Dao 2023, FlashAttention-2, https://arxiv.org/abs/2307.08691; [2] torchtitan, policy of
 * its activation checkpointing, https://github.com/pytorch/torchtitan; both from memory; constants: docs/calibration/training.md.
 */
export function layerTime(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  block: Block,
): LayerTime {
  const tokens = tokensPerMicroBatch(job);
  const software = softwareOf(job, device);
  const setting = { job, device, constants, tokens };
  const stopsEarly = device.unit === 'systolic' || software.generation === 'fused';
  const feedForward = blockProducts(setting, block);
  const attention = mixingProducts(setting);
  const forwardMatmul = attention.forward + feedForward.forward;
  const backwardMatmul = attention.backward + feedForward.backward;
  const forwardAttention = attentionCoreSeconds(job, device, constants, tokens, software);
  const forwardElementwise = elementwiseSeconds(job, device, constants, tokens, block, software);
  const backwardAttention = keepsScores(software) ? 2 : 2.5 / constants.backwardAttentionRatio;
  const permutation = block === 'experts' ? permutationSeconds(job, device, constants, tokens) : 0;
  const forward = forwardMatmul + forwardAttention + forwardElementwise;
  const kept = keptSeconds(software, attention, forwardAttention);
  return {
    forwardMatmul,
    forwardAttention,
    forwardElementwise,
    backwardMatmul,
    backward:
      backwardMatmul + backwardAttention * forwardAttention + 2 * forwardElementwise - permutation,
    cheapModules: keepsScores(software)
      ? forwardAttention
      : forwardElementwise +
        (software.recomputesProducts
          ? (forwardMatmul - feedForward.last) / 2
          : attention.expansion),
    again: forward - (stopsEarly ? feedForward.last : 0) - kept,
    forwardLaunch: launchSeconds(setting, block, software),
  };
}

/** Bytes per logit, of 32 bits: softmax and its gradient pass over them about four times, fused with the loss twice in 16 bits. */
const logitBytes = 16;
const fusedLogitBytes = 6;

/** Forward and backward time of the output head with its loss, for one micro-batch on one accelerator. */
export function outputHeadSeconds(job: TrainingJob, device: Device): number {
  const { architecture, layout, precision } = job;
  const tokens = tokensPerMicroBatch(job);
  const share = architecture.vocabulary / layout.tensorParallel;
  const headPrecision = attentionPrecision(precision);
  const product = matmulSeconds(device, headPrecision, tokens, share, architecture.hidden);
  const bytes = softwareOf(job, device).fusesByHand ? fusedLogitBytes : logitBytes;
  const loss = streamSeconds(device, bytes * tokens * share);
  return (job.trainsAdaptersOnly ? 2 : 3) * product + loss;
}
