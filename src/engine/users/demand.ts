import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { factInput, figure } from '../explain';
import type { Figure } from '../report';

/** What people ask for: a message to a chat service, or an image. */
export type RequestKind = 'message' | 'image';

export const requestKeys: Readonly<Record<RequestKind, string>> = {
  message: 'load.prompts.requestsPerUserDay',
  image: 'load.images.imagesPerUserDay',
};

export const meanLoadKey = 'inference.meanLoadFraction';

/**
 * Requests per user and hour at the busiest moment.
 *
 *   r = q / (24 · m)
 *
 * q requests of a user per day, days without one included [1/day] · m mean load over the peak [1]
 *
 * Leaves out: launches and news that bring everybody at once.
 * Source: definition; q and m in the catalogue.
 */
export function peakRequestsPerUserHour(assumptions: Assumptions, kind: RequestKind): number {
  const perDay = assumptionOf(assumptions, requestKeys[kind]).value;
  return perDay / (24 * assumptionOf(assumptions, meanLoadKey).value);
}

/** Requests per second of so many users at the busiest moment. */
export function peakRequestsPerSecond(
  assumptions: Assumptions,
  kind: RequestKind,
  users: number,
): Figure {
  const perDay = assumptionOf(assumptions, requestKeys[kind]);
  const mean = assumptionOf(assumptions, meanLoadKey);
  return figure({
    key: `users.${kind}.peakRequests`,
    label: kind === 'message' ? 'Messages at the peak' : 'Images at the peak',
    value: (users * peakRequestsPerUserHour(assumptions, kind)) / 3_600,
    unit: kind === 'message' ? 'requests/s' : 'images/s',
    formula: 'λ = U · q / (86 400 · m)',
    inputs: [
      { symbol: 'U', label: 'Users', value: users, unit: 'users', sources: [], from: 'reader' },
      factInput('q', perDay.label, perDay),
      factInput('m', mean.label, mean),
    ],
    leavesOut: 'Launches and news that bring everybody at once.',
  });
}
