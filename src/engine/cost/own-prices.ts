import type { ResolvedCluster, ResolvedPlan } from '../checks/resolve';
import type { CostAssumptions, Workload } from '../plan';
import type { CostedCluster } from './capital';
import { costPlan, type CostCatalogue } from './totals';
import { ownAcceleratorPrice } from './unit-costs';

/**
 * A plan's clusters and workloads with the price of the accelerators that it owns, so that the costs of a run and the unit costs of a service are
 * those of the way in which the plan gets them: for a run, which ends, of an hour in use, for a service of one at hand. Nothing changes where the
 * plan rents, all or at its peaks: the cluster's rent is the price then.
 */
export function withOwnPrices(
  resolved: ResolvedPlan,
  costed: () => readonly CostedCluster[],
  costs: CostAssumptions,
  catalogue: CostCatalogue,
): ResolvedPlan {
  const { acquisition } = costs;
  if (acquisition !== 'buy' && acquisition !== 'build') return resolved;
  const clusters = costed();
  const cost = costPlan(clusters, costs, catalogue);
  const owned = new Set(clusters.map(({ cluster: { id } }) => id));
  const priced = (on: ResolvedCluster, kind: Workload['kind']): ResolvedCluster => {
    const clusterId = on.cluster.id;
    return owned.has(clusterId)
      ? { ...on, price: ownAcceleratorPrice(cost, { kind, clusterId }, acquisition) }
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
