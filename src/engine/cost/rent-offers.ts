import type { RentalQuote, RentalTerm } from '../catalogue/types';
import { daysBetween } from '../timeline/calendar';
import { acceleratorsOf, type CostedCluster } from './capital';
import { presentValueOfAll, type MoneyTerms } from './cost-line';
import { quotesOf, recentDays } from './market-rent';
import { remember } from './remember';
import { rentLines } from './rent-lines';
import type { PricedPlan } from './price-range';
import type { CostCatalogue } from './totals';

/** What one provider asks for a cluster under one contract. */
export interface RentOffer {
  readonly clusterId: string;
  readonly acceleratorId: string;
  readonly provider: string;
  readonly term: RentalTerm;
  readonly usdPerAcceleratorHour: number;
  /** date of the quote */
  readonly date: string;
  /** older than half a year before the catalogue's date */
  readonly isOld: boolean;
  readonly source: string;
  /** over the horizon with hidden parts, present value, USD */
  readonly totalUsd: number;
}

/** One offer per provider and term, the newest and of those the cheapest, for every cluster; by cluster, then by total. */
export function rentOffers(
  { clusters, costs }: PricedPlan,
  terms: MoneyTerms,
  catalogue: CostCatalogue,
): RentOffer[] {
  return clusters.flatMap((entry) =>
    newestOffers(catalogue, entry.system.acceleratorId)
      .map((offer) => offerOf(entry, offer, costs, terms))
      .toSorted((one, other) => one.totalUsd - other.totalUsd),
  );
}

/** What a provider asks, before it is known for which cluster. */
interface NewestQuote {
  readonly quote: RentalQuote;
  readonly isOld: boolean;
}

const newestOffers = remember((catalogue: CostCatalogue, acceleratorId): readonly NewestQuote[] => {
  const best = new Map<string, RentalQuote>();
  for (const quote of quotesOf(catalogue.rentalQuotes, acceleratorId)) {
    const key = `${quote.provider} ${quote.term}`;
    const known = best.get(key);
    const isNewer = known === undefined || quote.date > known.date;
    const isCheaper = known?.date === quote.date && quote.price.value < known.price.value;
    if (isNewer || isCheaper) best.set(key, quote);
  }
  return [...best.values()].map((quote) => ({
    quote,
    isOld: daysBetween(quote.date, catalogue.date) > recentDays,
  }));
});

function offerOf(
  entry: CostedCluster,
  { quote, isOld }: NewestQuote,
  costs: PricedPlan['costs'],
  terms: MoneyTerms,
): RentOffer {
  const price = { value: quote.price.value, origin: 'default' as const };
  const cluster = { ...entry.cluster, rentUsdPerAcceleratorHour: price };
  const lines =
    acceleratorsOf(entry) > 0
      ? rentLines({ ...entry, cluster }, costs, costs.utilisationFraction.value, quote.term)
      : [];
  return {
    clusterId: entry.cluster.id,
    acceleratorId: quote.acceleratorId,
    provider: quote.provider,
    term: quote.term,
    usdPerAcceleratorHour: quote.price.value,
    date: quote.date,
    isOld,
    source: quote.price.source,
    totalUsd: presentValueOfAll(lines, terms),
  };
}
