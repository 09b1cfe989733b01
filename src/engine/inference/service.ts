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
  /** share of its rate that a replica may be given at the peak, so that bursts find room, 0–1 */
  readonly loadShare: number;
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
 * λ requests per second at the peak · X requests per second that one replica may be given, see loadShareOf
 *
 * Leaves out: reserve for failures and for updates.
 * Source: definition.
 */
export function replicasFor(
  peakRequestsPerSecond: number,
  requestsPerSecondPerReplica: number,
): number {
  // A share of 10⁻⁹ is rounding, not a further replica.
  return Math.max(0, Math.ceil(peakRequestsPerSecond / requestsPerSecondPerReplica - 1e-9));
}

/**
 * Share of a replica's largest rate that it may be given when requests arrive at random, so that it is seldom full.
 *
 *   A + z · √A = B      share = A / B
 *
 * A mean requests in flight, which vary like a Poisson number [1] · B requests in flight within the targets [1] ·
 * z standard deviations kept free [1]: 1.645 leaves one moment in twenty fuller than B
 *
 * Leaves out: bursts beyond Poisson arrivals, failures and updates, balancing between replicas.
 * Source: square-root staffing, Halfin and Whitt 1981, https://doi.org/10.1287/opre.29.3.567 (from memory).
 */
export function loadShareOf(batch: number, deviations: number): number {
  if (batch <= 0) return 0;
  const root = (Math.sqrt(deviations ** 2 + 4 * batch) - deviations) / 2;
  return root ** 2 / batch;
}

/** Sizes and times one service: the numeric core behind reportInference and the search for clusters. */
export function evaluateService(serving: Serving, demand: ServiceDemand): Service {
  const { shape, targets } = demand;
  const acceleratorsPerReplica = serving.tensorParallel * serving.pipelineParallel;
  const { batch, limit } = operatingBatch(serving, shape, targets);
  const point = batch < 1 ? null : operatingPoint(serving, shape, batch);
  const one = operatingPoint(serving, shape, 1);
  const loadShare = loadShareOf(batch, serving.constants.burstDeviations);
  const replicasNeeded =
    point === null
      ? null
      : replicasFor(demand.peakRequestsPerSecond, point.requestsPerSecond * loadShare);
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
    acceleratorsNeeded: replicasNeeded === null ? null : replicasNeeded * acceleratorsPerReplica,
    replicasAvailable,
    requestsServedPerSecond:
      point === null ? 0 : replicasAvailable * point.requestsPerSecond * loadShare,
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
