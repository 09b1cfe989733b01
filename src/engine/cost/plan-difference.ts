import type { Catalogue } from '../catalogue/types';
import { evaluate } from '../evaluate';
import type { Plan } from '../plan';
import type { Part } from '../report';
import { shapleyShares, type Factor } from './shapley';

/** Why one plan costs more than another; the parts add up to the difference. */
export interface PlanDifference {
  readonly fromUsd: number;
  readonly toUsd: number;
  readonly parts: readonly Part[];
}

const factors: readonly Factor[] = [
  { key: 'clusters', label: 'Hardware: systems, their number, network and prices' },
  { key: 'sites', label: 'Sites: electricity, power usage effectiveness, links' },
  { key: 'acquisition', label: 'Way to get the hardware' },
  { key: 'assumptions', label: 'Cost assumptions: horizon, utilisation, rates' },
];

/**
 * The plan with some of its factors as in another. A cluster keeps its place by the order of the sites, because the sites of the other
 * plan have ids of their own; where there are fewer sites it stands on the first.
 */
function mixed(from: Plan, to: Plan, switched: ReadonlySet<string>): Plan {
  const chosen = (factor: string): Plan => (switched.has(factor) ? to : from);
  const [hardware, place] = [chosen('clusters'), chosen('sites')];
  const clusters = hardware.clusters.map((cluster) => {
    const order = hardware.sites.findIndex(({ id }) => id === cluster.siteId);
    const site = place.sites[order] ?? place.sites[0];
    return site === undefined ? cluster : { ...cluster, siteId: site.id };
  });
  const { acquisition } = chosen('acquisition').costs;
  return {
    ...from,
    clusters,
    sites: place.sites,
    workloads: [],
    costs: { ...chosen('assumptions').costs, acquisition },
  };
}

/**
 * The difference between the totals as planned of two plans, shared out to what differs between them (see shapleyShares). Null where a
 * total is not known because a price is missing.
 */
export function planDifference(from: Plan, to: Plan, catalogue: Catalogue): PlanDifference | null {
  const totalWith = (switched: ReadonlySet<string>): number =>
    evaluate(mixed(from, to, switched), catalogue).cost.chosenUsdTotal.value ?? Number.NaN;
  const parts = shapleyShares(factors, 'USD', totalWith);
  const fromUsd = totalWith(new Set());
  const toUsd = totalWith(new Set(factors.map(({ key }) => key)));
  return parts.every(({ value }) => Number.isFinite(value)) ? { fromUsd, toUsd, parts } : null;
}
