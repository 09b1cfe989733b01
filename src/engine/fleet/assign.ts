import type { Fleet } from '../plan';
import type { RegionDemand } from './fleet-demand';
import type { Pool, Route } from './fleet-routes';

/** Requests of a route that are served. */
export interface Flow extends Route {
  readonly requestsPerSecond: number;
  readonly accelerators: number;
}

export interface Assignment {
  readonly flows: readonly Flow[];
  /** requests per second that find no room, by service and region */
  readonly unserved: readonly RegionDemand[];
  /** accelerators left in each pool, by cluster */
  readonly left: ReadonlyMap<string, number>;
}

const criterion: Readonly<Record<Fleet['routing'], (route: Route) => number>> = {
  latency: ({ roundTripMs }) => roundTripMs,
  price: ({ usdPerThousandRequests }) => usdPerThousandRequests ?? Number.MAX_VALUE,
  carbon: ({ gramsCo2PerThousandRequests }) => gramsCo2PerThousandRequests,
};

/** Rates below this share of a demand are rounding. */
const rounding = 1e-9;

/**
 * Sends every region's requests where the routing prefers, as long as there is room; what finds none spills over to the next
 * best route. Routes are taken in the order of their measure, over all services and regions at once; where two are alike, the
 * nearer goes first; by price, those without a known price go last.
 *
 * Leaves out: whole replicas, which the report rounds up to; an order that would serve more when pools run out: this is greedy,
 * not an optimum.
 */
export function assign(
  demands: readonly RegionDemand[],
  routes: readonly Route[],
  pools: readonly Pool[],
  routing: Fleet['routing'],
): Assignment {
  const left = new Map(pools.map(({ clusterId, accelerators }) => [clusterId, accelerators]));
  const open = new Map(demands.map((demand) => [keyOf(demand), demand.requestsPerSecond]));
  const measure = criterion[routing];
  const ordered = routes.toSorted(
    (first, second) => measure(first) - measure(second) || first.roundTripMs - second.roundTripMs,
  );
  const flows: Flow[] = [];
  for (const route of ordered) {
    const wanted = open.get(keyOf(route)) ?? 0;
    const room = left.get(route.clusterId) ?? 0;
    const rate = Math.min(wanted, room / route.acceleratorsPerRequestRate);
    if (rate <= wanted * rounding) continue;
    const accelerators = rate * route.acceleratorsPerRequestRate;
    flows.push({ ...route, requestsPerSecond: rate, accelerators });
    open.set(keyOf(route), wanted - rate);
    left.set(route.clusterId, Math.max(0, room - accelerators));
  }
  const unserved = demands.flatMap((demand) => {
    const rest = open.get(keyOf(demand)) ?? 0;
    return rest > demand.requestsPerSecond * rounding
      ? [{ ...demand, requestsPerSecond: rest }]
      : [];
  });
  return { flows, unserved, left };
}

function keyOf({ workloadId, regionId }: Pick<Route, 'workloadId' | 'regionId'>): string {
  return `${workloadId} ${regionId}`;
}
