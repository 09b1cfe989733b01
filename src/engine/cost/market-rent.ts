import type { Catalogue, RentalQuote } from '../catalogue/types';
import { daysBetween } from '../checks/prices';

/** Quotes older than this many days before the catalogue's date count only when there is no newer one. */
const recentDays = 180;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((first, second) => first - second);
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? Number.NaN;
  const high = sorted[Math.ceil(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

/** One price per provider: the median of its quotes on its newest date. */
function newestPerProvider(quotes: readonly RentalQuote[]): number[] {
  return [...new Set(quotes.map((quote) => quote.provider))].map((provider) => {
    const offers = quotes.filter((quote) => quote.provider === provider);
    const newest = offers.reduce((date, offer) => (offer.date > date ? offer.date : date), '');
    return median(
      offers.filter((offer) => offer.date === newest).map((offer) => offer.price.value),
    );
  });
}

/**
 * Rent of one accelerator-hour on the market: the median over providers of each provider's newest on-demand quote, quotes
 * of the last 180 days only, or of any age when there is none newer. Null where nobody quotes one.
 *
 * Leaves out: reserved and spot terms, regions, storage and traffic.
 * Source: the quotes of the catalogue.
 */
export function marketRent(catalogue: Catalogue, acceleratorId: string): number | null {
  const offers = catalogue.rentalQuotes.filter(
    (quote) => quote.acceleratorId === acceleratorId && quote.term === 'on demand',
  );
  const recent = offers.filter((offer) => daysBetween(offer.date, catalogue.date) <= recentDays);
  const prices = newestPerProvider(recent.length > 0 ? recent : offers);
  return prices.length === 0 ? null : Math.round(median(prices) * 1e4) / 1e4;
}
