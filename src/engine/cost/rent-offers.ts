import type { RentalQuote, RentalTerm } from '../catalogue/types';
import { daysBetween } from '../timeline/calendar';
import { acceleratorsOf, type CostedCluster } from './capital';
import { presentValueOfAll, type MoneyTerms } from './cost-line';
import { recentDays } from './market-rent';
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
    newestOffers(catalogue.rentalQuotes, entry.system.acceleratorId)
      .map((quote) => offerOf(entry, quote, costs, terms, catalogue.date))
      .toSorted((one, other) => one.totalUsd - other.totalUsd),
  );
}

function newestOffers(quotes: readonly RentalQuote[], acceleratorId: string): RentalQuote[] {
  const best = new Map<string, RentalQuote>();
  for (const quote of quotes) {
    if (quote.acceleratorId !== acceleratorId) continue;
    const key = `${quote.provider} ${quote.term}`;
    const known = best.get(key);
    const isNewer = known === undefined || quote.date > known.date;
    const isCheaper = known?.date === quote.date && quote.price.value < known.price.value;
    if (isNewer || isCheaper) best.set(key, quote);
  }
  return [...best.values()];
}

function offerOf(
  entry: CostedCluster,
  quote: RentalQuote,
  costs: PricedPlan['costs'],
  terms: MoneyTerms,
  today: string,
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
    isOld: daysBetween(quote.date, today) > recentDays,
    source: quote.price.source,
    totalUsd: presentValueOfAll(lines, terms),
  };
}
