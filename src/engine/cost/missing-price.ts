import type { Acquisition } from '../plan';
import type { CostedCluster } from './capital';

/** Why a way to get the accelerators has no total; null where nothing is missing. */
export type Missing = Readonly<Record<Acquisition, string | null>>;

function firstWithout(
  clusters: readonly CostedCluster[],
  what: string,
  priceOf: (entry: CostedCluster) => number,
): string | null {
  const without = clusters.find((entry) => !(priceOf(entry) > 0));
  return without === undefined
    ? null
    : `${without.cluster.name} has no ${what}: enter one to see this total.`;
}

/** What lacks a price, by what it is needed for: an unknown price is never counted as nothing. */
export function missingPrices(clusters: readonly CostedCluster[]): Missing {
  const purchase = firstWithout(
    clusters,
    'price',
    ({ cluster }) => cluster.purchaseUsdPerNode.value,
  );
  const rent = firstWithout(
    clusters,
    'rent',
    ({ cluster }) => cluster.rentUsdPerAcceleratorHour.value,
  );
  return { rent, buy: purchase, build: purchase, hybrid: purchase ?? rent };
}
