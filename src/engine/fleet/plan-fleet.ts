import { replicaAccelerators } from '../inference/workload-layout';
import type { Catalogue } from '../catalogue/types';
import { pricedPlan } from '../cost/priced-plan';
import type { Fleet, InferenceWorkload, Plan, TaskWorkload } from '../plan';
import { assign, type Assignment, type Flow } from './assign';
import { fleetDay, type FleetHour } from './fleet-day';
import { demandOf, tenantsOf, type RegionDemand } from './fleet-demand';
import { poolsOf, routesOf, type Pool } from './fleet-routes';

/** One cluster of the fleet and what it is given. */
export interface PoolUse extends Pool {
  readonly siteName: string;
  readonly used: number;
  /** whole replicas of every service that it is given, and their accelerators */
  readonly replicas: number;
  readonly acceleratorsInReplicas: number;
  /** accelerators that its whole replicas need beyond those that there are; 0 where they fit */
  readonly acceleratorsShort: number;
}

/** A service as a tenant of the fleet. */
export interface TenantUse {
  readonly workloadId: string;
  readonly name: string;
  /** null for a service that answers in one piece: its demand is counted in requests */
  readonly users: number | null;
  readonly requestsPerSecond: number;
  readonly servedShare: number;
  /** mean over the served requests */
  readonly roundTripMs: number | null;
  readonly usdPerThousandRequests: number | null;
  readonly gramsCo2PerThousandRequests: number | null;
}

/** What is no longer served when something is lost. */
export interface Loss {
  readonly kind: 'site' | 'node';
  readonly id: string;
  readonly name: string;
  readonly servedShare: number;
  readonly tenants: readonly {
    readonly name: string;
    /** null for a service that answers in one piece */
    readonly usersLost: number | null;
    readonly requestsPerSecondLost: number;
  }[];
}

export interface FleetReport {
  readonly routing: Fleet['routing'];
  readonly pools: readonly PoolUse[];
  readonly tenants: readonly TenantUse[];
  readonly flows: readonly Flow[];
  readonly unserved: readonly RegionDemand[];
  /** without each site, and without one node of each cluster */
  readonly losses: readonly Loss[];
  /** regions whose place is not known, or from which no site meets the targets */
  readonly unreachable: readonly { readonly workloadId: string; readonly regionId: string }[];
  /** load over a day, without the headroom */
  readonly day: readonly FleetHour[];
}

/**
 * What a fleet serves: many services that share pools over several sites, with users by region, in order of the routing; and
 * what is lost with a site or a node.
 *
 * Leaves out: that regions peak at different hours: all peaks are taken together, but in the load over a day.
 */
export function planFleet(plan: Plan, catalogue: Catalogue): FleetReport | null {
  const fleet = plan.fleet ?? null;
  const resolved = pricedPlan(plan, catalogue);
  const services = tenantsOf(resolved);
  if (fleet === null || services.length === 0) return null;
  const pools = poolsOf(resolved);
  const demands = demandOf(resolved, fleet).filter(
    ({ requestsPerSecond }) => requestsPerSecond > 0,
  );
  const routes = routesOf(resolved, fleet, catalogue);
  const without = (lost: (pool: Pool) => number): Assignment =>
    assign(
      demands,
      routes,
      pools.map((pool) => ({ ...pool, accelerators: Math.max(0, pool.accelerators - lost(pool)) })),
      fleet.routing,
    );
  const now = without(() => 0);
  const siteNames = new Map(plan.sites.map(({ id, name }) => [id, name]));
  const lossOf = (
    kind: Loss['kind'],
    { id, name }: { readonly id: string; readonly name: string },
    rest: Assignment,
  ): Loss => ({
    kind,
    id,
    name,
    servedShare: servedShare(demands, rest.unserved),
    tenants: services.flatMap(({ workload }) => {
      const requestsPerSecondLost = total(of(rest.unserved, workload.id));
      const lost = 1 - servedShare(of(demands, workload.id), of(rest.unserved, workload.id));
      const users = usersOf(workload);
      const usersLost = users === null ? null : Math.round(lost * users);
      return usersLost === 0 || requestsPerSecondLost === 0
        ? []
        : [{ name: workload.name, usersLost, requestsPerSecondLost }];
    }),
  });
  const usedSites = plan.sites.filter(({ id }) => pools.some(({ siteId }) => siteId === id));
  return {
    routing: fleet.routing,
    pools: pools.map((pool) => poolUse(pool, now, plan, siteNames.get(pool.siteId) ?? '')),
    tenants: services.map(({ workload }) => ({
      workloadId: workload.id,
      name: workload.name,
      users: usersOf(workload),
      requestsPerSecond: total(of(demands, workload.id)),
      servedShare: servedShare(of(demands, workload.id), of(now.unserved, workload.id)),
      ...means(of(now.flows, workload.id)),
    })),
    flows: now.flows,
    unserved: now.unserved,
    losses: [
      ...usedSites.map((site) =>
        lossOf(
          'site',
          site,
          without(({ siteId, accelerators }) => (siteId === site.id ? accelerators : 0)),
        ),
      ),
      ...pools.map((pool) =>
        lossOf(
          'node',
          { id: pool.clusterId, name: pool.clusterName },
          without(({ clusterId, acceleratorsPerNode }) =>
            clusterId === pool.clusterId ? acceleratorsPerNode : 0,
          ),
        ),
      ),
    ],
    unreachable: demands
      .filter(
        ({ workloadId, regionId }) =>
          !routes.some((route) => route.workloadId === workloadId && route.regionId === regionId),
      )
      .map(({ workloadId, regionId }) => ({ workloadId, regionId })),
    day: fleetDay(
      {
        demands: demandOf(resolved, { ...fleet, headroomFraction: null }),
        routes,
        pools,
        routing: fleet.routing,
      },
      services,
      catalogue,
    ),
  };
}

function usersOf(workload: InferenceWorkload | TaskWorkload): number | null {
  return workload.kind === 'inference' ? workload.concurrentUsers.value : null;
}

function of<Row extends { readonly workloadId: string }>(rows: readonly Row[], id: string): Row[] {
  return rows.filter(({ workloadId }) => workloadId === id);
}

function total(rows: readonly { readonly requestsPerSecond: number }[]): number {
  return rows.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
}

function servedShare(demands: readonly RegionDemand[], unserved: readonly RegionDemand[]): number {
  const whole = total(demands);
  return whole === 0 ? 1 : 1 - total(unserved) / whole;
}

function means(flows: readonly Flow[]) {
  const rate = total(flows);
  const mean = (read: (flow: Flow) => number | null): number | null =>
    rate === 0 || flows.some((flow) => read(flow) === null)
      ? null
      : flows.reduce((sum, flow) => sum + (read(flow) ?? 0) * flow.requestsPerSecond, 0) / rate;
  return {
    roundTripMs: mean(({ roundTripMs }) => roundTripMs),
    usdPerThousandRequests: mean((flow) => flow.usdPerThousandRequests),
    gramsCo2PerThousandRequests: mean((flow) => flow.gramsCo2PerThousandRequests),
  };
}

/** Whole replicas of each service on a pool. */
function poolUse(pool: Pool, { flows, left }: Assignment, plan: Plan, siteName: string): PoolUse {
  const here = flows.filter(({ clusterId }) => clusterId === pool.clusterId);
  let [replicas, acceleratorsInReplicas] = [0, 0];
  for (const workload of plan.workloads) {
    if (workload.kind === 'training') continue;
    const used = of(here, workload.id).reduce((sum, { accelerators }) => sum + accelerators, 0);
    const perReplica = workload.kind === 'task' ? 1 : replicaAccelerators(workload);
    const whole = Math.ceil(used / perReplica - 1e-9);
    replicas += whole;
    acceleratorsInReplicas += whole * perReplica;
  }
  return {
    ...pool,
    siteName,
    // What is not left: the parts of a full pool may add up to a rounding error more than it has.
    used: pool.accelerators - (left.get(pool.clusterId) ?? pool.accelerators),
    replicas,
    acceleratorsInReplicas,
    acceleratorsShort: Math.max(0, acceleratorsInReplicas - pool.accelerators),
  };
}
