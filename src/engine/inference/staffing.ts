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
