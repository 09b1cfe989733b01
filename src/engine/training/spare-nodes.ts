/**
 * Chance that at least `least` of many rare, independent events happen where `mean` are expected.
 *
 *   P(N ≥ k) = 1 − Σ_{i<k} μⁱ · e^(−μ) / i!
 *
 * μ expected number [1] · k least number [1]. Source: the Poisson distribution.
 */
export function chanceOfAtLeast(least: number, mean: number): number {
  let log = -mean;
  let below = 0;
  for (let events = 0; events < least; events += 1) {
    below += Math.exp(log);
    log += Math.log(mean) - Math.log(events + 1);
    // Beyond the mean the terms fall ever faster.
    if (events > mean && log < -40) break;
  }
  return Math.min(1, Math.max(0, 1 - below));
}

/** Nodes that fail, wait for repair and come back. */
export interface NodeFaults {
  /** of the whole run, per second */
  readonly perSecond: number;
  readonly repairSeconds: number;
}

/**
 * Mean time that a run waits for a node when one of its own fails.
 *
 *   W = P(N ≥ S) · T / (S + 1),   N Poisson with mean f · T
 *
 * S spare nodes [1] · N nodes in repair [1] · f failing nodes per second [1/s] · T repair [s]. With all spares in repair
 * the first of S + 1 comes back after T / (S + 1).
 *
 * Leaves out: training on with fewer nodes; that a waiting run does not fail. Source: renewal of independent faults.
 */
export function spareWaitSeconds({ perSecond, repairSeconds }: NodeFaults, spares: number): number {
  const inRepair = perSecond * repairSeconds;
  return (chanceOfAtLeast(spares, inRepair) * repairSeconds) / (spares + 1);
}
