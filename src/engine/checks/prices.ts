import type { Catalogue } from '../catalogue/types';
import { quotesOf } from '../cost/market-rent';
import { recentDays } from '../cost/market-rent';
import type { CostAssumptions } from '../plan';
import type { Finding } from '../report';
import { daysBetween } from '../timeline/calendar';
import { dayText } from '../timeline/day-text';
import type { ResolvedCluster } from './resolve';

/** The date of the newest rental quote of an accelerator; null when the catalogue has none. */
export function newestQuoteDate(catalogue: Catalogue, acceleratorId: string): string | null {
  return quotesOf(catalogue.rentalQuotes, acceleratorId)
    .filter((quote) => quote.term === 'on demand')
    .reduce<string | null>(
      (newest, { date }) => (newest === null || date > newest ? date : newest),
      null,
    );
}

/** Prices that are missing or old. */
export function priceFindings(
  clusters: readonly ResolvedCluster[],
  costs: Pick<CostAssumptions, 'acquisition'>,
  catalogue: Catalogue,
): Finding[] {
  return clusters.flatMap(({ cluster, system, accelerator }) => {
    const found: Finding[] = [];
    const isRented = costs.acquisition === 'rent';
    if (cluster.rentUsdPerAcceleratorHour.value === 0) {
      found.push({
        level: isRented ? 'warning' : 'note',
        code: 'price.rentMissing',
        subjectId: cluster.id,
        field: 'rentUsdPerAcceleratorHour',
        title: `${cluster.name} has no rental price`,
        cause: `No usable quote for ${accelerator.name} is in the catalogue, so what renting costs is not computed.`,
        advice: 'Enter a quote to see it.',
        fix: null,
      });
    } else if (cluster.rentUsdPerAcceleratorHour.origin === 'default') {
      const newest = newestQuoteDate(catalogue, accelerator.id);
      const age = newest === null ? 0 : daysBetween(newest, catalogue.date);
      if (newest !== null && age > recentDays) {
        found.push({
          level: 'warning',
          code: 'price.rentOld',
          subjectId: cluster.id,
          field: 'rentUsdPerAcceleratorHour',
          title: `The rental price of ${accelerator.name} is old`,
          cause: `The newest quote is of ${dayText(newest)}, ${String(age)} days before the catalogue's date.`,
          advice: 'Ask a provider and enter the quote.',
          fix: null,
        });
      }
    }
    if (cluster.purchaseUsdPerNode.value === 0) {
      found.push({
        level: isRented ? 'note' : 'warning',
        code: 'price.purchaseMissing',
        subjectId: cluster.id,
        field: 'purchaseUsdPerNode',
        title: `${cluster.name} has no purchase price`,
        cause: `No price for a ${system.name} is in the catalogue, so what buying costs is not computed.`,
        advice: 'Enter a quote to compare buying with renting.',
        fix: null,
      });
    }
    return found;
  });
}
