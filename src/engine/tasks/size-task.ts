import { fewestServers, waitPercentile } from '../simulation/queueing';
import { SECONDS_PER_DAY } from '../units';
import type { TaskBatch, TaskReplica } from './task-time';

/** Share of the requests that are answered within the target. */
export const answeredShare = 0.99;

/**
 * Time within which 99 of 100 requests are answered.
 *
 *   t₉₉ = t · b + W₉₉(λ / k, t, n)          b = 1 for k = 1, else 2
 *
 * t time of a batch of k requests [s] · n accelerators, one batch each · λ requests per second · W₉₉ see waitPercentile, with batches
 * that all take the same time and whose gaps vary like sums of k random ones · b: a request of a batch waits for the batch
 * before it to end, at most its whole time
 *
 * Leaves out: requests of other sizes. Infinite where more is asked than can be done.
 * Source: as waitPercentile; the bound of b is the definition of batches that start together.
 */
export function slowestSeconds(
  { requests, seconds }: TaskBatch,
  requestsPerSecond: number,
  accelerators: number,
): number {
  if (requestsPerSecond <= 0) return seconds;
  const wait = waitPercentile(
    {
      arrivalsPerSecond: requestsPerSecond / requests,
      serviceSeconds: seconds,
      servers: accelerators,
      arrivalVariation: 1 / requests,
      serviceVariation: 0,
    },
    answeredShare,
  );
  return seconds * (requests > 1 ? 2 : 1) + wait;
}

/**
 * Requests per second of a service at its busiest moment.
 *
 *   λ = N / (86 400 · u)
 *
 * N requests of a day [1/d] · u mean load over the peak [1]
 *
 * Leaves out: weekdays and seasons. Source: definition.
 */
export function taskPeakPerSecond(requestsPerDay: number, meanLoadFraction: number): number {
  return requestsPerDay / (SECONDS_PER_DAY * meanLoadFraction);
}

/** Fewest accelerators with which a batch size meets the target; null when none do. */
function acceleratorsFor(
  batch: TaskBatch,
  requestsPerSecond: number,
  targetSeconds: number,
): number | null {
  const atOnce = batch.seconds * (batch.requests > 1 ? 2 : 1);
  if (!Number.isFinite(batch.seconds) || atOnce > targetSeconds) return null;
  if (requestsPerSecond <= 0) return 0;
  const busy = (requestsPerSecond / batch.requests) * batch.seconds;
  return fewestServers(
    busy,
    (count) => slowestSeconds(batch, requestsPerSecond, count) <= targetSeconds,
  );
}

/** The batch that a service runs at, and how many accelerators its peak takes. */
export interface TaskSizing {
  /** null when not even one request at a time meets the target */
  readonly batch: TaskBatch | null;
  readonly accelerators: number | null;
  /** of one request that has an accelerator to itself */
  readonly alone: TaskBatch;
}

/** Batches that are tried: 1, 2, 4 … and the largest. */
function batchesOf(replica: TaskReplica): TaskBatch[] {
  const sizes = new Set<number>();
  for (let size = 1; size < replica.largestBatch; size *= 2) sizes.add(size);
  if (replica.largestBatch >= 1) sizes.add(replica.largestBatch);
  return [...sizes].map((size) => replica.at(size));
}

/**
 * The batch with which the fewest accelerators meet the target at the peak; of several, the one with the highest rate.
 *
 * Leaves out: reserve for failures and for updates. Source: definition.
 */
export function sizeTask(
  replica: TaskReplica,
  requestsPerSecond: number,
  targetSeconds: number,
): TaskSizing {
  return sizeBatches(replica, batchesOf(replica), requestsPerSecond, targetSeconds);
}

/** The same for some batches only, such as the one that was measured. */
export function sizeBatches(
  replica: TaskReplica,
  batches: readonly TaskBatch[],
  requestsPerSecond: number,
  targetSeconds: number,
): TaskSizing {
  let best: { batch: TaskBatch; accelerators: number } | null = null;
  for (const batch of batches) {
    const accelerators = acceleratorsFor(batch, requestsPerSecond, targetSeconds);
    if (accelerators === null) continue;
    const isBetter =
      best === null ||
      accelerators < best.accelerators ||
      (accelerators === best.accelerators &&
        batch.requests / batch.seconds > best.batch.requests / best.batch.seconds);
    if (isBetter) best = { batch, accelerators };
  }
  return {
    batch: best?.batch ?? null,
    accelerators: best?.accelerators ?? null,
    alone: replica.at(1),
  };
}

/** Most requests per second that so many accelerators answer within the target, by bisection. */
export function servedPerSecond(
  batch: TaskBatch,
  accelerators: number,
  targetSeconds: number,
): number {
  if (accelerators < 1) return 0;
  const largest = (accelerators * batch.requests) / batch.seconds;
  let [low, high] = [0, largest];
  for (let round = 0; round < 40; round += 1) {
    const middle = (low + high) / 2;
    if (slowestSeconds(batch, middle, accelerators) <= targetSeconds) low = middle;
    else high = middle;
  }
  return low;
}
