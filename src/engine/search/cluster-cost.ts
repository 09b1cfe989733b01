import type { Catalogue, System } from '../catalogue/types';
import { marketRent } from '../cost/market-rent';
import { totalCost } from '../cost/total-cost';
import { assumptionValue } from '../hardware/constants';
import type { CostAssumptions, Quantity } from '../plan';
import { HOURS_PER_YEAR } from '../units';

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
 *   owned = net present cost / (8760 · a),   see totalCost
 *
 * Leaves out: what totalCost leaves out; the region.
 * Source: definition.
 */
export function hourlyCost(catalogue: Catalogue, system: System, nodes: number): HourlyCost {
  const rent = marketRent(catalogue, system.acceleratorId);
  const quantity = (value: number): Quantity => ({ value, origin: 'default' });
  const cost = totalCost(
    [
      {
        cluster: {
          id: system.id,
          name: system.name,
          siteId: '',
          systemId: system.id,
          nodes: quantity(nodes),
          scaleOutGbpsPerAccelerator: quantity(system.scaleOutBandwidth.value),
          rentUsdPerAcceleratorHour: quantity(rent ?? 0),
          purchaseUsdPerNode: quantity(system.price?.value ?? 0),
        },
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
    ],
    assumedCosts(catalogue),
  );
  return {
    rentUsdPerHour: rent === null ? null : rent * nodes * system.acceleratorsPerNode.value,
    ownUsdPerHour: system.price === null ? null : cost.buy / (HOURS_PER_YEAR * cost.annuity),
  };
}
