import type { CostedCluster } from '@engine/cost/capital';
import type { CostAssumptions } from '@engine/plan';
import { costPlan, type CostedPlan } from '@engine/cost/totals';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { quantity, systemOf } from '../../fixtures/engine-fixture';

export interface CostInputs {
  readonly nodes: number;
  readonly price: number;
  readonly rent: number;
  readonly electricity: number;
  readonly effectiveness: number;
  readonly horizon: number;
  readonly use: number;
  readonly network: number;
  readonly maintenance: number;
  readonly colocation: number;
  readonly residual: number;
  readonly rate: number;
}

/** Ten DGX H100 of 7.75 kW, with 1.02 kW of switches, storage and management each, at 300,000 USD, three years: round numbers to compute by hand with. */
export const plainInputs: CostInputs = {
  nodes: 10,
  price: 300_000,
  rent: 2,
  electricity: 0.1,
  effectiveness: 1.25,
  horizon: 3,
  use: 0.8,
  network: 0.2,
  maintenance: 0.05,
  colocation: 100,
  residual: 0.3,
  rate: 0,
};

export function clusterOf(inputs: CostInputs, id = 'cluster-1'): CostedCluster {
  return {
    cluster: {
      id,
      name: `Pod ${id}`,
      siteId: 'site-1',
      systemId: 'dgx-h100',
      nodes: quantity(inputs.nodes),
      scaleOutGbpsPerAccelerator: quantity(400),
      rentUsdPerAcceleratorHour: quantity(inputs.rent),
      purchaseUsdPerNode: quantity(inputs.price),
    },
    system: systemOf('dgx-h100'),
    site: {
      id: 'site-1',
      name: 'Hall',
      regionId: 'region-1',
      powerCapKw: null,
      powerUsageEffectiveness: quantity(inputs.effectiveness),
      electricityUsdPerKwh: quantity(inputs.electricity),
      gridGramsCo2PerKwh: quantity(400),
    },
  };
}

export function assumptionsOf(inputs: CostInputs): CostAssumptions {
  return {
    acquisition: 'buy',
    horizonYears: quantity(inputs.horizon),
    utilisationFraction: quantity(inputs.use),
    networkAndStorageFraction: quantity(inputs.network),
    maintenanceFractionPerYear: quantity(inputs.maintenance),
    colocationUsdPerKwMonth: quantity(inputs.colocation),
    residualFraction: quantity(inputs.residual),
    discountRatePerYear: quantity(inputs.rate),
  };
}

/** The plan of one cluster, costed. */
export function costedPlan(
  change: Partial<CostInputs> = {},
  costs: Partial<CostAssumptions> = {},
): CostedPlan {
  const inputs = { ...plainInputs, ...change };
  return costPlan([clusterOf(inputs)], { ...assumptionsOf(inputs), ...costs }, bundledCatalogue);
}
