import type { ResolvedPlan, ResolvedTask, ResolvedWorkload } from '../checks/resolve';
import type { Fleet, InferenceWorkload, TaskWorkload } from '../plan';

/** Requests of one service from one region at the peak. */
export interface RegionDemand {
  readonly workloadId: string;
  readonly regionId: string;
  readonly requestsPerSecond: number;
}

export type ResolvedService = ResolvedWorkload & { readonly workload: InferenceWorkload };

/** A service that shares the fleet's sites: it answers token by token or in one piece. */
export type Tenant = ResolvedService | ResolvedTask;

/** Services in the order of the plan, those that answer in one piece last. */
export function tenantsOf({ workloads, tasks }: ResolvedPlan): Tenant[] {
  const served = workloads.filter(
    (entry): entry is ResolvedService => entry.workload.kind === 'inference',
  );
  return [...served, ...tasks];
}

/**
 * Requests per second of a service at its peak.
 *
 *   λ = U · r / 3600        or        λ = N / (86 400 · u)
 *
 * U users at the peak, r requests of a user per hour · N requests of a day, u mean load over the peak [1]
 *
 * Source: definition.
 */
export function peakRequests(workload: InferenceWorkload | TaskWorkload): number {
  return workload.kind === 'inference'
    ? (workload.concurrentUsers.value * workload.requestsPerUserHour.value) / 3600
    : workload.requestsPerDay.value / (86_400 * workload.meanLoadFraction.value);
}

/**
 * Demand of every service by region, with the headroom on top: where the service says its users are, else where the fleet does,
 * else at the service's own site.
 */
export function demandOf(resolved: ResolvedPlan, fleet: Fleet): RegionDemand[] {
  const above = 1 + (fleet.headroomFraction?.value ?? 0);
  return tenantsOf(resolved).flatMap(({ workload, on }) => {
    const peak = peakRequests(workload) * above;
    const shares = sharesOf(workload.regions) ?? sharesOf(fleet.demand);
    return (shares ?? [{ regionId: on.site.regionId, part: 1 }]).map(({ regionId, part }) => ({
      workloadId: workload.id,
      regionId,
      requestsPerSecond: peak * part,
    }));
  });
}

/** Parts of one that a list of shares stands for; null where it names nobody. */
function sharesOf(shares: Fleet['demand'] | undefined) {
  const whole = (shares ?? []).reduce((sum, { share }) => sum + share.value, 0);
  return whole > 0
    ? (shares ?? []).map(({ regionId, share }) => ({ regionId, part: share.value / whole }))
    : null;
}
