import type { Catalogue } from '../catalogue/types';
import { resolvePlan, type ResolvedPlan } from '../checks/resolve';
import { reportFacility } from '../facility/report-facility';
import type { Plan } from '../plan';
import { withPrices } from './workload-prices';

/** A plan with the rows that its ids stand for, and with what an hour of its accelerators costs each workload. */
export function pricedPlan(plan: Plan, catalogue: Catalogue): ResolvedPlan {
  const resolved = resolvePlan(plan, catalogue);
  const costed = () =>
    resolved.clusters.map((entry) => ({
      ...entry,
      bill: reportFacility(entry.cluster, entry.system, catalogue).bill,
    }));
  return withPrices(resolved, costed, plan.costs, catalogue);
}
