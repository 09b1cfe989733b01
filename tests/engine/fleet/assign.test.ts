import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '@engine/fleet/assign';
import type { RegionDemand } from '@engine/fleet/fleet-demand';
import type { Pool, Route } from '@engine/fleet/fleet-routes';

function pool(clusterId: string, accelerators: number): Pool {
  return {
    clusterId,
    clusterName: clusterId,
    siteId: clusterId,
    accelerators,
    acceleratorsPerNode: 8,
  };
}

function route(clusterId: string, change: Partial<Route> = {}): Route {
  return {
    workloadId: 'chat',
    regionId: 'nor',
    clusterId,
    roundTripMs: 10,
    acceleratorsPerRequestRate: 2,
    usdPerThousandRequests: 1,
    gramsCo2PerThousandRequests: 1,
    ...change,
  };
}

const demand = (requestsPerSecond: number): RegionDemand => ({
  workloadId: 'chat',
  regionId: 'nor',
  requestsPerSecond,
});

describe('requests of a region', () => {
  const near = route('near', { roundTripMs: 5, usdPerThousandRequests: 9 });
  const cheap = route('cheap', { roundTripMs: 80, usdPerThousandRequests: 1 });
  const clean = route('clean', { roundTripMs: 40, gramsCo2PerThousandRequests: 0.1 });
  const pools = [pool('near', 100), pool('cheap', 100), pool('clean', 100)];

  it.each([
    ['latency', 'near'],
    ['price', 'clean'],
    ['carbon', 'clean'],
  ] as const)('go by %s to %s first', (routing, first) => {
    const { flows, unserved } = assign([demand(10)], [near, cheap, clean], pools, routing);
    expect(flows.map(({ clusterId }) => clusterId)).toEqual([first]);
    expect(flows[0]?.accelerators).toBeCloseTo(20, 9);
    expect(unserved).toEqual([]);
  });

  it('spill over to the next best when the first is full', () => {
    const { flows, left } = assign([demand(70)], [near, cheap, clean], pools, 'latency');
    expect(flows.map(({ clusterId }) => clusterId)).toEqual(['near', 'clean']);
    expect(left.get('near')).toBe(0);
    expect(left.get('clean')).toBeCloseTo(60, 9);
  });

  it('are named where no room is left, or no route leads anywhere', () => {
    const { unserved } = assign([demand(200)], [near], pools, 'latency');
    expect(unserved[0]?.requestsPerSecond).toBeCloseTo(150, 9);
    expect(assign([demand(3)], [], pools, 'price').unserved).toEqual([demand(3)]);
  });

  it('are conserved, and no pool is given more than it has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('latency', 'price', 'carbon'),
        (rates, sizes, routing) => {
          const demands = rates.map((rate, index) => ({
            ...demand(rate),
            regionId: `region-${index}`,
          }));
          const some = sizes.map((size, index) => pool(`pool-${index}`, size));
          const routes = demands.flatMap(({ regionId }, row) =>
            some.map(({ clusterId }, column) =>
              route(clusterId, { regionId, roundTripMs: ((row * 7 + column * 3) % 5) * 10 }),
            ),
          );
          const { flows, unserved } = assign(demands, routes, some, routing);
          const served = flows.reduce((sum, flow) => sum + flow.requestsPerSecond, 0);
          const lost = unserved.reduce((sum, one) => sum + one.requestsPerSecond, 0);
          const whole = rates.reduce((sum, rate) => sum + rate, 0);
          expect(Math.abs(served + lost - whole)).toBeLessThanOrEqual(1e-6 * Math.max(1, whole));
          for (const { clusterId, accelerators } of some) {
            const used = flows
              .filter((flow) => flow.clusterId === clusterId)
              .reduce((sum, flow) => sum + flow.accelerators, 0);
            expect(used).toBeLessThanOrEqual(accelerators * (1 + 1e-9));
          }
        },
      ),
    );
  });
});
