import type { CostReport } from '@engine/report';

type Offer = CostReport['offers'][number];

/** One quote of a provider, for all clusters that it holds for. */
export interface OfferGroup extends Offer {
  readonly clusterIds: readonly string[];
}

/** Quotes that are the same for several clusters, once: their totals are added up. */
export function offerGroups(offers: readonly Offer[]): readonly OfferGroup[] {
  const groups = new Map<string, OfferGroup>();
  for (const offer of offers) {
    const { provider, term, date, usdPerAcceleratorHour } = offer;
    const key = JSON.stringify([provider, term, date, usdPerAcceleratorHour]);
    const found = groups.get(key);
    groups.set(key, {
      ...offer,
      totalUsd: (found?.totalUsd ?? 0) + offer.totalUsd,
      clusterIds: [...(found?.clusterIds ?? []), offer.clusterId],
    });
  }
  return [...groups.values()];
}
