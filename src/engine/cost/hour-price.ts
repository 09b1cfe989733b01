import type { ResolvedCluster } from '../checks/resolve';
import { reportFacility } from '../facility/report-facility';
import type { CostAssumptions } from '../plan';
import { reportCost } from './report-cost';
import type { CostCatalogue } from './totals';

type PricedCatalogue = CostCatalogue & Parameters<typeof reportFacility>[2];

/**
 * What an hour in use of one accelerator of a cluster costs in the way that the plan gets its accelerators: rented, bought,
 * built for or both. Null where a price is missing.
 *
 * Leaves out: what the cost of the plan leaves out.
 * Source: the plan's cost per accelerator-hour, of this cluster alone.
 */
export function usdPerAcceleratorHour(
  on: ResolvedCluster,
  costs: CostAssumptions,
  catalogue: PricedCatalogue,
): number | null {
  const { bill } = reportFacility(on.cluster, on.system, catalogue);
  const { options } = reportCost([{ ...on, bill }], costs, catalogue);
  return options.find(({ isChosen }) => isChosen)?.usdPerAcceleratorHour.value ?? null;
}
