import type { LengthDistribution } from '../simulation/lengths';
import { runService } from '../simulation/run-service';
import { prepareService, type ServiceLoad } from '../simulation/service-load';
import { steadyLoad } from '../simulation/steady-load';
import type { Catalogue } from '../catalogue/types';

/** Shares of what the replicas can serve at most, from calm to more than they can. */
export const loadShares: readonly number[] = [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1];

/** How long users wait for the first word where a share of the capacity is asked for. */
export interface ResponsePoint {
  readonly share: number;
  readonly requestsPerSecond: number;
  readonly firstTokenSeconds: { readonly middle: number; readonly slowest: number };
  readonly tokenSeconds: number;
}

/** Requests per load: enough that one in a hundred is many. */
const requests = 12_000;
const seed = 1;

/**
 * Response time of a few replicas under rising load, each load simulated request by request; the share is that of what the replicas
 * can serve at most (steadyLoad). Null where the service does not fit.
 *
 * Leaves out: what simulateFleet leaves out; beyond the capacity times grow as long as the load lasts, so that they hold only for
 * the simulated requests.
 */
export function responsePoint(
  load: Omit<ServiceLoad, 'requestsPerSecond'>,
  share: number,
  catalogue: Catalogue,
): ResponsePoint | null {
  const probe = prepareService({ ...load, requestsPerSecond: 1 }, catalogue);
  if (!probe.isReady) return null;
  const lengths: { input: LengthDistribution; output: LengthDistribution } = load;
  const largest = steadyLoad(probe.serving, lengths, 1).largestRate * load.replicas;
  const requestsPerSecond = share * largest;
  const full = { ...load, requestsPerSecond };
  const prepared = prepareService(full, catalogue);
  if (!prepared.isReady) return null;
  const { summary } = runService(full, prepared, { requests, seed });
  return {
    share,
    requestsPerSecond,
    firstTokenSeconds: {
      middle: summary.timeToFirstToken.p50,
      slowest: summary.timeToFirstToken.p99,
    },
    tokenSeconds: summary.timePerOutputToken.p50,
  };
}
