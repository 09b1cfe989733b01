import { maximumBatch, servingMemory, type ServingMemory } from './capacity';
import {
  meanContextTokens,
  operatingBatch,
  operatingPoint,
  type BatchLimit,
  type LatencyTargets,
  type OperatingPoint,
  type RequestShape,
} from './operating-point';
import { poolsFor, rateOfPools } from './prompt-pool';
import type { Serving } from './serving';
import { loadShareOf, replicasFor } from './staffing';

/** What a service has to do at its busiest moment, and with how many accelerators. */
export interface ServiceDemand {
  readonly shape: RequestShape;
  readonly targets: LatencyTargets;
  readonly peakRequestsPerSecond: number;
  readonly acceleratorsAvailable: number;
}

/** One service on one kind of replica, as plain numbers in SI units. */
export interface Service {
  readonly memory: ServingMemory;
  readonly maximumBatch: number;
  readonly batch: number;
  readonly limit: BatchLimit;
  /** null when not even one request meets the targets */
  readonly point: OperatingPoint | null;
  readonly acceleratorsPerReplica: number;
  /** share of its rate that a replica may be given at the peak, so that bursts find room, 0–1 */
  readonly loadShare: number;
  /** of both pools where prompts have replicas of their own */
  readonly replicasNeeded: number | null;
  /** those among them that only process prompts */
  readonly promptReplicas: number;
  readonly acceleratorsNeeded: number | null;
  readonly replicasAvailable: number;
  /** requests per second that the available replicas serve within the targets */
  readonly requestsServedPerSecond: number;
  /** time to first token and per output token of a request that has a replica to itself */
  readonly alone: {
    readonly timeToFirstToken: number;
    readonly timePerOutputToken: number;
  };
}

/** Sizes and times one service: the numeric core behind reportInference and the search for clusters. */
export function evaluateService(serving: Serving, demand: ServiceDemand): Service {
  const { shape, targets } = demand;
  const acceleratorsPerReplica = serving.tensorParallel * serving.pipelineParallel;
  const { batch, limit } = operatingBatch(serving, shape, targets);
  const point = batch < 1 ? null : operatingPoint(serving, shape, batch);
  const one = operatingPoint(serving, shape, 1);
  const loadShare = loadShareOf(batch, serving.constants.burstDeviations);
  const kept = point?.pool?.kept ?? 0;
  const decodeRate = (point?.decodeRequestsPerSecond ?? 0) * loadShare;
  const split = point && poolsFor(demand.peakRequestsPerSecond, decodeRate, kept);
  const replicasNeeded = split && split.answers + split.prompts;
  const replicasAvailable = Math.floor(demand.acceleratorsAvailable / acceleratorsPerReplica);
  return {
    memory: servingMemory(serving),
    maximumBatch: maximumBatch(serving, meanContextTokens(shape)),
    batch,
    limit,
    point,
    acceleratorsPerReplica,
    loadShare,
    replicasNeeded,
    promptReplicas: split?.prompts ?? 0,
    acceleratorsNeeded: replicasNeeded === null ? null : replicasNeeded * acceleratorsPerReplica,
    replicasAvailable,
    requestsServedPerSecond: point === null ? 0 : rateOfPools(replicasAvailable, decodeRate, kept),
    alone: {
      timeToFirstToken: one.timeToFirstToken,
      timePerOutputToken: one.timePerOutputToken,
    },
  };
}

/** Replicas that a rate of requests needs, of both pools where prompts have their own; null without an operating point. */
export function replicasAt({ point, loadShare }: Service): ((rate: number) => number) | null {
  if (point === null) return null;
  if (point.pool === null) {
    return (rate) => replicasFor(rate, point.requestsPerSecond * loadShare);
  }
  const { kept } = point.pool;
  return (rate) => {
    const { answers, prompts } = poolsFor(rate, point.decodeRequestsPerSecond * loadShare, kept);
    return answers + prompts;
  };
}

/**
 * Cost of a million output tokens on rented accelerators.
 *
 *   c = p · G / (3600 · λ · O · u) · 10⁶
 *
 * p price [USD per accelerator-hour] · G accelerators kept for the peak [1] · λ requests per second at the peak ·
 * O output tokens per request · u mean load as a share of the peak [1]
 *
 * Leaves out: taxes, storage, traffic, staff; idle accelerators of the cluster beyond G.
 * Source: definition.
 */
export function usdPerMillionOutputTokens(
  usdPerAcceleratorHour: number,
  accelerators: number,
  peakTokensPerSecond: number,
  meanLoadFraction: number,
): number {
  const usdPerSecond = (usdPerAcceleratorHour * accelerators) / 3600;
  return (usdPerSecond / (peakTokensPerSecond * meanLoadFraction)) * 1e6;
}
