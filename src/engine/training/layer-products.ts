import type { Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { matmulBusySeconds, matmulSeconds } from '../hardware/matmul';
import { layerKinds } from '../model/layer-kinds';
import { expertWidth, feedForwardMatrices, sharedWidth } from '../model/parameters';
import { recurrentSize } from '../model/recurrent-mixer';
import type { TrainingConstants } from './constants';
import { besideExpertsSeconds } from './elementwise';
import { expertLoad, type TrainingJob } from './job';
import { maskDispatch } from './mask-dispatch';
import { softwareOf } from './software';

/** Seconds of a group of matrix products of one layer and micro-batch on one accelerator. */
export interface ProductTime {
  readonly forward: number;
  /** gradients of the inputs and of the weights; of the inputs alone where only adapters are trained */
  readonly backward: number;
}

/**
 * The attention block's products; `expansion` is the forward time of expanding latent queries, keys and values, `output` that of the
 * product after the attention.
 */
export interface AttentionProducts extends ProductTime {
  readonly expansion: number;
  readonly output: number;
}

/** The feed-forward block's products; `last` is the forward time of the product whose result no gradient needs. */
export interface FeedForwardProducts extends ProductTime {
  readonly last: number;
}

/** What every product of a layer is computed with. */
export interface ProductSetting {
  readonly job: TrainingJob;
  readonly device: Device;
  readonly constants: TrainingConstants;
  readonly tokens: number;
}

/** Columns that a tile of the matrix unit covers: other widths waste part of it and fall back to slower kernels. */
const tileWidth = 64;
/** Gradients of weights are added to sums in 32 bits: four bytes read, four written. */
const summedBytes = 8;

function isAligned(width: number): boolean {
  return width % tileWidth === 0;
}

/** Share of a systolic array's passes over weights of these widths that they fill: it takes them in squares of its columns. */
function filledShare({ unit, matrixColumns }: Device, width: number, inner: number): number {
  if (unit !== 'systolic' || matrixColumns === undefined) return 1;
  const padded = (of: number): number => Math.ceil(of / matrixColumns) * matrixColumns;
  return (width / padded(width)) * (inner / padded(inner));
}

/**
 * A product [n, k] · [k, m] as training meets it: forward, then the gradient of its input and of its weights.
 *
 *   forward = t(n, m, k)        backward = t(n, k, m) + t(m, k, n; 8 bytes per result)
 *
 * n tokens [1] · m, k widths [1] · t time of one product (see matmulSeconds) [s]. Slower where a width is no multiple of a tile, or of
 * the columns of a systolic array.
 *
 * Leaves out: gradients that are not summed over micro-batches, whose results move fewer bytes.
 * Source: definition; sums in 32 bits: Narayanan et al. 2021, https://arxiv.org/abs/2104.04473, from memory.
 */
function product(
  { job, device, constants, tokens }: ProductSetting,
  width: number,
  inner: number,
): ProductTime {
  const aligned = isAligned(width) && isAligned(inner) ? 1 : constants.misalignedShare;
  const share = aligned * filledShare(device, width, inner);
  const { precision } = job;
  const input = matmulSeconds(device, precision, tokens, inner, width) / share;
  const forward = matmulSeconds(device, precision, tokens, width, inner) / share;
  return { forward, backward: input + weightGradient(job, device, width, inner, tokens) / share };
}

function weightGradient(
  job: TrainingJob,
  device: Device,
  width: number,
  inner: number,
  tokens: number,
): number {
  if (job.trainsAdaptersOnly) return 0;
  const busy = matmulBusySeconds(device, job.precision, width, inner, tokens, summedBytes);
  return device.constants.kernelFloorSeconds + busy;
}

/**
 * Products of what mixes tokens in a layer: attention, or the projections into and out of a recurrence; of a hybrid model
 * the mean over its layers.
 */
export function mixingProducts(setting: ProductSetting): AttentionProducts {
  const { architecture, layout } = setting.job;
  const { recurrentMixer, hidden, layers } = architecture;
  const share = recurrentMixer ? layerKinds(architecture).recurrent / layers : 0;
  if (!recurrentMixer || share === 0) return attentionProducts(setting);
  const attention = attentionProducts(setting);
  const { inward, outward } = recurrentSize(recurrentMixer);
  const into = product(setting, inward / layout.tensorParallel, hidden);
  const out = product(setting, hidden, outward / layout.tensorParallel);
  return {
    forward: (1 - share) * attention.forward + share * (into.forward + out.forward),
    backward: (1 - share) * attention.backward + share * (into.backward + out.backward),
    expansion: (1 - share) * attention.expansion,
    output: (1 - share) * attention.output + share * out.forward,
  };
}

/** Products of one attention block: queries, keys, values, gate and output, or the compressed paths of latent attention. */
function attentionProducts(setting: ProductSetting): AttentionProducts {
  const { architecture, layout } = setting.job;
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  const split = layout.tensorParallel;
  if (!latentAttention) {
    const gate = architecture.hasAttentionGate ? heads : 0;
    const inward = product(setting, (headDim * (heads + gate + 2 * keyValueHeads)) / split, hidden);
    const output = product(setting, hidden, (heads * headDim) / split);
    return {
      forward: inward.forward + output.forward,
      backward: inward.backward + output.backward,
      expansion: 0,
      output: output.forward,
    };
  }
  const { queryRank, keyValueRank, noPositionHeadDim, rotaryHeadDim, valueHeadDim } =
    latentAttention;
  const queryWidth = (heads * (noPositionHeadDim + rotaryHeadDim)) / split;
  const keyValueWidth = (heads * (noPositionHeadDim + valueHeadDim)) / split;
  const query = product(setting, queryWidth, queryRank ?? hidden);
  const keyValue = product(setting, keyValueWidth, keyValueRank);
  const compressed = product(setting, keyValueRank + rotaryHeadDim, hidden);
  const compressedQuery = queryRank === null ? null : product(setting, queryRank, hidden);
  const output = product(setting, hidden, (heads * valueHeadDim) / split);
  const expansion = query.forward + keyValue.forward;
  return {
    forward: expansion + compressed.forward + (compressedQuery?.forward ?? 0) + output.forward,
    backward:
      query.backward +
      keyValue.backward +
      compressed.backward +
      (compressedQuery?.backward ?? 0) +
      output.backward,
    expansion,
    output: output.forward,
  };
}

/** Products of a dense feed-forward block of that width, divided over the tensor-parallel ranks. */
export function denseFeedForward(setting: ProductSetting, width: number): FeedForwardProducts {
  const { architecture, layout } = setting.job;
  const split = width / layout.tensorParallel;
  const inwardMatrices = feedForwardMatrices(architecture) - 1;
  const inward = product(setting, inwardMatrices * split, architecture.hidden);
  const outward = product(setting, architecture.hidden, split);
  return {
    forward: inward.forward + outward.forward,
    backward: inward.backward + outward.backward,
    last: outward.forward,
  };
}

/**
 * One grouped product over the experts of a rank, each with its own matrix: of one expert a plain product, of many as much slower as
 * changing from one to the next makes it.
 *
 *   t = x · (1 + (1 / κ − 1) · (1 − 1 / x)) · t(rows, width, inner)
 *
 * x experts of the rank [1] · κ rate of products of many experts over that of one of the same shape [1].
 */
function grouped(
  { job, device, constants }: ProductSetting,
  held: number,
  rows: number,
  width: number,
  inner: number,
): ProductTime {
  const { precision } = job;
  const lost = (1 / constants.expertShare - 1) * (1 - 1 / held);
  const scale = (held * (1 + lost)) / filledShare(device, width, inner);
  // The experts share the last round of tiles.
  const shared = { ...device, idleTileElements: (device.idleTileElements ?? 0) / held };
  const forward = matmulBusySeconds(shared, precision, rows, width, inner);
  const input = matmulBusySeconds(shared, precision, rows, inner, width);
  const weights = job.trainsAdaptersOnly
    ? 0
    : matmulBusySeconds(shared, precision, width, inner, rows, summedBytes);
  const floor = device.constants.kernelFloorSeconds;
  return { forward: scale * forward + floor, backward: scale * (input + weights) + 2 * floor };
}

/**
 * Products of the experts that one accelerator holds, at the load of the busiest rank, with the router and shared experts.
 *
 *   rows of one expert = i · n / TP · k · EP / e
 *
 * n tokens of the micro-batch [1] · k experts per token [1] · e experts [1] · i load of the busiest rank over the mean [1].
 * Few rows per expert read every expert's weights, and add to every expert's gradient, for little work.
 */
export function expertFeedForward(
  setting: ProductSetting,
  routingWaitSeconds: number,
): FeedForwardProducts {
  const { job, device, constants, tokens } = setting;
  const { architecture, layout } = job;
  const experts = architecture.mixtureOfExperts;
  if (!experts) return { forward: 0, backward: 0, last: 0 };
  const { hidden } = architecture;
  const working = expertWidth(architecture);
  const held = Math.max(1, experts.experts / layout.expertParallel);
  const split = job.expertTensorParallel ?? 1;
  const routed = (tokens / layout.tensorParallel) * split * experts.expertsPerToken;
  const imbalance =
    layout.expertParallel > 1 || layout.capacityFactor ? expertLoad(job, constants) : 1;
  const rows = (routed / held) * imbalance;
  const width = experts.expertFfn / split;
  const inwardMatrices = feedForwardMatrices(architecture) - 1;
  const inward = grouped(setting, held, rows, inwardMatrices * width, working);
  const outward = grouped(setting, held, rows, working, width);
  const beside = sharedWidth(experts) > 0 ? denseFeedForward(setting, sharedWidth(experts)) : null;
  const projections = working === hidden ? null : latentProjections(setting, working);
  const masks = maskDispatch(job, device);
  const router = routerSeconds(device, tokens / layout.tensorParallel, experts.experts, hidden);
  const beyond =
    launchSeconds(setting, held) - besideExpertsSeconds(job, device, constants, tokens);
  const launch = routingWaitSeconds > 0 ? Math.max(0, beyond) : 0;
  return {
    forward:
      Math.max(launch, inward.forward + outward.forward) +
      router +
      masks.forward +
      (beside?.forward ?? 0) +
      (projections?.forward ?? 0) +
      routingWaitSeconds,
    backward:
      Math.max(2 * launch, inward.backward + outward.backward) +
      2 * router +
      masks.backward +
      (beside?.backward ?? 0) +
      (projections?.backward ?? 0) +
      2 * routingWaitSeconds,
    last: outward.forward,
  };
}

/**
 * Time in which the host launches the casts and products of the experts of a rank, one after the other: 8-bit and 4-bit
 * operands are cast expert by expert, except by kernels written for groups. After a wait for the shapes nothing is queued that would hide it but the experts' own
 * products, casts and activations.
 */
function launchSeconds({ job, device, constants }: ProductSetting, held: number): number {
  const computedIn = device.rates[job.precision]?.computedIn;
  const isNarrow = computedIn === 'fp8' || computedIn === 'fp4';
  const { groupsNarrowExperts, fusesExperts } = softwareOf(job, device);
  if (!isNarrow || groupsNarrowExperts || fusesExperts) return 0;
  return (
    held * (device.unit === 'four-bit' ? constants.launchExpert : constants.launchExpertEightUnit)
  );
}

/** Projections of every token to the width that the experts work in, and back. */
function latentProjections(setting: ProductSetting, latent: number): ProductTime {
  const { job, tokens } = setting;
  // Tokens are divided over the tensor ranks here, weights are not.
  const own = { ...setting, tokens: tokens / job.layout.tensorParallel };
  const down = product(own, latent, job.architecture.hidden);
  const up = product(own, job.architecture.hidden, latent);
  return { forward: down.forward + up.forward, backward: down.backward + up.backward };
}

function routerSeconds(device: Device, tokens: number, experts: number, hidden: number): number {
  const precision: Precision = 'bf16';
  return matmulSeconds(device, precision, tokens, experts, hidden);
}
