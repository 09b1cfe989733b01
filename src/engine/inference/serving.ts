import type { Architecture, Assumptions, Precision } from '../catalogue/types';
import { allReduceSeconds, linkFor, type Link } from '../hardware/collective';
import { assumptionValue } from '../hardware/constants';
import type { Device } from '../hardware/device';
import { keyValueBytesPerToken } from '../model/bytes';
import { countParameters, type ParameterCount } from '../model/parameters';

/** Names of the catalogue's assumptions that describe a serving engine. */
export const servingAssumptionKeys = {
  memoryFraction: 'serving.memoryFraction',
  workspace: 'serving.workspace',
  largestBatch: 'serving.largestBatch',
  layerOverhead: 'serving.layerOverhead',
  stepOverhead: 'serving.stepOverhead',
  requestOverhead: 'serving.requestOverhead',
  prefillTokens: 'serving.prefillTokens',
  expertImbalance: 'serving.expertImbalance',
  prefillFraction: 'serving.prefillFraction',
  closedLoopBurst: 'serving.closedLoopBurst',
} as const;

/** How a serving engine uses the machine, as plain numbers in SI units; the facts are in the catalogue. */
export interface ServingConstants {
  /** share of the accelerator's memory that the engine may fill, 0–1 */
  readonly memoryFraction: number;
  /** activations, captured graphs and buffers per accelerator */
  readonly workspaceBytes: number;
  /** requests in flight that the engine accepts on one replica */
  readonly largestBatch: number;
  /** norms, rotary embedding, activation and the gaps between kernels, per layer */
  readonly layerOverheadSeconds: number;
  /** scheduling, sampling and detokenising per step */
  readonly stepOverheadSeconds: number;
  /** receiving, tokenising and queueing one request */
  readonly requestOverheadSeconds: number;
  /** prompt tokens processed together */
  readonly prefillTokens: number;
  /** busiest accelerator's share of the expert work over the mean */
  readonly expertImbalance: number;
  /** share of the kernels' own speed that whole prompts reach, 0–1 */
  readonly prefillFraction: number;
  /** share of a closed-loop benchmark's prompts that arrive together, 0–1 */
  readonly closedLoopBurst: number;
}

/** One replica of a model on tensor-parallel accelerators, ready to be timed. */
export interface Serving {
  readonly device: Device;
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  readonly weightPrecision: Precision;
  readonly tensorParallel: number;
  /** stages that each hold a share of the layers; requests in flight are split over them */
  readonly pipelineParallel: number;
  readonly link: Link;
  /** stored width of a weight and of a cache element */
  readonly elementBytes: { readonly weight: number; readonly cache: number };
  /** weights of the whole model */
  readonly weightBytes: number;
  readonly weightBytesPerAccelerator: number;
  /** key–value cache of one token, whole model */
  readonly cacheBytesPerToken: number;
  readonly cacheBytesPerTokenPerAccelerator: number;
  readonly constants: ServingConstants;
}

export interface ServingSetup {
  readonly device: Device;
  readonly architecture: Architecture;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
}

/** Bytes of a stored weight; 4-bit formats carry one 8-bit scale per block of 16. */
const storedWeightBytes: Readonly<Record<Precision, number>> = {
  fp64: 8,
  fp32: 4,
  tf32: 4,
  bf16: 2,
  fp16: 2,
  fp8: 1,
  int8: 1,
  fp4: 0.5625,
};

export function readServingConstants(assumptions: Assumptions): ServingConstants {
  const names = servingAssumptionKeys;
  const read = (key: string): number => assumptionValue(assumptions, key);
  return {
    memoryFraction: read(names.memoryFraction),
    workspaceBytes: read(names.workspace) * 1e9,
    largestBatch: read(names.largestBatch),
    layerOverheadSeconds: read(names.layerOverhead) * 1e-6,
    stepOverheadSeconds: read(names.stepOverhead) * 1e-3,
    requestOverheadSeconds: read(names.requestOverhead) * 1e-3,
    prefillTokens: read(names.prefillTokens),
    expertImbalance: read(names.expertImbalance),
    prefillFraction: read(names.prefillFraction),
    closedLoopBurst: read(names.closedLoopBurst),
  };
}

/**
 * Bytes of all weights of a served model.
 *
 *   W = (N − N_e) · b + N_e · max(b, 2)
 *
 * N parameters [1] · N_e token embedding and output head [1], which quantised checkpoints keep in 16 bits · b bytes per weight [B]
 *
 * Leaves out: other tensors kept wide (norms, router), padding.
 * Source: definition; the convention is that of published FP8 checkpoints (from memory).
 */
export function servedWeightBytes(parameters: ParameterCount, precision: Precision): number {
  const elementBytes = storedWeightBytes[precision];
  const quantised = (parameters.total - parameters.embedding) * elementBytes;
  return quantised + parameters.embedding * Math.max(elementBytes, 2);
}

/** Brings together what the timings need, once per configuration. */
export function prepareServing(setup: ServingSetup, constants: ServingConstants): Serving {
  const { device, architecture, weightPrecision, tensorParallel, pipelineParallel } = setup;
  const parameters = countParameters(architecture);
  const weightBytes = servedWeightBytes(parameters, weightPrecision);
  const cacheBytesPerToken = keyValueBytesPerToken(
    architecture,
    storedWeightBytes[setup.keyValuePrecision],
  );
  return {
    device,
    architecture,
    parameters,
    weightPrecision,
    tensorParallel,
    pipelineParallel,
    link: linkFor(device, tensorParallel, 1, 'low latency'),
    elementBytes: {
      weight: storedWeightBytes[weightPrecision],
      cache: storedWeightBytes[setup.keyValuePrecision],
    },
    weightBytes,
    weightBytesPerAccelerator: weightBytes / (tensorParallel * pipelineParallel),
    cacheBytesPerToken,
    cacheBytesPerTokenPerAccelerator:
      cacheBytesPerToken / cacheShards(architecture, tensorParallel) / pipelineParallel,
    constants,
  };
}

/** Tensor-parallel ranks that hold different heads of the cache; beyond that they hold copies, as with a latent cache. */
function cacheShards(architecture: Architecture, tensorParallel: number): number {
  return architecture.latentAttention ? 1 : Math.min(tensorParallel, architecture.keyValueHeads);
}

/**
 * Time of the tensor-parallel all-reduces of one pass: two per layer over the activations of every row.
 *
 *   t = 2 · L · t_AR(2 · R · h)
 *
 * L layers [1] · R rows, tokens in the pass [1] · h hidden width [1] · t_AR see allReduceSeconds
 *
 * Leaves out: overlap with computation, quantised or fused all-reduces.
 * Source: Shoeybi et al. 2019, Megatron-LM, https://arxiv.org/abs/1909.08053, section 3 (from memory).
 */
export function tensorParallelSeconds(serving: Serving, rows: number): number {
  const { layers, hidden } = serving.architecture;
  return 2 * layers * allReduceSeconds(2 * rows * hidden, serving.tensorParallel, serving.link);
}
