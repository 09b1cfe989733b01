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
import type { Serving } from './serving';

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
  readonly replicasNeeded: number | null;
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

/**
 * Replicas that carry the peak.
 *
 *   n = ⌈ λ / X ⌉
 *
 * λ requests per second at the peak · X requests per second of one replica at its operating batch
 *
 * Leaves out: reserve for bursts within the peak, for failures and for updates.
 * Source: definition.
 */
export function replicasFor(
  peakRequestsPerSecond: number,
  requestsPerSecondPerReplica: number,
): number {
  // A share of 10⁻⁹ is rounding, not a further replica.
  return Math.max(0, Math.ceil(peakRequestsPerSecond / requestsPerSecondPerReplica - 1e-9));
}

/** Sizes and times one service: the numeric core behind reportInference and the search for clusters. */
export function evaluateService(serving: Serving, demand: ServiceDemand): Service {
  const { shape, targets } = demand;
  const acceleratorsPerReplica = serving.tensorParallel * serving.pipelineParallel;
  const { batch, limit } = operatingBatch(serving, shape, targets);
  const point = batch < 1 ? null : operatingPoint(serving, shape, batch);
  const one = operatingPoint(serving, shape, 1);
  const replicasNeeded =
    point === null ? null : replicasFor(demand.peakRequestsPerSecond, point.requestsPerSecond);
  const replicasAvailable = Math.floor(demand.acceleratorsAvailable / acceleratorsPerReplica);
  return {
    memory: servingMemory(serving),
    maximumBatch: maximumBatch(serving, meanContextTokens(shape)),
    batch,
    limit,
    point,
    acceleratorsPerReplica,
    replicasNeeded,
    acceleratorsNeeded: replicasNeeded === null ? null : replicasNeeded * acceleratorsPerReplica,
    replicasAvailable,
    requestsServedPerSecond: point === null ? 0 : replicasAvailable * point.requestsPerSecond,
    alone: {
      timeToFirstToken: one.timeToFirstToken,
      timePerOutputToken: one.timePerOutputToken,
    },
  };
}

/**
 * Cost of a million output tokens on rented accelerators.
 *
 *   c = p · G / (3600 · λ · O · u) · 10⁶
 *
 * p rent [USD per accelerator-hour] · G accelerators kept for the peak [1] · λ requests per second at the peak ·
 * O output tokens per request · u mean load as a share of the peak [1]
 *
 * Leaves out: taxes, storage, traffic, staff; idle accelerators of the cluster beyond G.
 * Source: definition.
 */
export function usdPerMillionOutputTokens(
  rentUsdPerAcceleratorHour: number,
  accelerators: number,
  peakTokensPerSecond: number,
  meanLoadFraction: number,
): number {
  const usdPerSecond = (rentUsdPerAcceleratorHour * accelerators) / 3600;
  return (usdPerSecond / (peakTokensPerSecond * meanLoadFraction)) * 1e6;
}
