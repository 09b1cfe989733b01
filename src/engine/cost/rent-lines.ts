import type { RentalTerm } from '../catalogue/types';
import type { CostAssumptions } from '../plan';
import { HOURS_PER_YEAR } from '../units';
import { acceleratorsOf, type CostedCluster } from './capital';
import { paidMonthly, type CostLine } from './cost-line';

/** Contracts that are paid for every hour, in use or not. */
export function isPaidWhenIdle(term: RentalTerm | undefined): boolean {
  return term === 'reserved 1 year' || term === 'reserved 3 years' || term === 'capacity block';
}

/** Share of all hours that is paid for at a share of hours in use. */
export function paidShare(term: RentalTerm | undefined, useFraction: number): number {
  return isPaidWhenIdle(term) ? 1 : useFraction;
}

/** Whether a cluster is rented by the hour in use at a steady price and nothing else is paid for it. */
export function hasOnlyRent(
  { cluster }: Pick<CostedCluster, 'cluster'>,
  costs: CostAssumptions,
): boolean {
  const further = [
    costs.rentChangePerYear,
    costs.rentSupportFraction,
    cluster.rentStorageTb,
    cluster.rentEgressTbPerMonth,
  ];
  return (
    further.every((quantity) => (quantity?.value ?? 0) === 0) &&
    (costs.rentGoodputFraction?.value ?? 1) === 1 &&
    !isPaidWhenIdle(cluster.rentTerm)
  );
}

/**
 * What renting one cluster costs, line by line, hidden parts included.
 *
 *   rent 8760 · G · p · h · support σ · rent · lost hours (1 / q − 1) · rent · storage 12 · S · s · traffic 12 · D · d
 *
 * G accelerators · p rent [USD/h] · h share of hours paid for: those in use on demand, all where capacity is reserved · σ support [1] ·
 * q useful share of rented hours [1] · S storage [TB] · s [USD per TB and month] · D data that leave per month [TB] · d [USD/TB]
 *
 * Leaves out: taxes; requests, logs and addresses; the dates at which reserved prices are renewed; discounts that are negotiated.
 * Source: definition; the hidden parts are those of SemiAnalysis, ClusterMAX total cost calculator, https://www.clustermax.ai/tco, read 2026-11-23.
 */
export function rentLines(
  entry: CostedCluster,
  costs: CostAssumptions,
  useFraction: number = costs.utilisationFraction.value,
  term: RentalTerm | undefined = entry.cluster.rentTerm,
): CostLine[] {
  const { cluster } = entry;
  const hours = HOURS_PER_YEAR * paidShare(term, useFraction);
  const rent = acceleratorsOf(entry) * cluster.rentUsdPerAcceleratorHour.value * hours;
  const change = costs.rentChangePerYear?.value ?? 0;
  const support = rent * (costs.rentSupportFraction?.value ?? 0);
  const lost = rent * (1 / (costs.rentGoodputFraction?.value ?? 1) - 1);
  const storage =
    12 * (cluster.rentStorageTb?.value ?? 0) * (costs.storageUsdPerTbMonth?.value ?? 0);
  const egress =
    12 * (cluster.rentEgressTbPerMonth?.value ?? 0) * (costs.egressUsdPerTb?.value ?? 0);
  return [
    paidMonthly(cluster.id, cluster.name, rent, change),
    ...[
      paidMonthly('rentSupport', 'Support', support, change),
      paidMonthly('rentLost', 'Hours lost to set-up and faults', lost, change),
      paidMonthly('rentStorage', 'Storage', storage),
      paidMonthly('rentEgress', 'Traffic out', egress),
    ].filter(({ perYearUsd }) => perYearUsd !== 0),
  ];
}
