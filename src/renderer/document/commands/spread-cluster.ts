import type { Cluster, InferenceWorkload, Plan, Quantity, TaskWorkload } from '@engine/plan';
import { findPart, partName } from '../subject';
import { defineCommand } from './command';
import { freeId, freeName } from './structure';

/** Whole nodes over so many places, the first ones with one more where it does not divide. */
export function sharesOf(nodes: number, places: number): readonly number[] {
  const whole = Math.floor(nodes);
  return Array.from(
    { length: places },
    (_, index) => Math.floor(whole / places) + (index < whole % places ? 1 : 0),
  );
}

/**
 * Spreads a cluster's nodes over all sites of the plan, its own first. Its training jobs run on all of the shares, data parallel;
 * its services get a copy on each, with their part of the users.
 */
export const spreadCluster = defineCommand<{ readonly partId: string }>({
  label: (plan, { partId }) =>
    `Spread ${partName(plan, partId)} over ${String(plan.sites.length)} sites`,
  apply(plan, { partId }) {
    const found = findPart(plan, partId);
    const others = plan.sites.filter(
      ({ id }) => found?.kind === 'cluster' && id !== found.part.siteId,
    );
    if (found?.kind !== 'cluster' || whyNotSpread(plan, found.part) !== null) return plan;
    const cluster = found.part;
    const shares = sharesOf(cluster.nodes.value, others.length + 1);
    const withShare = (part: Cluster, index: number): Cluster => ({
      ...part,
      nodes: { value: shares[index] ?? 0, origin: 'yours' },
    });
    const copies = others.reduce<{ readonly plan: Plan; readonly made: readonly Cluster[] }>(
      (state, site, index) => {
        const copy = withShare(
          {
            ...cluster,
            id: freeId(state.plan, 'cluster'),
            siteId: site.id,
            name: freeName(state.plan, `${cluster.name}, ${site.name}`),
          },
          index + 1,
        );
        return {
          plan: { ...state.plan, clusters: [...state.plan.clusters, copy] },
          made: [...state.made, copy],
        };
      },
      { plan, made: [] },
    );
    const spread: Plan = {
      ...copies.plan,
      clusters: copies.plan.clusters.map((part) =>
        part.id === partId ? withShare(part, 0) : part,
      ),
    };
    return copies.made.reduce<Plan>((state, copy) => onShare(state, partId, copy, shares), spread);
  },
});

/** Why a cluster cannot be spread; null when it can. */
export function whyNotSpread(plan: Plan, { nodes }: Cluster): string | null {
  if (plan.sites.length < 2) return 'The plan has one site. Add another one first.';
  return Math.floor(nodes.value) < plan.sites.length ? 'There are fewer nodes than sites.' : null;
}

/** A service with a share of what is asked of it: users, or requests of a day. */
function withShareOfDemand<Service extends InferenceWorkload | TaskWorkload>(
  service: Service,
  share: number,
): Service {
  const cut = (demand: Quantity): Quantity => ({
    ...demand,
    value: demand.value * share,
    origin: 'yours',
  });
  return service.kind === 'inference'
    ? { ...service, concurrentUsers: cut(service.concurrentUsers) }
    : { ...service, requestsPerDay: cut(service.requestsPerDay) };
}

/** What runs on the spread cluster, put onto one of its shares as well. */
function onShare(plan: Plan, fromId: string, copy: Cluster, shares: readonly number[]): Plan {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const isLast = plan.clusters.at(-1)?.id === copy.id;
  return plan.workloads
    .filter(({ clusterId }) => clusterId === fromId)
    .reduce<Plan>((state, workload) => {
      if (workload.kind === 'training') {
        const otherClusterIds = [...(workload.otherClusterIds ?? []), copy.id];
        return {
          ...state,
          workloads: state.workloads.map((part) =>
            part.id === workload.id ? { ...workload, otherClusterIds } : part,
          ),
        };
      }
      const served = {
        ...withShareOfDemand(workload, copy.nodes.value / total),
        id: freeId(state, workload.kind),
        clusterId: copy.id,
        name: freeName(state, workload.name),
      };
      const own = withShareOfDemand(workload, (shares[0] ?? 0) / total);
      return {
        ...state,
        workloads: [
          ...state.workloads.map((part) => (isLast && part.id === workload.id ? own : part)),
          served,
        ],
      };
    }, plan);
}
