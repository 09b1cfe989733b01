import type { System } from '../catalogue/types';
import { clusterPowerKw, energyMwhPerYear } from '../facility/power';
import type { Cluster, CostAssumptions, Site } from '../plan';
import type { CashPoint } from '../report';
import { HOURS_PER_YEAR } from '../units';
import { annuityYears, discountFactor, monthsOf } from './present-value';

/** A cluster with the system it is made of and the site it stands on. */
export interface CostedCluster {
  readonly cluster: Cluster;
  readonly system: System;
  readonly site: Site;
}

/** The cost of owning and of renting the same accelerators; USD, present value, taxes excluded. */
export interface TotalCost {
  readonly accelerators: number;
  readonly annuity: number;
  /** accelerator-hours in use over the horizon, discounted like the money */
  readonly discountedHours: number;
  readonly nodes: number;
  readonly networkAndStorage: number;
  readonly capital: number;
  /** per year, not discounted */
  readonly maintenancePerYear: number;
  readonly colocationPerYear: number;
  readonly electricityPerYear: number;
  readonly operatingPerYear: number;
  /** at the end of the horizon, discounted */
  readonly residual: number;
  readonly buy: number;
  readonly rentPerYear: number;
  readonly rent: number;
}

/**
 * Cost of owning and of renting a set of clusters over a horizon.
 *
 *   C = N · (1 + f)        O = m · C + 12 · c · P + 1000 · E · e        buy = C + a · O − R · C · (1 + r)^(−H)
 *   rent = a · 8760 · u · Σ G · p
 *
 * N price of the nodes [USD] · f network and storage as a share of it · m maintenance [1/year] · c colocation [USD per kW and month] ·
 * P IT power [kW] · E electricity per year [MWh] · e its price [USD/kWh] · R share of the purchase left at the end · r discount rate [1/year] ·
 * H horizon [years] · a present value of one unit per year [years] · u share of hours in use · G accelerators · p rent [USD/h]
 *
 * Leaves out: taxes, staff, software, financing cost beyond the discount rate, price changes, replacement of failed parts beyond maintenance.
 * Source: net present cost, standard definition (from memory).
 */
export function totalCost(clusters: readonly CostedCluster[], costs: CostAssumptions): TotalCost {
  const sum = (of: (entry: CostedCluster) => number): number =>
    clusters.reduce((total, entry) => total + of(entry), 0);
  const utilisation = costs.utilisationFraction.value;
  const horizon = costs.horizonYears.value;
  const rate = costs.discountRatePerYear.value;
  const annuity = annuityYears(horizon, rate);
  const accelerators = sum(acceleratorsOf);
  const nodes = sum(({ cluster }) => cluster.nodes.value * cluster.purchaseUsdPerNode.value);
  const networkAndStorage = nodes * costs.networkAndStorageFraction.value;
  const capital = nodes + networkAndStorage;
  const maintenancePerYear = capital * costs.maintenanceFractionPerYear.value;
  const powerKw = sum(({ cluster, system }) => clusterPowerKw(system, cluster.nodes.value));
  const colocationPerYear = powerKw * costs.colocationUsdPerKwMonth.value * 12;
  const electricityPerYear = sum((entry) => electricityUsdPerYear(entry, utilisation));
  const operatingPerYear = maintenancePerYear + colocationPerYear + electricityPerYear;
  const residual = capital * costs.residualFraction.value * discountFactor(monthsOf(horizon), rate);
  const rentPerYear = sum(
    (entry) =>
      acceleratorsOf(entry) *
      entry.cluster.rentUsdPerAcceleratorHour.value *
      HOURS_PER_YEAR *
      utilisation,
  );
  return {
    accelerators,
    annuity,
    discountedHours: accelerators * HOURS_PER_YEAR * utilisation * annuity,
    nodes,
    networkAndStorage,
    capital,
    maintenancePerYear,
    colocationPerYear,
    electricityPerYear,
    operatingPerYear,
    residual,
    buy: capital + annuity * operatingPerYear - residual,
    rentPerYear,
    rent: annuity * rentPerYear,
  };
}

export function acceleratorsOf({ cluster, system }: CostedCluster): number {
  return cluster.nodes.value * system.acceleratorsPerNode.value;
}

function electricityUsdPerYear({ cluster, system, site }: CostedCluster, used: number): number {
  const itPowerKw = clusterPowerKw(system, cluster.nodes.value);
  const mwh = energyMwhPerYear(itPowerKw, site.powerUsageEffectiveness.value, used);
  return mwh * 1e3 * site.electricityUsdPerKwh.value;
}

/**
 * Share of hours in use above which owning costs less than renting.
 *
 *   u* = F / (D − V)
 *
 * F cost of owning that does not depend on use [USD] · V electricity at full use [USD] · D rent at full use [USD]; all present values
 *
 * Null when renting costs less even at full use.
 * Leaves out: rented capacity that is reserved and paid for when idle.
 * Source: definition: both totals are straight lines of the share of hours in use.
 */
export function breakEvenUtilisation(cost: TotalCost, utilisation: number): number | null {
  const electricity = (cost.annuity * cost.electricityPerYear) / utilisation;
  const fixed = cost.buy - cost.annuity * cost.electricityPerYear;
  const rent = cost.rent / utilisation;
  const share = fixed / (rent - electricity);
  return rent > electricity && share <= 1 ? share : null;
}

/** Cumulative discounted spend at the end of every month; month 0 is the purchase, the residual comes back in the last. */
export function cashFlow(cost: TotalCost, costs: CostAssumptions): CashPoint[] {
  const months = monthsOf(costs.horizonYears.value);
  const points: CashPoint[] = [{ month: 0, rentUsd: 0, buyUsd: cost.capital }];
  let spentYears = 0;
  for (let month = 1; month <= months; month += 1) {
    spentYears += discountFactor(month, costs.discountRatePerYear.value) / 12;
    const residual = month === months ? cost.residual : 0;
    points.push({
      month,
      rentUsd: spentYears * cost.rentPerYear,
      buyUsd: cost.capital + spentYears * cost.operatingPerYear - residual,
    });
  }
  return points;
}

/** First month at whose end owning has cost no more than renting; null when there is none within the horizon. */
export function breakEvenMonth(points: readonly CashPoint[]): number | null {
  return points.find(({ month, rentUsd, buyUsd }) => month > 0 && buyUsd <= rentUsd)?.month ?? null;
}
