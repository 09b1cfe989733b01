import type { Precision } from '../catalogue/types';
import { bytesPerElement } from '../model/precision';
import { activationBytesPerToken, styleOf, type ActivationStyle } from './activations';
import type { TrainingConstants } from './constants';
import {
  denseReplicas,
  expertReplicas,
  microBatches,
  tokensPerMicroBatch,
  type TrainingJob,
} from './job';

/** Memory of the fullest accelerator of a training job, by use [B]. */
export interface TrainingMemory {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly logits: number;
  readonly framework: number;
  readonly total: number;
}

/** Weights are kept in 16 bits at least: 8-bit training converts them on the way into each product. */
export function trainedWeightBytes(precision: Precision): number {
  return Math.max(2, bytesPerElement(precision));
}

/**
 * Layer activations that one pipeline stage holds at once, counted in layers × micro-batches.
 *
 *   1F1B          n = min(p − i, m) · L / p
 *   interleaved   n = min(2·(p − i − 1) + (v − 1)·p + 1, m·v) · L / (p·v)
 *
 * p stages [1] · i index of the stage [1] · m micro-batches per step [1] · v chunks per stage [1] · L layers [1].
 * On the first interleaved stage with many micro-batches this is L · (1 + (p − 1) / (p·v)).
 *
 * Leaves out: uneven splits of layers.
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473; Korthikanti et al. 2022, appendix C,
 * https://arxiv.org/abs/2205.05198; both from memory.
 */
export function layersInFlight(
  layers: number,
  stages: number,
  stage: number,
  chunks: number,
  microBatchesPerStep: number,
): number {
  if (chunks <= 1) {
    return (Math.min(stages - stage, microBatchesPerStep) * layers) / stages;
  }
  const warmUp = 2 * (stages - stage - 1) + (chunks - 1) * stages + 1;
  return (Math.min(warmUp, microBatchesPerStep * chunks) * layers) / (stages * chunks);
}

/** Parameters that one accelerator of a pipeline stage holds, dense and expert ones apart. */
export function parametersPerAccelerator(job: TrainingJob): { dense: number; expert: number } {
  const { parameters, architecture, layout } = job;
  const stages = layout.pipelineParallel;
  const experts = (parameters.expertLayers * parameters.routedExperts) / stages;
  const all = parameters.total - parameters.embedding;
  const layersOnly = all / stages - experts;
  // The first stage holds the input embedding, the last the output head; tied or not, each keeps its own copy.
  const embeddings =
    stages === 1 ? parameters.embedding : architecture.vocabulary * architecture.hidden;
  return {
    dense: (layersOnly + embeddings) / layout.tensorParallel,
    expert: experts / layout.expertParallel / (job.expertTensorParallel ?? 1),
  };
}

/** Parameters of low-rank adapters over those of the model: well under a hundredth. */
const adapterShare = 0.005;

interface StateBytes {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
}

/**
 * Model state of one accelerator under ZeRO.
 *
 *   weights 2·P (ZeRO-3: / r) · gradients 4·P (ZeRO-2 and 3: / r) · optimizer 12·P (ZeRO-1 to 3: / r)
 *
 * P parameters held [1] · r replicas that share the state: DP · CP for dense weights, TP · CP · DP / EP for experts [1]
 *
 * Leaves out: buffers for gathered layers (under ZeRO-3 two layers, added to the weights), 8-bit weight copies.
 * Source: Rajbhandari et al. 2020, section 3, https://arxiv.org/abs/1910.02054, from memory.
 */
function stateBytes(job: TrainingJob, constants: TrainingConstants): StateBytes {
  const { zeroStage, tensorParallel } = job.layout;
  const { dense, expert } = parametersPerAccelerator(job);
  const weightWidth = job.trainsAdaptersOnly
    ? bytesPerElement(job.precision)
    : trainedWeightBytes(job.precision);
  const { attentionPerLayer, denseFeedForward, expertFeedForward } = job.parameters;
  const { routedExperts } = job.parameters;
  const spread = job.layout.expertParallel * (job.expertTensorParallel ?? 1);
  const expertsHere = expertFeedForward - routedExperts + routedExperts / spread;
  const layer = attentionPerLayer + Math.max(denseFeedForward, expertsHere);
  const gathered = zeroStage === 3 ? (2 * layer) / tensorParallel : 0;
  const trained = job.trainsAdaptersOnly ? adapterShare : 1;
  const whole = dense + expert;
  const sharded = dense / denseReplicas(job) + expert / expertReplicas(job);
  return {
    weights: weightWidth * ((zeroStage === 3 ? sharded : whole) + gathered),
    gradients: trained * constants.gradientBytes * (zeroStage >= 2 ? sharded : whole),
    optimizer: trained * constants.optimizerBytes * (zeroStage >= 1 ? sharded : whole),
  };
}

function bytesOfLayers(
  job: TrainingJob,
  style: ActivationStyle,
  layers: number,
  isExpertLayer: boolean,
): number {
  if (layers === 0) return 0;
  const { architecture, layout, precision, sequenceLength } = job;
  const { recompute } = layout;
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

/** Bytes of the activations of one layer per token, averaged over dense and expert layers. */
function meanLayerBytesPerToken(job: TrainingJob, style: ActivationStyle): number {
  const { architecture, parameters, layout } = job;
  const hasWholeNorms = job.software?.hasSequenceParallel === false;
  const perNorm = layout.recompute === 'full' ? 2 : 10;
  const whole = hasWholeNorms ? perNorm * architecture.hidden * (layout.tensorParallel - 1) : 0;
  const total =
    whole * architecture.layers +
    bytesOfLayers(job, style, parameters.denseLayers, false) +
    bytesOfLayers(job, style, parameters.expertLayers, true);
  return total / architecture.layers;
}

/** One layer's full working set, needed while a recomputed layer runs its backward pass. */
function workingSetPerToken(job: TrainingJob, style: ActivationStyle): number {
  if (job.layout.recompute !== 'full') return 0;
  const { architecture, parameters, precision, sequenceLength } = job;
  const hasExperts = parameters.expertLayers > 0;
  return activationBytesPerToken(
    architecture,
    hasExperts,
    sequenceLength,
    precision,
    'selective',
    style,
  );
}

/**
 * Memory of the fullest accelerator: the first pipeline stage, which holds the most micro-batches in flight, or the last,
 * which holds the logits.
 *
 *   M = weights + gradients + optimizer + A · n · b·s / (TP · CP) + logits + framework
 *   logits = (2 + 4) · V · b·s / (TP · CP)   on the last stage
 *
 * A bytes per token and layer [B] · n layers in flight [1] · b micro-batch [sequences] · s sequence length [tokens] ·
 * V vocabulary [1]. Without sequence parallelism norms and dropout, 10·h bytes per token, are whole on every tensor rank.
 *
 * Leaves out: fragmentation of the allocator, temporary workspaces, uneven expert load, the encoder of multimodal models.
 * Source: Korthikanti et al. 2022, https://arxiv.org/abs/2205.05198; Rajbhandari et al. 2020,
 * https://arxiv.org/abs/1910.02054; both from memory.
 */
export function trainingMemory(
  job: TrainingJob,
  constants: TrainingConstants,
  style: ActivationStyle = styleOf(job.software),
): TrainingMemory {
  const { architecture, layout } = job;
  const stages = layout.pipelineParallel;
  const tokens = tokensPerMicroBatch(job) / layout.tensorParallel;
  const layerBytes = meanLayerBytesPerToken(job, style) * tokens;
  const working = workingSetPerToken(job, style) * tokens;
  const { layers, vocabulary } = architecture;
  const chunks = layout.virtualStages;
  const perStep = microBatches(job);
  const first = layersInFlight(layers, stages, 0, chunks, perStep) * layerBytes + working;
  const last = layersInFlight(layers, stages, stages - 1, chunks, perStep) * layerBytes + working;
  const logits = 6 * vocabulary * tokens;
  const isLastFullest = last + logits > first;
  const state = stateBytes(job, constants);
  const activations = isLastFullest ? last : first;
  const logitsHeld = isLastFullest ? logits : 0;
  return {
    weights: state.weights,
    gradients: state.gradients,
    optimizer: state.optimizer,
    activations,
    logits: logitsHeld,
    framework: constants.frameworkBytes,
    total:
      state.weights +
      state.gradients +
      state.optimizer +
      activations +
      logitsHeld +
      constants.frameworkBytes,
  };
}
