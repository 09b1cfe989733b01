import { clusterPowerKw, energyMwhPerYear } from '../facility/power';
import { acceleratorsOf, capitalOf, type CostedCluster } from './capital';
import { paidAtStart, paidMonthly, returnedAtEnd, type CostLine } from './cost-line';
import type { PricedPlan } from './price-range';

/** Where hardware of one's own stands. */
export type Place = 'colocation' | 'own building';

/**
 * What owning one cluster costs, line by line.
 *
 *   capital C by category (see capitalOf) · building F = f · P · maintenance m · C · colocation 12 · c · P · electricity 1000 · E · e ·
 *   demand charge 12 · d · P · PUE · staff s · G · software w · G · left at the end R · C and F · max(0, 1 − H / B)
 *
 * f building per kW [USD/kW] · P power of the computers under load, switches and storage included [kW] · m [1/year] · c [USD per kW and month] · E [MWh/year] · e [USD/kWh] ·
 * d [USD per kW and month of the facility's peak] · G accelerators · s, w [USD per accelerator and year] · R residual [1] ·
 * B life of the building [years] · H horizon [years]. A building is paid for instead of colocation.
 *
 * Leaves out: taxes, financing beyond the discount rate, replacement of failed parts beyond maintenance and spares.
 * Source: definition; total cost of ownership as in users' guides of the trade (from memory).
 */
export function ownLines(
  entry: CostedCluster,
  { costs, buildingYears, auxiliaryShare }: Omit<PricedPlan, 'clusters'>,
  place: Place,
  useFraction: number = costs.utilisationFraction.value,
): CostLine[] {
  const { cluster, system, site } = entry;
  const powerKw = clusterPowerKw(system, cluster.nodes.value, auxiliaryShare);
  const effectiveness = site.powerUsageEffectiveness.value;
  const accelerators = acceleratorsOf(entry);
  const parts = capitalOf(entry, costs);
  const capital = parts.reduce((sum, part) => sum + part.usd, 0);
  const energyChange = costs.electricityChangePerYear?.value ?? 0;
  const electricity =
    energyMwhPerYear(powerKw, effectiveness, useFraction) * 1e3 * site.electricityUsdPerKwh.value;
  const demand = 12 * (site.demandChargeUsdPerKwMonth?.value ?? 0) * powerKw * effectiveness;
  const building = place === 'own building' ? powerKw * (costs.facilityUsdPerKw?.value ?? 0) : 0;
  const buildingLeft = Math.max(0, 1 - costs.horizonYears.value / buildingYears);
  const lines = [
    ...parts.map((part) => paidAtStart(part.key, part.label, part.usd)),
    paidAtStart('building', 'Building, power and cooling', building),
    paidMonthly('maintenance', 'Maintenance', capital * costs.maintenanceFractionPerYear.value),
    paidMonthly(
      'colocation',
      'Colocation',
      place === 'colocation' ? powerKw * costs.colocationUsdPerKwMonth.value * 12 : 0,
    ),
    paidMonthly('electricity', 'Electricity', electricity, energyChange),
    paidMonthly('demand', 'Demand charge', demand, energyChange),
    paidMonthly('staff', 'Staff', accelerators * (costs.staffUsdPerAcceleratorYear?.value ?? 0)),
    paidMonthly(
      'software',
      'Software',
      accelerators * (costs.softwareUsdPerAcceleratorYear?.value ?? 0),
    ),
    returnedAtEnd('residual', 'Value left at the end', capital * costs.residualFraction.value),
    returnedAtEnd('buildingResidual', 'Value left of the building', building * buildingLeft),
  ];
  return lines.filter(isPresent);
}

const always: readonly string[] = ['nodes', 'maintenance', 'electricity', 'residual'];

/** Lines of nothing are left out, but for those that every owner looks for. */
function isPresent(line: CostLine): boolean {
  return (
    line.atStartUsd !== 0 ||
    line.perYearUsd !== 0 ||
    line.atEndUsd !== 0 ||
    always.includes(line.key)
  );
}
