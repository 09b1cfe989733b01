import { operatingPoint } from '../inference/operating-point';
import { runningLimits } from '../inference/running-limits';
import type { Serving } from '../inference/serving';
import { meanTokens, type LengthDistribution } from './lengths';
import { waitPercentile, waitProbability, waitSeconds, type Queue } from './queueing';

/** The analytic answer for one replica of many: what the simulation refines. */
export interface SteadyLoad {
  /** more arrives than the replica can ever serve */
  readonly isSaturated: boolean;
  readonly requestsInFlight: number;
  /** share of the requests that may run together that do, 0–1 */
  readonly occupancy: number;
  readonly waitProbability: number;
  readonly timeToFirstToken: { readonly mean: number; readonly p99: number };
  readonly timePerOutputToken: number;
  /** largest rate that one replica serves, requests per second */
  readonly largestRate: number;
}

/** Squared deviation over squared mean of a distribution of lengths. */
export function squaredVariation(distribution: LengthDistribution): number {
  switch (distribution.kind) {
    case 'fixed':
      return 0;
    case 'lognormal':
      return distribution.variation ** 2;
    case 'histogram': {
      const mean = meanTokens(distribution);
      const whole = distribution.rows.reduce((sum, { weight }) => sum + weight, 0);
      const square = distribution.rows.reduce(
        (sum, { tokens, weight }) => sum + tokens ** 2 * (weight / whole),
        0,
      );
      return square / mean ** 2 - 1;
    }
  }
}

/**
 * A replica as a queue whose servers are the requests that may run together, and whose service slows down with how many do.
 *
 *   B = λ · (t_first(B) + O · t_token(B)),   t_first,99 = t_first(B) + W_99,   W see waitPercentile
 *
 * λ requests per second of one replica · O tokens per answer · B requests in flight, found by Little's law as a fixed point
 *
 * Leaves out: that a router which knows the replicas' load lets requests wait less than separate queues do.
 * Source: Little 1961; Allen–Cunneen approximation (both from memory).
 */
export function steadyLoad(
  serving: Serving,
  lengths: { readonly input: LengthDistribution; readonly output: LengthDistribution },
  requestsPerSecond: number,
  arrivalVariation = 1,
): SteadyLoad {
  const shape = {
    inputTokens: meanTokens(lengths.input),
    outputTokens: meanTokens(lengths.output),
  };
  const { running } = runningLimits(serving, shape);
  const largestRate = operatingPoint(serving, shape, running).requestsPerSecond;
  const timeIn = (batch: number): number => {
    const point = operatingPoint(serving, shape, batch);
    return point.timeToFirstToken + shape.outputTokens * point.timePerOutputToken;
  };
  let low = 1;
  let high = running;
  // Requests in flight grow more slowly than the time they need allows, so the crossing is the only one.
  for (let round = 0; round < 40 && high - low > 1e-3; round += 1) {
    const middle = (low + high) / 2;
    if (requestsPerSecond * timeIn(middle) > middle) low = middle;
    else high = middle;
  }
  const batch = Math.min(running, high);
  const isSaturated = requestsPerSecond >= largestRate;
  const point = operatingPoint(serving, shape, Math.max(1, batch));
  const queue: Queue = {
    arrivalsPerSecond: requestsPerSecond,
    serviceSeconds: timeIn(Math.max(1, batch)),
    servers: running,
    arrivalVariation,
    serviceVariation: squaredVariation(lengths.output),
  };
  const offered = requestsPerSecond * queue.serviceSeconds;
  return {
    isSaturated,
    requestsInFlight: batch,
    occupancy: Math.min(1, offered / running),
    waitProbability: waitProbability(running, offered),
    timeToFirstToken: {
      mean: point.timeToFirstToken + waitSeconds(queue),
      p99: point.timeToFirstToken + waitPercentile(queue, 0.99),
    },
    timePerOutputToken: point.timePerOutputToken,
    largestRate,
  };
}
