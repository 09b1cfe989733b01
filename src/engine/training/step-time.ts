import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import type { Recompute } from '../plan';
import { dataParallelTime, pipelineTransferSeconds, type DataParallelTime } from './communication';
import type { TrainingConstants } from './constants';
import { acceleratorsPerReplica, microBatches, type TrainingJob } from './job';
import { exposed, exposedOfChunks, slowedSeconds } from './exposure';
import { hidesExperts, layerCosts, type LayerCosts } from './layer-costs';
import type { LayerTime } from './layer-time';
import { keptLayerBytes, offloadedShare, recomputedShare } from './memory';
import { parametersPerAccelerator } from './model-state';
import { optimizerSeconds } from './optimizer-time';
import { bubbleSeconds, type StagePass } from './pipeline-bubble';
import { softwareOf, type TrainingSoftware } from './software';

/** One optimizer step, by what the time is spent on [s]; the parts add up to the total. */
export interface StepTime {
  readonly matmul: number;
  readonly attention: number;
  readonly elementwise: number;
  readonly recompute: number;
  readonly tensorParallel: number;
  readonly expertParallel: number;
  readonly contextParallel: number;
  readonly pipelineTransfer: number;
  readonly pipelineBubble: number;
  readonly dataParallel: number;
  /** activations that go to the host's memory and come back, where computation does not hide it */
  readonly hostTransfer: number;
  readonly optimizer: number;
  readonly software: number;
  readonly total: number;
}

/**
 * Layers' worth of work of the stage that holds the pipeline up: layers are split as evenly as they can be, and where
 * they divide evenly the last stage carries the output head on top.
 */
function busiestStageSeconds(job: TrainingJob, layerSeconds: number, headSeconds: number): number {
  const stages = job.layout.pipelineParallel;
  const chunks = stages * job.layout.virtualStages;
  const { layers } = job.architecture;
  const even = (layers * layerSeconds + headSeconds) / stages;
  if (stages === 1) return even;
  const perChunk = Math.ceil(layers / chunks) * job.layout.virtualStages;
  const withHead = layers % chunks === 0 ? headSeconds : 0;
  return Math.max(even, Math.min(perChunk, layers) * layerSeconds + withHead);
}

/** Time of computing a layer's activations again, per micro-batch. */
function recomputeSeconds(recompute: Recompute, layer: LayerTime): number {
  switch (recompute) {
    case 'none':
      return 0;
    case 'selective':
      return layer.cheapModules;
    case 'full':
      return layer.again;
  }
}

/** Bytes per parameter of adding a gradient to its sum in a kernel of its own: 16 bits read, 32 read and written. */
const summingBytes = 10;

/** Time of adding the gradients of a micro-batch to their sums, where the products that compute them do not. */
function summingSeconds(job: TrainingJob, device: Device, software: TrainingSoftware): number {
  if (!software.sumsGradientsApart) return 0;
  const { dense, expert } = parametersPerAccelerator(job);
  return streamSeconds(device, summingBytes * (dense + expert));
}

/**
 * Whether gradients are exchanged after the backward pass rather than behind it: software of 2021, DeepSpeed, and the stacks of
 * makers other than those of common GPUs and TPUs, unless it is said.
 */
function exchangesAfterward({ unit }: Device, software: TrainingSoftware): boolean {
  return (
    software.reducesAfterward ??
    (software.generation === 'early' ||
      software.sumsGradientsApart === true ||
      software.waitsForCollectives === true ||
      unit === 'other')
  );
}

/** Least share of the exchange of gradients and weights that stays visible behind computation. */
function leastVisibleShare(
  device: Device,
  software: TrainingSoftware,
  constants: TrainingConstants,
): number {
  if (exchangesAfterward(device, software)) return constants.dataParallelExposedEarly;
  return device.unit === 'systolic'
    ? constants.dataParallelExposedSystolic
    : constants.dataParallelExposed;
}

/** Time beyond the kernels' own that the host needs to launch a layer forward, backward and again. */
function launchGapSeconds(job: TrainingJob, layer: LayerTime, communication: number): number {
  const forward = layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
  const again = job.layout.recompute === 'full' ? 1 : 0;
  const passes = 3 + again;
  const computed = forward + again * layer.again + layer.backward + communication;
  return Math.max(0, passes * layer.forwardLaunch - computed);
}

/** What one layer takes of a micro-batch in both passes, by what the time is spent on [s]. */
interface LayerParts {
  readonly recompute: number;
  readonly tensor: number;
  readonly experts: number;
  readonly context: number;
  readonly host: number;
  readonly gap: number;
  readonly total: number;
}

function forwardSeconds(layer: LayerTime): number {
  return layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
}

/**
 * Time in which activations leave for the host in the forward pass and come back in the backward pass, beyond the computation
 * that each of them runs behind: of a layer, the mean over those that stay and those that go.
 */
function hostTransferSeconds(
  job: TrainingJob,
  { layer, device }: LayerCosts,
  backward: number,
): number {
  const share = offloadedShare(job);
  if (share === 0) return 0;
  const moving = (share * keptLayerBytes(job)) / device.hostBytesPerSecond;
  return Math.max(0, moving - forwardSeconds(layer)) + Math.max(0, moving - backward);
}

function layerParts(job: TrainingJob, costs: LayerCosts): LayerParts {
  const { layer } = costs;
  const { recompute: kind } = job.layout;
  const covered = kind === 'full' ? recomputedShare(job) : 1;
  const recompute = covered * recomputeSeconds(kind, layer);
  const replayed = kind === 'full' ? 1 + 0.5 * covered : 1;
  const computed = forwardSeconds(layer) + layer.backward;
  const tensor = replayed * costs.tensor;
  const experts = hidesExperts(job, costs.device)
    ? Math.max(0, costs.expertsWhole - computed)
    : replayed * costs.experts;
  const context = replayed * costs.context;
  const host = hostTransferSeconds(job, costs, layer.backward + recompute);
  const gap = launchGapSeconds(job, layer, tensor + experts + context + host);
  const total = computed + recompute + tensor + experts + context + host + gap;
  return { recompute, tensor, experts, context, host, gap, total };
}

/** Modules that predict tokens further ahead, trained along with the model: each a layer and the output head once more. */
function predictionModules({ architecture, trainsAdaptersOnly }: TrainingJob): number {
  return trainsAdaptersOnly ? 0 : (architecture.predictionModules ?? 0);
}

/** What follows the layers, for one micro-batch on one accelerator: the output head and the modules. */
function afterLayersSeconds(job: TrainingJob, headSeconds: number, layerSeconds: number): number {
  const modules = predictionModules(job);
  return (1 + modules) * headSeconds + modules * layerSeconds;
}

/** Time of one pipeline stage for one micro-batch [s]. */
export interface StageTime {
  /** both passes, the mean over the stages */
  readonly even: number;
  /** both passes of the stage that holds the others up */
  readonly busiest: number;
  /** the forward pass, of the mean */
  readonly forward: number;
  /** as the bubble of a schedule counts the passes of the mean */
  readonly passes: StagePass;
}

function stagePasses(job: TrainingJob, layer: LayerTime, head: number, even: number): StagePass {
  const { layers } = job.architecture;
  const stages = job.layout.pipelineParallel;
  return {
    whole: even,
    forward: (layers * forwardSeconds(layer) + head / 3) / stages,
    weightGradients: job.trainsAdaptersOnly ? 0 : (layers * layer.backwardMatmul) / 2 / stages,
  };
}

/**
 * Time of a stage for a micro-batch, as the step time counts it. Communication is spread over the passes that it belongs to:
 * forward, backward and, where everything is recomputed, forward again; a third of the output head is forward.
 */
export function stageTime(job: TrainingJob, costs: LayerCosts): StageTime {
  const { layer } = costs;
  const { layers } = job.architecture;
  const stages = job.layout.pipelineParallel;
  const parts = layerParts(job, costs);
  const head = afterLayersSeconds(job, costs.head, parts.total);
  const again = job.layout.recompute === 'full' ? 1 : 0;
  const forward =
    forwardSeconds(layer) +
    (parts.tensor + parts.experts + parts.context + parts.host) / (2 + again) +
    parts.gap / (3 + again);
  const even = (layers * parts.total + head) / stages;
  return {
    even,
    busiest: busiestStageSeconds(job, parts.total, head),
    forward: (layers * forward + head / 3) / stages,
    passes: stagePasses(job, layer, head, even),
  };
}

/**
 * Time of one optimizer step.
 *
 *   t = [(m + (p − 1) / v) · t_stage + t_DP + t_optimizer] · (1 + ω + σ · log₂ G) + t_fixed
 *   t_stage = L / p · max(forward + backward + recomputation + tensor-, expert-, context-parallel exposed, launch) + output head
 *
 * m micro-batches per replica [1] · p stages [1] · v chunks per stage [1] · L layers [1] · ω time lost between kernels [1] ·
 * σ time lost to waiting per doubling of the G accelerators [1] · launch time of the host to launch the layer's kernels [s] ·
 * t_fixed data, clipping, logging [s]. The bubble is (p − 1) / (v · m) of the busy time, less in other schedules (see
 * bubbleSeconds); the stage counted is the busiest. t_DP is what of the exchange of gradients the backward pass of the last
 * micro-batch does not hide, or of the last group of a pipeline in chunks, what of the gather of updated weights the forward pass does not, all of that gather in software of 2023, and the
 * steps of the rings of ZeRO-3, which nothing hides. Software that sums gradients apart adds m · 10 bytes per parameter at the streaming bandwidth to
 * t_optimizer and hides as little of t_DP as that of 2021. Modules that predict further tokens are a layer and an output head each. DualPipe hides the exchange of experts behind the other micro-batch.
 *
 * Leaves out: faults and checkpoints (see goodput); the projection into a
 * prediction module and its memory.
 * Source: Narayanan et al. 2021, sections 2.2 and 3, https://arxiv.org/abs/2104.04473, from memory; constants:
 * docs/calibration/training.md.
 */
export function stepTime(job: TrainingJob, device: Device, constants: TrainingConstants): StepTime {
  return stepTimeOf(job, layerCosts(job, device, constants), constants);
}

/**
 * What of a step does not depend on the chunks of its stages [s]: a search computes it once for all numbers of chunks.
 */
export interface UnchunkedStep {
  readonly microBatches: number;
  readonly layer: LayerParts;
  /** output head and modules that predict further tokens */
  readonly head: number;
  /** both passes of a stage, the mean over the stages */
  readonly even: number;
  readonly passes: StagePass;
  /** handing one micro-batch from stage to stage */
  readonly transfer: number;
  readonly exchange: DataParallelTime;
  /** what of a micro-batch on a stage hides the exchange of gradients, and of weights */
  readonly hidesGradients: number;
  readonly hidesWeights: number;
  /** least share of an exchange that is not hidden, 0–1 */
  readonly leastVisible: number;
  /** what products lose to an exchange beside them, for every micro-batch */
  readonly slowed: number;
  readonly optimizer: number;
  /** time lost between kernels and to waiting for others, as a share of busy time */
  readonly waiting: number;
}

/** See UnchunkedStep; from layer costs computed before for the same model, micro-batch, TP, CP and EP. */
export function unchunkedStep(
  job: TrainingJob,
  costs: LayerCosts,
  constants: TrainingConstants,
): UnchunkedStep {
  const { layers } = job.architecture;
  const { device } = costs;
  const stages = job.layout.pipelineParallel;
  const software = softwareOf(job, device);
  const layer = layerParts(job, costs);
  const head = afterLayersSeconds(job, costs.head, layer.total);
  const m = microBatches(job);
  const even = (layers * layer.total + head) / stages;
  const leastVisible = leastVisibleShare(device, software, constants);
  const exchange = job.trainsAdaptersOnly ? noExchange : dataParallelTime(job, device);
  // Waiting for kernels to be launched hides an exchange as well as the kernels themselves would.
  const held = layers / stages;
  const hidesGradients =
    held * (costs.layer.backward + layer.recompute + layer.tensor / 2 + layer.gap);
  const hidesWeights = held * (forwardSeconds(costs.layer) + layer.tensor / 2 + layer.gap);
  const accelerators = acceleratorsPerReplica(job.layout) * job.dataParallel;
  return {
    microBatches: m,
    layer,
    head,
    even,
    passes: stagePasses(job, costs.layer, head, even),
    transfer: pipelineTransferSeconds(job, device, constants),
    exchange,
    hidesGradients,
    hidesWeights,
    leastVisible,
    slowed: slowedSeconds(exchange, device, constants),
    optimizer: job.trainsAdaptersOnly
      ? 0
      : optimizerSeconds(job, device, constants) + m * summingSeconds(job, device, software),
    waiting: constants.softwareOverhead + constants.waitingPerDoubling * Math.log2(accelerators),
  };
}

/** What of a step depends on the chunks of its stages, and the whole of it [s]. */
export interface ChunkedStep {
  readonly bubble: number;
  readonly transfers: number;
  readonly dataParallel: number;
  /** what of that more chunks could hide */
  readonly hideable: number;
  /** what is lost between kernels, to waiting for others and once per step */
  readonly lost: number;
  readonly total: number;
}

/** A step with the chunks of the job, from what does not depend on them. */
export function chunkedStep(
  job: TrainingJob,
  step: UnchunkedStep,
  { stepFixed }: TrainingConstants,
): ChunkedStep {
  const { microBatches: m, even, exchange, leastVisible } = step;
  const { pipelineParallel: stages, virtualStages } = job.layout;
  const visibleOf = (time: number, pass: number): number =>
    exposedOfChunks(time, pass, leastVisible, job.layout, m);
  const exchangeVisible =
    visibleOf(exchange.perStep, step.hidesGradients) +
    visibleOf(exchange.behindForward, step.hidesWeights);
  const busiest = busiestStageSeconds(job, step.layer.total, step.head);
  const bubble = bubbleSeconds(job.layout, step.passes) + m * (busiest - even);
  const transfers = (m + stages - 1) * virtualStages * step.transfer;
  // Work that hides the exchange of a step cannot hide that of a micro-batch as well. Stages that wait for the busiest can
  // exchange while they wait.
  const exchanged = exchange.perStep + exchange.behindForward;
  const leftToOverlap = busiest - (exchanged - exchangeVisible) / m;
  const dataParallel =
    exchangeVisible +
    exchange.afterward +
    m *
      (exchange.waitingPerMicroBatch +
        Math.max(step.slowed, exposed(exchange.perMicroBatch, leftToOverlap, leastVisible)));
  const busy = m * even + bubble + transfers + dataParallel + step.optimizer;
  const lost = step.waiting * busy + stepFixed;
  const hideable = exchangeVisible - leastVisible * exchanged;
  return { bubble, transfers, dataParallel, hideable, lost, total: busy + lost };
}

/** As stepTime, from layer costs computed before for the same model, micro-batch, TP, CP and EP. */
export function stepTimeOf(
  job: TrainingJob,
  costs: LayerCosts,
  constants: TrainingConstants,
): StepTime {
  const { layer } = costs;
  const step = unchunkedStep(job, costs, constants);
  const { bubble, transfers, dataParallel, lost, total } = chunkedStep(job, step, constants);
  const { recompute, tensor, experts, context, host, gap } = step.layer;
  const stages = job.layout.pipelineParallel;
  const modules = predictionModules(job);
  const perLayer = (step.microBatches * (job.architecture.layers + modules)) / stages;
  const matmul = perLayer * (layer.forwardMatmul + layer.backwardMatmul);
  const elementwise = perLayer * 3 * layer.forwardElementwise;
  const computed = perLayer * (forwardSeconds(layer) + layer.backward);
  return {
    matmul: matmul + (step.microBatches * (1 + modules) * costs.head) / stages,
    attention: computed - matmul - elementwise,
    elementwise,
    recompute: perLayer * recompute,
    tensorParallel: perLayer * tensor,
    expertParallel: perLayer * experts,
    contextParallel: perLayer * context,
    pipelineTransfer: transfers,
    pipelineBubble: bubble,
    dataParallel,
    hostTransfer: perLayer * host,
    optimizer: step.optimizer,
    software: lost + perLayer * gap,
    total,
  };
}

const noExchange: DataParallelTime = {
  perStep: 0,
  behindForward: 0,
  afterward: 0,
  perMicroBatch: 0,
  waitingPerMicroBatch: 0,
  sentPerMicroBatch: 0,
};
