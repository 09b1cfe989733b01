import type { Catalogue } from '../catalogue/types';
import type { Acquisition, CostAssumptions } from '../plan';
import type { CostedCluster } from './capital';
import { presentValueOfAll, type CostLine } from './cost-line';
import {
  breakEvenUtilisation,
  hybridShare,
  optionLines,
  termsOf,
  useDependence,
  type UseDependence,
} from './options';
import { pricesAt, type PriceEnd, type PricedPlan } from './price-range';

/** The rows of the catalogue that costs are computed from. */
export type CostCatalogue = Pick<Catalogue, 'assumptions' | 'regions' | 'rentalQuotes' | 'date'>;

/** A total with every price at the low end, the middle and the high end of its range; USD, present value. */
export interface RangedTotal {
  readonly low: number;
  readonly value: number;
  readonly high: number;
}

/** A plan costed in every way, with every price at three ends of its range. */
export interface CostedPlan {
  readonly priced: Readonly<Record<PriceEnd, PricedPlan>>;
  readonly split: UseDependence;
  readonly breakEven: number | null;
  /** share of the accelerators that a hybrid owns */
  readonly ownedShare: number;
  readonly lines: Readonly<Record<Acquisition, readonly CostLine[]>>;
  readonly totals: Readonly<Record<Acquisition, RangedTotal>>;
}

/** Costs a plan's clusters rented, bought, built for and mixed. The hybrid owns the same share at every end of the prices. */
export function costPlan(
  clusters: readonly CostedCluster[],
  costs: CostAssumptions,
  catalogue: CostCatalogue,
): CostedPlan {
  const at = (end: PriceEnd): PricedPlan => pricesAt({ clusters, costs }, catalogue, end);
  const priced = { low: at('low'), value: at('value'), high: at('high') };
  const split = useDependence(priced.value);
  const ownedShare = hybridShare(priced.value, split);
  const terms = termsOf(priced.value);
  const record = <Value>(of: (kind: Acquisition) => Value): Record<Acquisition, Value> => ({
    rent: of('rent'),
    buy: of('buy'),
    build: of('build'),
    hybrid: of('hybrid'),
  });
  const lines = record((kind) => optionLines(priced.value, kind, ownedShare));
  const totalAt = (kind: Acquisition, end: PriceEnd): number =>
    presentValueOfAll(
      end === 'value' ? lines[kind] : optionLines(priced[end], kind, ownedShare),
      terms,
    );
  return {
    priced,
    split,
    breakEven: breakEvenUtilisation(split),
    ownedShare,
    lines,
    totals: record((kind) => ranged((end) => totalAt(kind, end))),
  };
}

/** A total at the three ends; rounding never puts the middle outside its range. */
export function ranged(at: (end: PriceEnd) => number): RangedTotal {
  const [low, value, high] = [at('low'), at('value'), at('high')];
  return { low: Math.min(low, value), value, high: Math.max(value, high) };
}
