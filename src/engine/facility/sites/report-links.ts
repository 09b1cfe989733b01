import type { Assumptions } from '../../catalogue/types';
import { derivedInput, factInput, figure, planInput } from '../../explain';
import type { Site } from '../../plan';
import type { Figure } from '../../report';
import { fibreIndex, fibreMilliseconds, linkOf } from './site-link';

/** The way from one site to another. */
export interface SiteLinkReport {
  readonly fromSiteId: string;
  readonly toSiteId: string;
  readonly gbps: Figure;
  readonly routeKm: Figure;
  readonly roundTripMs: Figure;
}

/** Pairs grow with the square of the sites: beyond this many only the sites' own links are listed. */
const mostPaired = 16;

/** Rate, length and round trip between every two sites that have a link. */
export function reportLinks(sites: readonly Site[], assumptions: Assumptions): SiteLinkReport[] {
  const linked = sites.filter((site) => linkOf(site) !== null);
  if (linked.length > mostPaired) return [];
  return linked.flatMap((one, index) =>
    linked.slice(index + 1).map((other) => linkReport(one, other, assumptions)),
  );
}

function linkReport(one: Site, other: Site, assumptions: Assumptions): SiteLinkReport {
  const key = (name: string): string => `${one.id}.${other.id}.${name}`;
  const [from, to] = [linkOf(one), linkOf(other)];
  const index = fibreIndex(assumptions);
  const km = (from?.km ?? 0) + (to?.km ?? 0);
  const ends = [one, other];
  return {
    fromSiteId: one.id,
    toSiteId: other.id,
    gbps: figure({
      key: key('gbps'),
      label: `Rate between ${one.name} and ${other.name}`,
      value: Math.min(from?.gbps ?? 0, to?.gbps ?? 0),
      unit: 'Gb/s',
      formula: 'B = min(B1, B2)',
      inputs: ends.map((site, nth) =>
        planInput(`B${nth + 1}`, `Link of ${site.name}`, site.linkGbps ?? 0, 'Gb/s'),
      ),
      leavesOut: 'other traffic on the links',
    }),
    routeKm: figure({
      key: key('routeKm'),
      label: `Route between ${one.name} and ${other.name}`,
      value: km,
      unit: 'km',
      formula: 'd = d1 + d2',
      inputs: ends.map((site, nth) =>
        planInput(`d${nth + 1}`, `Route of ${site.name}`, site.linkKm ?? 0, 'km'),
      ),
    }),
    roundTripMs: figure({
      key: key('roundTripMs'),
      label: `Round trip between ${one.name} and ${other.name}`,
      value: 2 * fibreMilliseconds(km, index.value),
      unit: 'ms',
      formula: 'l = 2 · d · n / c',
      inputs: [
        derivedInput('d', 'Length of the route', km, 'km', key('routeKm')),
        factInput('n', 'Group index of the fibre', index),
        derivedInput('c', 'Speed of light', 299.792458, 'km/ms', 'definition'),
      ],
      leavesOut: 'switches, amplifiers and queues on the way',
    }),
  };
}
