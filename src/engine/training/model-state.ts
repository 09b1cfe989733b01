import type { Precision } from '../catalogue/types';
import { bytesPerElement } from '../model/precision';
import type { TrainingConstants } from './constants';
import { denseShards, expertShards, type TrainingJob } from './job';
import { optimizerBytes } from './optimizer';

/** Parameters that one accelerator holds, dense and expert ones apart. */
export interface HeldParameters {
  readonly dense: number;
  readonly expert: number;
}

/** Weights are kept in 16 bits at least: 8-bit training converts them on the way into each product. */
export function trainedWeightBytes(precision: Precision): number {
  return Math.max(2, bytesPerElement(precision));
}

/** Parameters that one accelerator of the first or last stage holds, dense and expert ones apart. */
export function parametersPerAccelerator(job: TrainingJob): HeldParameters {
  return parametersOfStage(job, 0);
}

/**
 * Parameters that one accelerator of a pipeline stage holds: layers are divided evenly, the first stage holds the input
 * embedding, the last the output head; tied or not, each keeps its own copy. Stages between hold layers alone.
 */
export function parametersOfStage(job: TrainingJob, stage: number): HeldParameters {
  const { parameters, architecture, layout } = job;
  const stages = layout.pipelineParallel;
  const experts = (parameters.expertLayers * parameters.routedExperts) / stages;
  const all = parameters.total - parameters.embedding;
  const layersOnly = all / stages - experts;
  const isBetween = stage > 0 && stage < stages - 1;
  const table = stages === 1 ? parameters.embedding : architecture.vocabulary * architecture.hidden;
  return {
    dense: (layersOnly + (isBetween ? 0 : table)) / layout.tensorParallel,
    expert: experts / layout.expertParallel / (job.expertTensorParallel ?? 1),
  };
}

/** Parameters of low-rank adapters over those of the model: well under a hundredth. */
const adapterShare = 0.005;

/** Bytes per parameter of a gradient between micro-batches: 16 bits in the software of 2021 and without a master, else 32. */
function gradientBytes({ software }: TrainingJob, constants: TrainingConstants): number {
  return software?.generation === 'early' || software?.keepsNoMaster ? 2 : constants.gradientBytes;
}

export interface StateBytes {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
}

/**
 * Model state of one accelerator under ZeRO.
 *
 *   weights 2·P (ZeRO-3: / r) · gradients g·P (ZeRO-2 and 3: / r) · optimizer o·P (ZeRO-1 to 3: / r; none where offloaded)
 *
 * P parameters held [1] · g bytes of a gradient: 4, in the software of 2021 and where nothing is kept in 32 bits 2 · o bytes of
 * master weight and moments (see optimizerBytes) · r replicas that share the state: DP · CP for dense weights, TP · CP · DP / EP for
 * experts, at most the group of hybrid sharding [1]. DualPipe holds two stages' weights and gradients. Weights in the host's
 * memory leave two gathered layers here.
 *
 * Leaves out: buffers for gathered layers (under ZeRO-3 two layers, added to the weights), 8-bit weight copies.
 * Source: Rajbhandari et al. 2020, section 3, https://arxiv.org/abs/1910.02054; DeepSeek-AI 2024, DeepSeek-V3, section
 * 3.2.1, https://arxiv.org/abs/2412.19437; both from memory.
 */
export function stateBytes(
  job: TrainingJob,
  constants: TrainingConstants,
  { dense, expert }: HeldParameters,
): StateBytes {
  const { zeroStage, tensorParallel, schedule, offloadsOptimizer, offloadsWeights } = job.layout;
  const isInHost = zeroStage === 3 && offloadsWeights === true;
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
  const copies = schedule === 'dualpipe' ? 2 : 1;
  const whole = dense + expert;
  const sharded = dense / denseShards(job) + expert / expertShards(job);
  const optimizer = trained * optimizerBytes(job, constants) * (zeroStage >= 1 ? sharded : whole);
  const keptWeights = zeroStage === 3 ? sharded : whole;
  const keptGradients = zeroStage >= 2 ? sharded : whole;
  return {
    weights: copies * weightWidth * ((isInHost ? 0 : keptWeights) + gathered),
    gradients: copies * trained * gradientBytes(job, constants) * (isInHost ? 0 : keptGradients),
    optimizer: offloadsOptimizer ? 0 : optimizer,
  };
}
