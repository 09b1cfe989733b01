import type { Catalogue } from '../catalogue/types';
import { dailyShape } from '../service/daily-load';
import { assign, type Flow } from './assign';
import type { RegionDemand, Tenant } from './fleet-demand';
import type { Pool, Route } from './fleet-routes';
import type { Fleet } from '../plan';

/** What a service takes of a site at one hour. */
export interface HourUse {
  readonly workloadId: string;
  readonly siteId: string;
  readonly requestsPerSecond: number;
  readonly accelerators: number;
}

/** One hour of a fleet's day. */
export interface FleetHour {
  /** UTC */
  readonly hour: number;
  readonly uses: readonly HourUse[];
  readonly unservedRequestsPerSecond: number;
}

export interface FleetDemand {
  readonly demands: readonly RegionDemand[];
  readonly routes: readonly Route[];
  readonly pools: readonly Pool[];
  readonly routing: Fleet['routing'];
}

/**
 * What a fleet carries over a day: every region's requests follow its own clock, and are sent anew at every hour.
 *
 *   λ(h) = λ_peak · s(h + φ / 15)
 *
 * h hour of UTC · φ longitude of the region [°], so that 15° are an hour · s load of an hour over the peak, see dailyShape
 *
 * Leaves out: the headroom, which is kept free for failures and not asked for; legal time zones and summer time; weekdays.
 * Source: definition.
 */
export function fleetDay(
  { demands, routes, pools, routing }: FleetDemand,
  tenants: readonly Tenant[],
  { places }: Pick<Catalogue, 'places'>,
): FleetHour[] {
  const shapes = new Map(
    tenants.map(({ workload }) => [workload.id, dailyShape(workload.meanLoadFraction.value)]),
  );
  const siteOf = new Map(pools.map(({ clusterId, siteId }) => [clusterId, siteId]));
  return Array.from({ length: 25 }, (_, hour) => {
    const now = demands.map((demand) => {
      const local = hour + (places.get(demand.regionId)?.longitude.value ?? 0) / 15;
      const shape = shapes.get(demand.workloadId)?.(local) ?? 1;
      return { ...demand, requestsPerSecond: demand.requestsPerSecond * shape };
    });
    const { flows, unserved } = assign(now, routes, pools, routing);
    return {
      hour,
      uses: usesOf(flows, siteOf),
      unservedRequestsPerSecond: unserved.reduce((sum, one) => sum + one.requestsPerSecond, 0),
    };
  });
}

/** Flows of one service to one site as one. */
function usesOf(flows: readonly Flow[], siteOf: ReadonlyMap<string, string>): HourUse[] {
  const uses = new Map<string, HourUse>();
  for (const { workloadId, clusterId, requestsPerSecond, accelerators } of flows) {
    const siteId = siteOf.get(clusterId) ?? '';
    const key = `${workloadId} ${siteId}`;
    const old = uses.get(key);
    uses.set(key, {
      workloadId,
      siteId,
      requestsPerSecond: requestsPerSecond + (old?.requestsPerSecond ?? 0),
      accelerators: accelerators + (old?.accelerators ?? 0),
    });
  }
  return [...uses.values()];
}
