import { derivedInput, figure } from '../explain';
import type { Figure } from '../report';
import { presentValueOf, presentValueOfAll } from './cost-line';
import { missingPrices, type Missing } from './missing-price';
import { optionLines, termsOf } from './options';
import { notInTotals, rangeNote } from './owned-figures';
import type { PriceEnd, PricedPlan } from './price-range';
import { ranged, type CostedPlan } from './totals';

/** The part of a plan's total that one site costs. */
export interface SiteCost {
  readonly siteId: string;
  readonly totalUsd: Figure;
}

type PricedClusters = PricedPlan['clusters'];

/** The clusters of every site, sorted once: a plan may have a thousand sites. */
function clustersBySite({ clusters }: PricedPlan): ReadonlyMap<string, PricedClusters> {
  const bySite = new Map<string, PricedClusters[number][]>();
  for (const entry of clusters) {
    const here = bySite.get(entry.site.id);
    if (here === undefined) bySite.set(entry.site.id, [entry]);
    else here.push(entry);
  }
  return bySite;
}

/**
 * The total as planned, by site: every line of spending belongs to a cluster or to the link of a site, so the sites add up to the total.
 *
 * Source: definition.
 */
export function siteCosts(cost: CostedPlan, missing: Missing): SiteCost[] {
  const { clusters, costs } = cost.priced.value;
  const kind = costs.acquisition;
  const terms = termsOf(cost.priced.value);
  const sites = new Map(clusters.map(({ site }) => [site.id, site]));
  const { priced } = cost;
  const placed = {
    low: clustersBySite(priced.low),
    value: clustersBySite(priced.value),
    high: clustersBySite(priced.high),
  } satisfies Record<PriceEnd, unknown>;
  return [...sites.values()].map((site) => {
    const here = placed.value.get(site.id) ?? [];
    // The share that a hybrid owns follows from the prices of all sites.
    const reason = kind === 'hybrid' ? missing.hybrid : missingPrices(here)[kind];
    const linesAt = (end: PriceEnd) =>
      optionLines(
        { ...priced[end], clusters: placed[end].get(site.id) ?? [] },
        kind,
        cost.ownedShare,
      );
    const total = ranged((end) => presentValueOfAll(linesAt(end), terms));
    return {
      siteId: site.id,
      totalUsd: figure({
        key: `${site.id}.totalUsd`,
        label: `Total cost on ${site.name}, as planned`,
        value: reason === null ? total.value : null,
        low: total.low,
        high: total.high,
        unit: 'USD',
        formula: 'Σ vᵢ',
        inputs: linesAt('value').map((line, index) =>
          derivedInput(
            `v${index + 1}`,
            `${line.label}, present value`,
            presentValueOf(line, terms),
            'USD',
            'cost',
          ),
        ),
        leavesOut: `${notInTotals}. ${rangeNote}`,
        ...(reason === null ? {} : { unavailable: reason }),
      }),
    };
  });
}
