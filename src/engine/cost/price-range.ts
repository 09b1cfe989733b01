import type { Catalogue, Fact } from '../catalogue/types';
import { auxiliaryShare } from '../facility/power';
import type { CostAssumptions, Quantity, Site } from '../plan';
import type { CostedCluster } from './capital';
import { marketQuotes } from './market-rent';

/** Which end of every price's range a total is computed with. */
export type PriceEnd = 'low' | 'value' | 'high';

/**
 * A price at one end of its range: the range that was entered, else for a default the one of the catalogue's row that it was taken
 * from, else the price itself.
 */
export function priceAt(
  price: Quantity,
  end: PriceEnd,
  row?: Pick<Fact, 'value' | 'low' | 'high'> | null,
): number {
  if (end === 'value') return price.value;
  const entered = price[end];
  if (entered !== undefined) return entered;
  const isFromRow = price.origin === 'default' && row?.value === price.value;
  const ofRow = isFromRow ? row[end] : undefined;
  if (ofRow === undefined) return price.value;
  return end === 'low' ? Math.min(ofRow, price.value) : Math.max(ofRow, price.value);
}

type OptionalPrice = Quantity | null | undefined;

/** Everything that costs are computed from, with every price at one end of its range. */
export interface PricedPlan {
  readonly clusters: readonly CostedCluster[];
  readonly costs: CostAssumptions;
  /** years after which a building of one's own is worth nothing */
  readonly buildingYears: number;
  /** power of switches, storage and management over the rated power of the nodes */
  readonly auxiliaryShare: number;
}

/**
 * The plan with every price at one end of its range, so that the total is the lowest or the highest that the ranges allow.
 *
 * Leaves out: ranges of utilisation, horizon and discount rate, which are no prices. All prices at one end together is an outer
 * bound: it is unlikely that every supplier is dear at once.
 */
export function pricesAt(
  plan: Pick<PricedPlan, 'clusters' | 'costs'>,
  catalogue: Pick<Catalogue, 'assumptions' | 'regions' | 'rentalQuotes' | 'date'>,
  end: PriceEnd,
): PricedPlan {
  const row = (key: string): Fact | null => catalogue.assumptions[key] ?? null;
  const at = (price: Quantity, fact: Fact | null): Quantity => ({
    ...price,
    value: priceAt(price, end, fact),
  });
  const optional = (price: OptionalPrice): OptionalPrice => price && at(price, null);
  const { costs } = plan;
  // What is left at the end lowers the total: its high end belongs to the low total.
  const leftAt = { low: 'high', value: 'value', high: 'low' }[end] as PriceEnd;
  return {
    buildingYears: assumedPrice(catalogue, 'cost.buildingYears').value,
    auxiliaryShare: auxiliaryShare(catalogue.assumptions).value,
    clusters: plan.clusters.map((entry) => ({
      ...entry,
      capitalEnd: end,
      cluster: {
        ...entry.cluster,
        rentUsdPerAcceleratorHour: rentAt(entry, catalogue, end),
        purchaseUsdPerNode: at(entry.cluster.purchaseUsdPerNode, entry.system.price),
      },
      site: siteAt(entry.site, catalogue, end),
    })),
    costs: {
      ...costs,
      networkAndStorageFraction: at(
        costs.networkAndStorageFraction,
        row('cost.networkAndStorageFraction'),
      ),
      maintenanceFractionPerYear: at(
        costs.maintenanceFractionPerYear,
        row('cost.maintenanceFractionPerYear'),
      ),
      colocationUsdPerKwMonth: at(
        costs.colocationUsdPerKwMonth,
        row('cost.colocationUsdPerKwMonth'),
      ),
      residualFraction: {
        ...costs.residualFraction,
        value: priceAt(costs.residualFraction, leftAt, row('cost.residualFraction')),
      },
      staffUsdPerAcceleratorYear: optional(costs.staffUsdPerAcceleratorYear),
      softwareUsdPerAcceleratorYear: optional(costs.softwareUsdPerAcceleratorYear),
      installationFraction: optional(costs.installationFraction),
      facilityUsdPerKw: at(
        costs.facilityUsdPerKw ?? assumedPrice(catalogue, 'cost.facilityUsdPerKw'),
        row('cost.facilityUsdPerKw'),
      ),
      rentChangePerYear: optional(costs.rentChangePerYear),
      electricityChangePerYear: optional(costs.electricityChangePerYear),
      rentSupportFraction: optional(costs.rentSupportFraction),
      storageUsdPerTbMonth: at(
        costs.storageUsdPerTbMonth ?? assumedPrice(catalogue, 'cost.storageUsdPerTbMonth'),
        row('cost.storageUsdPerTbMonth'),
      ),
      egressUsdPerTb: at(
        costs.egressUsdPerTb ?? assumedPrice(catalogue, 'cost.egressUsdPerTb'),
        row('cost.egressUsdPerTb'),
      ),
    },
  };
}

/** A price of the catalogue's assumptions where the plan has none; 0 where the catalogue has none either. */
export function assumedPrice(
  { assumptions }: Pick<Catalogue, 'assumptions'>,
  key: string,
): Quantity {
  return { value: assumptions[key]?.value ?? 0, origin: 'default' };
}

function rentAt(
  { cluster, system }: CostedCluster,
  catalogue: Pick<Catalogue, 'rentalQuotes' | 'date'>,
  end: PriceEnd,
): Quantity {
  const price = cluster.rentUsdPerAcceleratorHour;
  if (end === 'value' || price.origin !== 'default' || price.value <= 0) {
    return { ...price, value: priceAt(price, end) };
  }
  const quotes = marketQuotes(catalogue, system.acceleratorId, cluster.rentTerm);
  const range = quotes && {
    value: quotes.rent,
    low: Math.min(...quotes.prices),
    high: Math.max(...quotes.prices),
  };
  return { ...price, value: priceAt(price, end, range) };
}

function siteAt(
  site: Site,
  { regions, assumptions }: Pick<Catalogue, 'regions' | 'assumptions'>,
  end: PriceEnd,
): Site {
  const tariff = regions.get(site.regionId)?.electricityPrice;
  const row = tariff ?? assumptions['region.fallbackElectricity'] ?? null;
  const demand = site.demandChargeUsdPerKwMonth;
  const link = site.linkUsdPerMonth;
  return {
    ...site,
    electricityUsdPerKwh: {
      ...site.electricityUsdPerKwh,
      value: priceAt(site.electricityUsdPerKwh, end, row),
    },
    demandChargeUsdPerKwMonth: demand && { ...demand, value: priceAt(demand, end) },
    linkUsdPerMonth: link && { ...link, value: priceAt(link, end) },
  };
}
