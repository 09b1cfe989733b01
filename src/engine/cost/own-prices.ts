import type { ResolvedCluster, ResolvedPlan } from '../checks/resolve';
import type { CostAssumptions } from '../plan';
import type { CostedCluster } from './capital';
import { costPlan, type CostCatalogue } from './totals';
import { ownServicePrice } from './unit-costs';

/**
 * A plan's clusters and workloads with the price of the accelerators that it owns, so that a service's unit costs are those of the way in
 * which the plan gets them. Nothing changes where it rents, all or at its peaks: the cluster's rent is the price then.
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
  const prices = new Map(
    clusters.map(({ cluster: { id } }) => [id, ownServicePrice(cost, id, acquisition)]),
  );
  const priced = (on: ResolvedCluster): ResolvedCluster => {
    const price = prices.get(on.cluster.id);
    return price === undefined ? on : { ...on, price };
  };
  return {
    ...resolved,
    clusters: resolved.clusters.map(priced),
    workloads: resolved.workloads.map((entry) => ({ ...entry, on: priced(entry.on) })),
    tasks: resolved.tasks.map((entry) => ({ ...entry, on: priced(entry.on) })),
  };
}
