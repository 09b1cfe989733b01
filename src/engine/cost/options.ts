import type { Acquisition } from '../plan';
import { acceleratorsOf, type CostedCluster } from './capital';
import { merged, presentValueOfAll, scaled, type CostLine, type MoneyTerms } from './cost-line';
import { bestOwnedShare, rentedShare } from './hybrid';
import { linkLines } from './link-lines';
import { ownLines } from './own-lines';
import type { PricedPlan } from './price-range';
import { isPaidWhenIdle, rentLines } from './rent-lines';

/** The ways to get a plan's accelerators, in the order in which they are compared. */
export const acquisitions: readonly Acquisition[] = ['rent', 'buy', 'build', 'hybrid'];

export const acquisitionLabels: Readonly<Record<Acquisition, string>> = {
  rent: 'Rented',
  buy: 'Bought, colocated',
  build: 'Bought, own building',
  hybrid: 'Owned base, rented peaks',
};

/** Horizon and discount rate of a plan. */
export function termsOf({ costs }: Pick<PricedPlan, 'costs'>): MoneyTerms {
  return {
    horizonYears: costs.horizonYears.value,
    discountRatePerYear: costs.discountRatePerYear.value,
  };
}

/** Every line of spending of one way to get the accelerators. `ownedShare` is the part that a hybrid owns. */
export function optionLines(
  plan: PricedPlan,
  kind: Acquisition,
  ownedShare: number,
): readonly CostLine[] {
  const { clusters, costs } = plan;
  switch (kind) {
    case 'rent':
      return merged([...clusters.map((entry) => rentLines(entry, costs)), linkLines(clusters)]);
    case 'buy':
      return merged([
        ...clusters.map((entry) => ownLines(entry, plan, 'colocation')),
        linkLines(clusters),
      ]);
    case 'build':
      return merged([
        ...clusters.map((entry) => ownLines(entry, plan, 'own building')),
        linkLines(clusters),
      ]);
    case 'hybrid':
      return merged([
        ...clusters.map((entry) => hybridLines(entry, plan, ownedShare)),
        linkLines(clusters),
      ]);
  }
}

/** A base of a cluster is owned and colocated; load above it is rented on demand. */
export function hybridLines(
  entry: CostedCluster,
  plan: PricedPlan,
  ownedShare: number,
): CostLine[] {
  const { costs } = plan;
  const meanLoad = costs.utilisationFraction.value;
  const rented = rentedShare(meanLoad, ownedShare);
  const use = ownedShare > 0 ? Math.min(1, (meanLoad - rented) / ownedShare) : 0;
  return [
    ...(ownedShare > 0 ? scaled(ownLines(entry, plan, 'colocation', use), ownedShare) : []),
    ...(rented > 0 ? rentLines(entry, costs, rented, 'on demand') : []),
  ];
}

/** The parts of the comparison of owning with renting that do and do not depend on use; USD, present value. */
export interface UseDependence {
  /** owning at no use */
  readonly ownedFixed: number;
  /** owning at full use, less the fixed part: electricity */
  readonly ownedVariable: number;
  /** renting at no use: reserved capacity, storage, traffic */
  readonly rentedFixed: number;
  /** renting at full use, less the fixed part */
  readonly rentedVariable: number;
}

/** Splits owning and renting into what depends on use and what does not; both are straight lines of the share of hours in use. */
export function useDependence(plan: PricedPlan): UseDependence {
  const terms = termsOf(plan);
  const owned = (use: number): number =>
    presentValueOfAll(
      plan.clusters.flatMap((entry) => ownLines(entry, plan, 'colocation', use)),
      terms,
    );
  const rented = (use: number): number =>
    presentValueOfAll(
      plan.clusters.flatMap((entry) => rentLines(entry, plan.costs, use)),
      terms,
    );
  const [ownedFixed, rentedFixed] = [owned(0), rented(0)];
  return {
    ownedFixed,
    ownedVariable: owned(1) - ownedFixed,
    rentedFixed,
    rentedVariable: rented(1) - rentedFixed,
  };
}

/**
 * Share of hours in use above which owning costs less than renting.
 *
 *   u* = (F − K) / (D − V)
 *
 * F owning at no use [USD] · V electricity at full use [USD] · K rent that is paid at no use [USD] · D further rent at full use [USD];
 * all present values
 *
 * Null when renting costs less even at full use; 0 when owning costs less even at none.
 * Source: definition: both totals are straight lines of the share of hours in use.
 */
export function breakEvenUtilisation(split: UseDependence): number | null {
  const { ownedFixed, ownedVariable, rentedFixed, rentedVariable } = split;
  const isDearerFullyUsed = ownedFixed + ownedVariable > rentedFixed + rentedVariable;
  if (ownedFixed <= rentedFixed) return isDearerFullyUsed ? null : 0;
  return isDearerFullyUsed ? null : (ownedFixed - rentedFixed) / (rentedVariable - ownedVariable);
}

/** The share that a hybrid owns: the one that was entered, else the one that costs least. */
export function hybridShare(plan: PricedPlan, split: UseDependence): number {
  const { hybridOwnedFraction, utilisationFraction } = plan.costs;
  if (hybridOwnedFraction) return hybridOwnedFraction.value;
  if (plan.clusters.some(({ cluster }) => isPaidWhenIdle(cluster.rentTerm))) {
    const onDemand = plan.clusters.map((entry) => ({
      ...entry,
      cluster: { ...entry.cluster, rentTerm: 'on demand' as const },
    }));
    const atDemand = useDependence({ ...plan, clusters: onDemand });
    return bestOwnedShare(breakEvenUtilisation(atDemand), utilisationFraction.value);
  }
  return bestOwnedShare(breakEvenUtilisation(split), utilisationFraction.value);
}

/** Accelerators of all clusters. */
export function acceleratorsOfAll({ clusters }: Pick<PricedPlan, 'clusters'>): number {
  return clusters.reduce((sum, entry) => sum + acceleratorsOf(entry), 0);
}
