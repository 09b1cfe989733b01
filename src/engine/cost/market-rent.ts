import type { Catalogue, RentalQuote, RentalTerm } from '../catalogue/types';
import { daysBetween } from '../timeline/calendar';
import { remember } from './remember';

/** Quotes older than this many days before the catalogue's date count only when there is no newer one. */
export const recentDays = 180;

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

/** The quotes of one term that say what an accelerator rents for. */
export interface MarketQuotes {
  /** one price per provider, USD per accelerator-hour */
  readonly prices: readonly number[];
  /** ISO dates of the oldest and the newest quote */
  readonly from: string;
  readonly to: string;
  /** median of the prices, to a hundredth of a cent */
  readonly rent: number;
}

type QuoteTable = Pick<Catalogue, 'rentalQuotes' | 'date'>;

/** The quotes of one accelerator, every provider, term and date, in the order of the table. */
export const quotesOf = remember(
  (quotes: Catalogue['rentalQuotes'], acceleratorId): readonly RentalQuote[] =>
    quotes.filter((quote) => quote.acceleratorId === acceleratorId),
);

/**
 * Rent of one accelerator-hour on the market: the median over providers of each provider's newest quote of a term, quotes
 * of the last 180 days only, or of any age when there is none newer. Null where nobody quotes one.
 *
 * Leaves out: other terms, regions, storage and traffic.
 * Source: the quotes of the catalogue.
 */
export function marketQuotes(
  catalogue: QuoteTable,
  acceleratorId: string,
  term: RentalTerm = 'on demand',
): MarketQuotes | null {
  return quotesByTerm(catalogue, acceleratorId).get(term) ?? null;
}

/** The market of one accelerator, by term. */
const quotesByTerm = remember(
  (catalogue: QuoteTable, acceleratorId): ReadonlyMap<RentalTerm, MarketQuotes> => {
    const quotes = quotesOf(catalogue.rentalQuotes, acceleratorId);
    const terms = [...new Set(quotes.map(({ term }) => term))];
    return new Map(
      terms.flatMap((term) => {
        const offers = quotes.filter((quote) => quote.term === term);
        const market = marketOf(offers, catalogue.date);
        return market === null ? [] : [[term, market]];
      }),
    );
  },
);

function marketOf(offers: readonly RentalQuote[], today: string): MarketQuotes | null {
  const recent = offers.filter((offer) => daysBetween(offer.date, today) <= recentDays);
  const used = recent.length > 0 ? recent : offers;
  const dates = used.map((offer) => offer.date).toSorted();
  const [from, to] = [dates.at(0), dates.at(-1)];
  if (from === undefined || to === undefined) return null;
  const prices = newestPerProvider(used);
  return { prices, from, to, rent: Math.round(median(prices) * 1e4) / 1e4 };
}

/** The rent alone; see marketQuotes. */
export function marketRent(catalogue: Catalogue, acceleratorId: string): number | null {
  return marketQuotes(catalogue, acceleratorId)?.rent ?? null;
}
