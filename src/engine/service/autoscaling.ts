import { dailyShape } from './daily-load';

/** What a service keeps running over a day when replicas follow its load. */
export interface AutoscaledDay {
  /** replicas that run, at the beginning of every step of the day */
  readonly replicas: readonly number[];
  readonly replicaHours: number;
  /** most replicas kept beyond those that the load needs at that moment, because starting one takes time */
  readonly mostAhead: number;
}

/** Steps of a day that are counted: five minutes each. */
const stepsPerDay = 288;
const hoursPerStep = 24 / stepsPerDay;

/**
 * Replicas over a day that follow its load, each started as long before it is needed as starting takes.
 *
 *   n(h) = max over h ≤ x ≤ h + d of n(λ(x))      hours = Σ n(h) · 24 / 288
 *
 * λ requests per second at an hour of the day, see dailyLoad · n(λ) replicas that a rate needs, see replicasAt · d time to
 * start a replica [h]: to get the machine and to load the weights
 *
 * Leaves out: load that is not known in advance, replicas kept warm, the price of stopping and starting.
 * Source: definition.
 */
export function autoscaledDay(
  peakRequestsPerSecond: number,
  meanLoadFraction: number,
  replicasAt: (requestsPerSecond: number) => number,
  startHours: number,
): AutoscaledDay {
  const shape = dailyShape(meanLoadFraction);
  const needed = Array.from({ length: stepsPerDay }, (_, step) =>
    replicasAt(peakRequestsPerSecond * shape(step * hoursPerStep)),
  );
  const ahead = Math.min(stepsPerDay - 1, Math.ceil(startHours / hoursPerStep));
  const replicas = needed.map((_, step) => {
    let most = 0;
    for (let later = step; later <= step + ahead; later += 1) {
      most = Math.max(most, needed[later % stepsPerDay] ?? 0);
    }
    return most;
  });
  return {
    replicas,
    replicaHours: replicas.reduce((sum, count) => sum + count * hoursPerStep, 0),
    mostAhead: Math.max(...replicas.map((count, step) => count - (needed[step] ?? 0))),
  };
}
