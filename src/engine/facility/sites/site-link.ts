import { assumptionOf } from '../../catalogue/assumption';
import type { Assumptions, Fact } from '../../catalogue/types';
import type { Site } from '../../plan';

/** Speed of light in vacuum, exact by definition of the metre, km per ms. */
const lightKmPerMs = 299.792458;

/** How much slower light is in the fibre of a long-distance cable. */
export function fibreIndex(assumptions: Assumptions): Fact {
  return assumptionOf(assumptions, 'sites.fibreIndex');
}

/**
 * Time that light takes along a fibre, one way.
 *
 *   t = d · n / c
 *
 * t time [ms] · d length of the route [km] · n group index of the fibre [1] · c speed of light, 299.792458 km/ms
 *
 * Leaves out: switches, amplifiers, dispersion compensation and queues on the way.
 * Source: definition of the refractive index.
 */
export function fibreMilliseconds(routeKm: number, index: number): number {
  return (routeKm * index) / lightKmPerMs;
}

/** The way between two sites, over the point at which their links meet. */
export interface SiteRoute {
  readonly gbps: number;
  readonly km: number;
}

/** The link of a site; null where it has none. */
export function linkOf({ linkGbps, linkKm }: Site): SiteRoute | null {
  const gbps = linkGbps?.value ?? 0;
  return gbps > 0 ? { gbps, km: linkKm?.value ?? 0 } : null;
}

/**
 * The way between two sites: as fast as the slower of their links, as long as both together. Null where one has no link.
 *
 *   B = min(B_a, B_b)      d = d_a + d_b
 */
export function routeBetween(one: Site, other: Site): SiteRoute | null {
  const [here, there] = [linkOf(one), linkOf(other)];
  if (here === null || there === null) return null;
  return { gbps: Math.min(here.gbps, there.gbps), km: here.km + there.km };
}

/**
 * Time to sum a buffer over sites, every site ending with the sum.
 *
 *   t = 2 · (m − 1) · (8 · S / (m · B) + l / 1000)
 *
 * t [s] · m sites · S buffer [GB] · B rate of the slowest link, one direction [Gb/s] · l longest time one way [ms]
 *
 * A ring of the sites: m − 1 steps to sum and m − 1 to hand out, each of a part S / m.
 * Leaves out: protocol overhead and lost packets; other traffic on the links; compression of what is sent.
 * Source: Patarasuk and Yuan 2009, Bandwidth optimal all-reduce algorithms for clusters of workstations,
 * https://doi.org/10.1016/j.jpdc.2008.09.002 (from memory).
 */
export function exchangeSeconds(
  sites: number,
  gigabytes: number,
  gbps: number,
  oneWayMs: number,
): number {
  if (sites <= 1) return 0;
  return 2 * (sites - 1) * ((8 * gigabytes) / (sites * gbps) + oneWayMs / 1e3);
}
