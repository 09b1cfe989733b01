import { assumptionValue } from '../catalogue/assumption';
import type { Catalogue, System } from '../catalogue/types';
import { marketRent } from '../cost/market-rent';
import { presentValueOfAll } from '../cost/cost-line';
import { ownLines } from '../cost/own-lines';
import { annuityYears } from '../cost/present-value';
import { auxiliaryShare } from '../facility/power';
import type { CostAssumptions, Quantity } from '../plan';
import { HOURS_PER_YEAR } from '../units';
import { proposedCluster } from './proposed-cluster';

/** What an hour of a number of nodes costs, rented and owned; null where no price is published. */
export interface HourlyCost {
  readonly rentUsdPerHour: number | null;
  readonly ownUsdPerHour: number | null;
}

function assumed(catalogue: Catalogue, key: string): Quantity {
  return { value: assumptionValue(catalogue.assumptions, key), origin: 'default' };
}

function assumedCosts(catalogue: Catalogue): CostAssumptions {
  return {
    acquisition: 'buy',
    horizonYears: assumed(catalogue, 'cost.horizonYears'),
    // An hour of the whole cluster is asked for, so every hour counts.
    utilisationFraction: { value: 1, origin: 'default' },
    networkAndStorageFraction: assumed(catalogue, 'cost.networkAndStorageFraction'),
    maintenanceFractionPerYear: assumed(catalogue, 'cost.maintenanceFractionPerYear'),
    colocationUsdPerKwMonth: assumed(catalogue, 'cost.colocationUsdPerKwMonth'),
    residualFraction: assumed(catalogue, 'cost.residualFraction'),
    discountRatePerYear: assumed(catalogue, 'cost.discountRatePerYear'),
  };
}

/**
 * Cost of one hour of a number of nodes under the catalogue's assumptions: average PUE and electricity price, default horizon.
 *
 *   owned = net present cost / (8760 · a),   see ownLines
 *
 * Leaves out: what ownLines leaves out; the region. Without a bill, network and storage are a flat share of the nodes.
 * Source: definition.
 */
export function hourlyCost(catalogue: Catalogue, system: System, nodes: number): HourlyCost {
  const rent = marketRent(catalogue, system.acceleratorId);
  const quantity = (value: number): Quantity => ({ value, origin: 'default' });
  const costs = assumedCosts(catalogue);
  const terms = {
    horizonYears: costs.horizonYears.value,
    discountRatePerYear: costs.discountRatePerYear.value,
  };
  const lines = ownLines(
    {
      cluster: proposedCluster(system, nodes, {
        rentUsdPerAcceleratorHour: rent ?? 0,
        purchaseUsdPerNode: system.price?.value ?? 0,
      }),
      system,
      site: {
        id: '',
        name: '',
        regionId: '',
        powerCapKw: null,
        powerUsageEffectiveness: assumed(catalogue, 'pue.global'),
        electricityUsdPerKwh: assumed(catalogue, 'region.fallbackElectricity'),
        gridGramsCo2PerKwh: quantity(0),
      },
    },
    {
      costs,
      buildingYears: assumptionValue(catalogue.assumptions, 'cost.buildingYears'),
      auxiliaryShare: auxiliaryShare(catalogue.assumptions).value,
    },
    'colocation',
  );
  const owned = presentValueOfAll(lines, terms);
  const annuity = annuityYears(terms.horizonYears, terms.discountRatePerYear);
  return {
    rentUsdPerHour: rent === null ? null : rent * nodes * system.acceleratorsPerNode.value,
    ownUsdPerHour: system.price === null ? null : owned / (HOURS_PER_YEAR * annuity),
  };
}
