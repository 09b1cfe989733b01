import { SECONDS_PER_DAY } from '../units';
import type { InferenceDemand } from './demand';

/** How much is asked of a service, as people know it. */
export type DemandVolume =
  | { readonly kind: 'users'; readonly concurrentUsers: number }
  | { readonly kind: 'requests'; readonly requestsPerDay: number; readonly peakToMean: number }
  /** prompt and answer together */
  | { readonly kind: 'tokens'; readonly tokensPerDay: number; readonly peakToMean: number };

/**
 * Users at the busiest moment that a daily volume stands for.
 *
 *   U = 3600 · λ / r,   λ = n · m / 86400,   n = V / (s + O) where tokens are given
 *
 * U users at once [1] · λ requests per second at the peak [1/s] · r requests that each user sends per hour [1/h] ·
 * n requests per day [1/d] · m peak over mean [1] · V tokens per day [1/d] · s, O prompt and output tokens of a request [1]
 *
 * Leaves out: weekdays and seasons. Source: definition.
 */
export function usersOfVolume(
  volume: DemandVolume,
  request: Pick<InferenceDemand, 'requestsPerUserHour' | 'inputTokens' | 'outputTokens'>,
): number {
  if (volume.kind === 'users') return volume.concurrentUsers;
  const requestsPerDay =
    volume.kind === 'requests'
      ? volume.requestsPerDay
      : volume.tokensPerDay / (request.inputTokens + request.outputTokens);
  const peak = (requestsPerDay * volume.peakToMean) / SECONDS_PER_DAY;
  return (3600 * peak) / request.requestsPerUserHour;
}
