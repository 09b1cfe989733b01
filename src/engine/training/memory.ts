import { activationBytesPerToken, styleOf, type ActivationStyle } from './activations';
import type { TrainingConstants } from './constants';
import { microBatches, tokensPerMicroBatch, type TrainingJob } from './job';
import { stageLayersInFlight } from './layers-in-flight';
import {
  parametersOfStage,
  parametersPerAccelerator,
  stateBytes,
  type StateBytes,
} from './model-state';
import type { Recompute } from '../plan';

/** Memory of one accelerator of a training job, by use [B]. */
export interface TrainingMemory {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly logits: number;
  /** what the allocator cannot use between its blocks */
  readonly fragmentation: number;
  readonly framework: number;
  readonly total: number;
}

function bytesOfLayers(
  { architecture, precision, sequenceLength }: TrainingJob,
  style: ActivationStyle,
  recompute: Recompute,
  layers: number,
  isExpertLayer: boolean,
): number {
  if (layers === 0) return 0;
  return (
    layers *
    activationBytesPerToken(
      architecture,
      isExpertLayer,
      sequenceLength,
      precision,
      recompute,
      style,
    )
  );
}

/** Bytes of the activations of one layer per token, averaged over the layers, with that recomputation. */
function layerBytesPerToken(
  job: TrainingJob,
  style: ActivationStyle,
  recompute: Recompute,
): number {
  const { architecture, parameters, layout } = job;
  const hasWholeNorms = job.software?.hasSequenceParallel === false;
  const perNorm = recompute === 'full' ? 2 : 10;
  const whole = hasWholeNorms ? perNorm * architecture.hidden * (layout.tensorParallel - 1) : 0;
  const total =
    whole * architecture.layers +
    bytesOfLayers(job, style, recompute, parameters.denseLayers, false) +
    bytesOfLayers(job, style, recompute, parameters.expertLayers, true);
  return total / architecture.layers;
}

/** What a layer keeps: where only some layers of a stage are recomputed, the mean. */
function keptBytesPerToken(job: TrainingJob, style: ActivationStyle): number {
  const { recompute } = job.layout;
  const kept = layerBytesPerToken(job, style, recompute);
  const share = recomputedShare(job);
  if (recompute !== 'full' || share === 1) return kept;
  return share * kept + (1 - share) * layerBytesPerToken(job, style, 'none');
}

/** Share of the layers that full recomputation covers. */
export function recomputedShare({ layout, architecture }: TrainingJob): number {
  const { recomputedLayers, pipelineParallel } = layout;
  if (recomputedLayers === undefined) return 1;
  return Math.min(1, (recomputedLayers * pipelineParallel) / architecture.layers);
}

/** Parts of the memory that depend on the micro-batch: of a stage's layers, of one recomputed layer, of its outputs. */
interface Working {
  readonly perLayer: number;
  readonly recomputed: number;
  readonly outputs: number;
  readonly logits: number;
}

function workingBytes(job: TrainingJob, style: ActivationStyle): Working {
  const { architecture, layout, software } = job;
  const tokens = tokensPerMicroBatch(job) / layout.tensorParallel;
  const isFull = layout.recompute === 'full';
  // Selective recomputation came together with freeing a stage's outputs.
  const keepsOutputs = software?.generation === 'early' && isFull && layout.pipelineParallel > 1;
  const whole = software?.hasSequenceParallel === false ? layout.tensorParallel : 1;
  return {
    perLayer: keptBytesPerToken(job, style) * tokens,
    recomputed: isFull ? layerBytesPerToken(job, style, 'none') * tokens : 0,
    outputs: keepsOutputs ? 2 * whole * architecture.hidden * tokens : 0,
    logits: 6 * architecture.vocabulary * tokens,
  };
}

/** Layers whose activations stay where the others go to the host: one is computed while another is on its way. */
const layersBesideHost = 2;

function activationsOf(job: TrainingJob, working: Working, stage: number): number {
  const kept = Math.min(job.layout.pipelineParallel - stage, microBatches(job));
  const inFlight = stageLayersInFlight(job, stage);
  const moved = offloadedShare(job) * inFlight;
  const here = inFlight - moved + Math.min(layersBesideHost, moved);
  return here * working.perLayer + working.recomputed + kept * working.outputs;
}

/** Share of the layers whose activations wait in the host's memory. */
export function offloadedShare({ layout, architecture }: TrainingJob): number {
  const { offloadedLayers, pipelineParallel } = layout;
  if (offloadedLayers === undefined) return 0;
  return Math.min(1, (offloadedLayers * pipelineParallel) / architecture.layers);
}

/** Bytes that a layer keeps of one micro-batch for the backward pass, on one accelerator. */
export function keptLayerBytes(job: TrainingJob): number {
  const tokens = tokensPerMicroBatch(job) / job.layout.tensorParallel;
  return keptBytesPerToken(job, styleOf(job.software)) * tokens;
}

/**
 * Memory of one accelerator of a pipeline stage.
 *
 *   M = (weights + gradients + optimizer + A · n · b·s / (TP · CP) + W + logits) · (1 + φ) + framework
 *   logits = (2 + 4) · V · b·s / (TP · CP)   on the last stage
 *
 * A bytes per token and layer [B] · n layers in flight [1] · b micro-batch [sequences] · s sequence length [tokens] · W one
 * layer's whole working set where it is recomputed [B] · V vocabulary [1] · φ share lost to fragmentation [1]. Without
 * sequence parallelism norms and dropout, 10·h bytes per token, are whole on every tensor rank. The software of 2021 also
 * keeps the outputs of a stage, 2·h bytes per token and micro-batch in flight. Of the layers whose activations go to the host
 * two stay.
 *
 * Leaves out: temporary workspaces, uneven expert load, the encoder of multimodal models.
 * Source: Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198; Rajbhandari et al. 2020,
 * https://arxiv.org/abs/1910.02054; both from memory; φ: docs/calibration/training.md.
 */
export function stageMemory(
  job: TrainingJob,
  constants: TrainingConstants,
  stage: number,
  style: ActivationStyle = styleOf(job.software),
): TrainingMemory {
  const working = workingBytes(job, style);
  const isLast = stage === job.layout.pipelineParallel - 1;
  return summed(
    stateBytes(job, constants, parametersOfStage(job, stage)),
    activationsOf(job, working, stage),
    isLast ? working.logits : 0,
    constants,
    job.software?.generation === 'early',
  );
}

/** What of a job's memory does not depend on the chunks of its stages: a search computes it once for all numbers of chunks. */
export interface UnchunkedMemory {
  readonly working: Working;
  readonly state: StateBytes;
}

/** See UnchunkedMemory; of the fullest accelerator. */
export function unchunkedMemory(
  job: TrainingJob,
  constants: TrainingConstants,
  style: ActivationStyle = styleOf(job.software),
): UnchunkedMemory {
  return {
    working: workingBytes(job, style),
    state: stateBytes(job, constants, parametersPerAccelerator(job)),
  };
}

/**
 * Memory of the fullest accelerator: the first pipeline stage, which holds the most micro-batches in flight, or the last,
 * which holds the logits; both hold an embedding. See stageMemory.
 */
export function trainingMemory(
  job: TrainingJob,
  constants: TrainingConstants,
  style: ActivationStyle = styleOf(job.software),
): TrainingMemory {
  return chunkedMemory(job, unchunkedMemory(job, constants, style), constants);
}

/** As trainingMemory, with the chunks of the job, from what does not depend on them. */
export function chunkedMemory(
  job: TrainingJob,
  { working, state }: UnchunkedMemory,
  constants: TrainingConstants,
): TrainingMemory {
  const first = activationsOf(job, working, 0);
  const last = activationsOf(job, working, job.layout.pipelineParallel - 1);
  const isLastFullest = last + working.logits > first;
  return summed(
    state,
    isLastFullest ? last : first,
    isLastFullest ? working.logits : 0,
    constants,
    job.software?.generation === 'early',
  );
}

function summed(
  { weights, gradients, optimizer }: StateBytes,
  activations: number,
  logits: number,
  { fragmentation: lost, fragmentationEarly, frameworkBytes: framework }: TrainingConstants,
  isEarly: boolean,
): TrainingMemory {
  const allocated = weights + gradients + optimizer + activations + logits;
  const fragmentation = (isEarly ? fragmentationEarly : lost) * allocated;
  const total = allocated + fragmentation + framework;
  return { weights, gradients, optimizer, activations, logits, fragmentation, framework, total };
}
