import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import type { Recompute } from '../plan';
import {
  contextParallelSeconds,
  dataParallelTime,
  expertParallelSeconds,
  pipelineTransferSeconds,
  tensorParallelSeconds,
} from './communication';
import type { TrainingConstants } from './constants';
import {
  acceleratorsPerReplica,
  denseReplicas,
  expertReplicas,
  microBatches,
  type TrainingJob,
} from './job';
import { layerTime, outputHeadSeconds, type LayerTime } from './layer-time';
import { parametersPerAccelerator } from './memory';

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
  readonly optimizer: number;
  readonly software: number;
  readonly total: number;
}

/** Mean over dense and expert layers of one number of a layer's time. */
function meanLayer(job: TrainingJob, dense: number, expert: number): number {
  const { denseLayers, expertLayers } = job.parameters;
  return (denseLayers * dense + expertLayers * expert) / (denseLayers + expertLayers);
}

function layerTimes(job: TrainingJob, device: Device, constants: TrainingConstants): LayerTime {
  const { denseLayers, expertLayers } = job.parameters;
  const first = layerTime(job, device, constants, denseLayers === 0);
  if (denseLayers === 0 || expertLayers === 0) return first;
  const expert = layerTime(job, device, constants, true);
  return {
    forwardMatmul: meanLayer(job, first.forwardMatmul, expert.forwardMatmul),
    forwardAttention: meanLayer(job, first.forwardAttention, expert.forwardAttention),
    forwardElementwise: meanLayer(job, first.forwardElementwise, expert.forwardElementwise),
    backward: meanLayer(job, first.backward, expert.backward),
    cheapModules: meanLayer(job, first.cheapModules, expert.cheapModules),
  };
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
      return layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
  }
}

/** Time of the Adam update on one accelerator, limited by memory traffic. */
function optimizerSeconds(job: TrainingJob, device: Device, constants: TrainingConstants): number {
  const { dense, expert } = parametersPerAccelerator(job);
  const isSharded = job.layout.zeroStage > 0;
  const held =
    dense / (isSharded ? denseReplicas(job) : 1) + expert / (isSharded ? expertReplicas(job) : 1);
  return streamSeconds(device, constants.optimizerTrafficBytes * held);
}

/** Part of a data-parallel exchange that stays visible behind the computation it overlaps. */
function exposed(exchange: number, overlappable: number, leastShare: number): number {
  return Math.max(leastShare * exchange, exchange - overlappable);
}

/**
 * Time of one optimizer step.
 *
 *   t = (m + (p − 1) / v) · t_stage + t_DP + t_optimizer, all times (1 + ω + σ · log₂ G)
 *   t_stage = L / p · (forward + backward + recomputation + tensor-, expert-, context-parallel exposed) + output head
 *
 * m micro-batches per replica [1] · p stages [1] · v chunks per stage [1] · L layers [1] · ω time lost between kernels [1] ·
 * σ time lost to waiting per doubling of the G accelerators [1]. The bubble is (p − 1) / (v · m) of the busy time; the stage counted is the busiest.
 *
 * Leaves out: schedules without bubble, faults and checkpoints (see effective time), data loading.
 * Source: Narayanan et al. 2021, sections 2.2 and 3, https://arxiv.org/abs/2104.04473, from memory.
 */
export function stepTime(job: TrainingJob, device: Device, constants: TrainingConstants): StepTime {
  const { layout, architecture } = job;
  const { layers } = architecture;
  const stages = layout.pipelineParallel;
  const layer = layerTimes(job, device, constants);
  const recompute = recomputeSeconds(layout.recompute, layer);
  const replayed = layout.recompute === 'full' ? 1.5 : 1;
  const tensor = replayed * tensorParallelSeconds(job, device, constants);
  const experts =
    (job.parameters.expertLayers / layers) *
    replayed *
    expertParallelSeconds(job, device, constants);
  const context = replayed * contextParallelSeconds(job, device, constants);
  const head = outputHeadSeconds(job, device);
  const layerSeconds =
    layer.forwardMatmul +
    layer.forwardAttention +
    layer.forwardElementwise +
    layer.backward +
    recompute +
    tensor +
    experts +
    context;

  const m = microBatches(job);
  const even = (layers * layerSeconds + head) / stages;
  const busiest = busiestStageSeconds(job, layerSeconds, head);
  const bubble = ((stages - 1) / layout.virtualStages) * even + m * (busiest - even);
  const transfers =
    (m + stages - 1) * layout.virtualStages * pipelineTransferSeconds(job, device, constants);

  const exchange = dataParallelTime(job, device);
  const backwardOfStage = (layers / stages) * layer.backward;
  const dataParallel =
    exposed(exchange.perStep, backwardOfStage, constants.dataParallelExposed) +
    m * exposed(exchange.perMicroBatch, even, constants.dataParallelExposed);
  const optimizer = optimizerSeconds(job, device, constants);

  const perLayer = (m * layers) / stages;
  const backwardAttention = (2.5 / constants.backwardAttentionRatio) * layer.forwardAttention;
  const attention = perLayer * (layer.forwardAttention + backwardAttention);
  const elementwise = perLayer * 3 * layer.forwardElementwise;
  const matmul = perLayer * 3 * layer.forwardMatmul + (m * head) / stages;
  const busy = m * even + bubble + transfers + dataParallel + optimizer;
  const accelerators = acceleratorsPerReplica(layout) * job.dataParallel;
  const software =
    (constants.softwareOverhead + constants.waitingPerDoubling * Math.log2(accelerators)) * busy;
  return {
    matmul,
    attention,
    elementwise,
    recompute: perLayer * recompute,
    tensorParallel: perLayer * tensor,
    expertParallel: perLayer * experts,
    contextParallel: perLayer * context,
    pipelineTransfer: transfers,
    pipelineBubble: bubble,
    dataParallel,
    optimizer,
    software,
    total: busy + software,
  };
}
