import type { ResolvedCluster, ResolvedPlan } from '../checks/resolve';
import type { CostAssumptions, Workload } from '../plan';
import type { CostedCluster } from './capital';
import { hasOnlyRent } from './rent-lines';
import { costPlan, type CostCatalogue } from './totals';
import { acceleratorHourPrice } from './unit-costs';

/**
 * A plan's clusters and workloads with the price of an accelerator-hour in the way that the plan gets them, so that the costs of a run and
 * the unit costs of a service are those of the table of costs: for a run, which ends, of an hour in use, for a service of one at hand.
 * Nothing is added where clusters are rented by the hour and nothing else is paid: the cluster's rent is the price then.
 */
export function withPrices(
  resolved: ResolvedPlan,
  costed: () => readonly CostedCluster[],
  costs: CostAssumptions,
  catalogue: CostCatalogue,
): ResolvedPlan {
  const { acquisition } = costs;
  if (acquisition === 'rent' && resolved.clusters.every((entry) => hasOnlyRent(entry, costs))) {
    return resolved;
  }
  const clusters = costed();
  const cost = costPlan(clusters, costs, catalogue);
  const costedIds = new Set(clusters.map(({ cluster: { id } }) => id));
  const priced = (on: ResolvedCluster, kind: Workload['kind']): ResolvedCluster => {
    const clusterId = on.cluster.id;
    return costedIds.has(clusterId)
      ? { ...on, price: acceleratorHourPrice(cost, { kind, clusterId }, acquisition) }
      : on;
  };
  return {
    ...resolved,
    clusters: resolved.clusters.map((on) => priced(on, 'inference')),
    workloads: resolved.workloads.map((entry) => ({
      ...entry,
      on: priced(entry.on, entry.workload.kind),
    })),
    tasks: resolved.tasks.map((entry) => ({ ...entry, on: priced(entry.on, 'task') })),
  };
}
