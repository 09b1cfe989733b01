import type { Architecture, Precision } from '../catalogue/types';
import type { ParameterCount } from '../model/parameters';
import type { TrainingLayout } from '../plan';
import type { TrainingSoftware } from './software';

/** One training job as plain numbers: what memory and step time are computed from. */
export interface TrainingJob {
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  readonly precision: Precision;
  readonly sequenceLength: number;
  /** sequences per optimizer step over the whole job */
  readonly globalBatch: number;
  readonly layout: TrainingLayout;
  /** replicas of the model; accelerators = TP · PP · CP · DP */
  readonly dataParallel: number;
  /** the newest for the part where it is not given */
  readonly software?: TrainingSoftware;
  /** ranks that share each expert's matrices; 1 where it is not given */
  readonly expertTensorParallel?: number;
  /** only low-rank adapters are trained: the backward pass computes no weight gradients, nothing large is exchanged */
  readonly trainsAdaptersOnly?: boolean;
  /** a router held to an even load, as benchmarks do; false where it is not given */
  readonly routesEvenly?: boolean;
  /** a trained router meets data of its own kind, as in fine-tuning, with nothing that holds it even; false where it is not given */
  readonly routesFreely?: boolean;
}

/** Accelerators that hold one replica of the model: TP · PP · CP. */
export function acceleratorsPerReplica(layout: TrainingLayout): number {
  return layout.tensorParallel * layout.pipelineParallel * layout.contextParallel;
}

/** Micro-batches per optimizer step of one replica, at least one: B / (DP · b). */
export function microBatches(job: TrainingJob): number {
  return Math.max(1, job.globalBatch / (job.dataParallel * job.layout.microBatch));
}

/** Tokens of one micro-batch that one context-parallel rank works on: b · s / CP. */
export function tokensPerMicroBatch(job: TrainingJob): number {
  return (job.layout.microBatch * job.sequenceLength) / job.layout.contextParallel;
}

/** Ranks over which the dense weights are replicated, and may be sharded by ZeRO. */
export function denseReplicas(job: TrainingJob): number {
  return job.dataParallel * job.layout.contextParallel;
}

/** Ranks over which one expert is replicated: experts are spread over the tensor, context and data ranks of a stage. */
export function expertReplicas(job: TrainingJob): number {
  const { tensorParallel, contextParallel, expertParallel } = job.layout;
  const ranks = tensorParallel * contextParallel * job.dataParallel;
  return Math.max(1, ranks / (expertParallel * (job.expertTensorParallel ?? 1)));
}

/** Ranks over which ZeRO shards the dense state: all replicas, or the group of hybrid sharding. */
export function denseShards(job: TrainingJob): number {
  const replicas = denseReplicas(job);
  return Math.min(replicas, job.layout.shardGroup ?? replicas);
}

/** Ranks over which ZeRO shards one expert's state. */
export function expertShards(job: TrainingJob): number {
  const replicas = expertReplicas(job);
  return Math.min(replicas, job.layout.shardGroup ?? replicas);
}

/** What evens out the load of experts, or does not. */
export interface RoutingConstants {
  /** load of the busiest rank over the mean where a loss holds the router near an even load */
  readonly expertImbalance: number;
  /** deviation of an expert's load over its mean where nothing does */
  readonly routingSpread: number;
}

/**
 * Load of the busiest rank of experts over the mean: the slots there are where tokens are dropped, one under even routing, a constant
 * where a loss holds the router, and where nothing does what is left of the experts' own differences on the busiest rank:
 *
 *   i = min(1 + σ · √(x / e) · √(2 · ln x), x · min(k, e / x) / k)
 *
 * σ deviation of an expert's load over its mean [1] · e experts, k of them per token [1] · x ranks that hold them [1]. The mean of e / x
 * loads deviates by σ / √(e / x); the largest of x such means lies about √(2 · ln x) deviations above. A rank gets no more than every
 * token's experts.
 *
 * Leaves out: experts that are chosen together. Source: extreme values of normal variables, from memory.
 */
export function expertLoad(
  { architecture, layout, routesEvenly, routesFreely }: TrainingJob,
  constants: RoutingConstants,
): number {
  const { capacityFactor, expertParallel: ranks } = layout;
  if (capacityFactor !== undefined) return capacityFactor;
  const experts = architecture.mixtureOfExperts;
  if (routesEvenly || experts === null) return 1;
  if (!routesFreely) return constants.expertImbalance;
  const held = experts.experts / ranks;
  const deviation = constants.routingSpread / Math.sqrt(held);
  const most = (ranks * Math.min(experts.expertsPerToken, held)) / experts.expertsPerToken;
  return Math.min(1 + deviation * Math.sqrt(2 * Math.log(ranks)), Math.max(1, most));
}
