import { describe, expect, it } from 'vitest';
import { shortageFigure } from '@engine/fleet/fleet-figures';
import { planFleet } from '@engine/fleet/plan-fleet';
import type { Fleet, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createSite } from '@shared/plan/create';
import { planSchema } from '@shared/plan/schema';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');

/** The template's cluster in Oregon, a second one in Frankfurt and a third in Tokyo. */
function worldwide(fleet: Partial<Fleet> = {}, nodes = 3): Plan {
  const [site] = base.sites;
  const [cluster] = base.clusters;
  if (!site || !cluster) throw new Error('The template has no cluster.');
  const abroad = [
    ['site-2', 'gcp-europe-west3'],
    ['site-3', 'gcp-asia-northeast1'],
  ] as const;
  const demand = [
    { regionId: 'us-ca', share: quantity(2) },
    { regionId: 'deu', share: quantity(1) },
    { regionId: 'jpn', share: quantity(1) },
  ];
  return {
    ...base,
    sites: [site, ...abroad.map(([id, regionId]) => createSite(catalogue, regionId, id))],
    clusters: [
      cluster,
      ...abroad.map(([siteId], index) =>
        createCluster(catalogue, cluster.systemId, siteId, `abroad-${index}`, quantity(nodes)),
      ),
    ],
    fleet: { routing: 'latency', demand, ...fleet },
  };
}

function fleetOf(plan: Plan) {
  const report = planFleet(plan, catalogue);
  if (report === null) throw new Error('The plan has no fleet.');
  return report;
}

describe('a fleet', () => {
  it('is none without regions of demand or without a service', () => {
    expect(planFleet(base, catalogue)).toBeNull();
    expect(planFleet({ ...worldwide(), workloads: [] }, catalogue)).toBeNull();
  });

  it('is part of a plan document', () => {
    expect(
      planSchema.safeParse(worldwide({ headroomFraction: quantity(0.2) })).error,
    ).toBeUndefined();
  });

  it('on one site without distance needs what the service reports, less the rounding', () => {
    const plan = { ...base, fleet: { routing: 'latency', demand: [] } as const };
    const { pools, tenants } = fleetOf(plan);
    const needed = inferenceOf(base).acceleratorsNeeded.value ?? 0;
    expect(tenants[0]?.servedShare).toBeCloseTo(1, 9);
    expect(pools[0]?.acceleratorsInReplicas).toBeGreaterThanOrEqual(needed);
    expect(pools[0]?.acceleratorsInReplicas).toBeLessThanOrEqual(needed + 2);
  });

  it('names the accelerators that whole replicas lack where their shares of a pool would fit', () => {
    const service = base.workloads[0];
    if (service?.kind !== 'inference') throw new Error('It is a service.');
    const half = (id: string, users: number) => ({
      ...service,
      id,
      tensorParallel: 8,
      concurrentUsers: { ...service.concurrentUsers, value: users },
    });
    for (const users of [10, 1_000, 20_000, 100_000]) {
      const workloads = [half('one', users), half('two', users), half('three', users)];
      const cluster = base.clusters.map((row) => ({ ...row, nodes: quantity(2) }));
      const plan = {
        ...base,
        clusters: cluster,
        workloads,
        fleet: { routing: 'latency', demand: [] } as const,
      };
      const [pool] = fleetOf(plan).pools;
      if (!pool) throw new Error('The fleet has a pool.');
      const { replicas, accelerators, used, acceleratorsShort } = pool;
      expect(used).toBeLessThanOrEqual(accelerators);
      expect(acceleratorsShort).toBe(Math.max(0, 8 * replicas - 16));
      expect(shortageFigure(pool).value).toBe(acceleratorsShort);
      if (users === 10) expect(acceleratorsShort).toBe(8);
    }
  });

  it('sends every region to its nearest site by latency', () => {
    const { flows, tenants } = fleetOf(worldwide());
    const clusterOf = new Map(flows.map(({ regionId, clusterId }) => [regionId, clusterId]));
    expect(clusterOf.get('deu')).toBe('abroad-0');
    expect(clusterOf.get('jpn')).toBe('abroad-1');
    expect(clusterOf.get('us-ca')).toBe(base.clusters[0]?.id);
    expect(tenants[0]?.servedShare).toBeCloseTo(1, 9);
  });

  it('costs no more by price and emits no more by carbon than by latency', () => {
    const by = (routing: Fleet['routing']) => fleetOf(worldwide({ routing }, 8)).tenants[0];
    const near = by('latency');
    expect(by('price')?.usdPerThousandRequests ?? Infinity).toBeLessThanOrEqual(
      (near?.usdPerThousandRequests ?? 0) * (1 + 1e-9),
    );
    expect(by('carbon')?.gramsCo2PerThousandRequests ?? Infinity).toBeLessThanOrEqual(
      (near?.gramsCo2PerThousandRequests ?? 0) * (1 + 1e-9),
    );
    expect(near?.roundTripMs ?? Infinity).toBeLessThanOrEqual(by('price')?.roundTripMs ?? 0);
  });

  it('says how many users each service loses with a site', () => {
    const { losses } = fleetOf(worldwide({}, 1));
    const sites = losses.filter(({ kind }) => kind === 'site');
    expect(sites.map(({ id }) => id)).toEqual(worldwide().sites.map(({ id }) => id));
    const [oregon] = sites;
    expect(oregon?.servedShare).toBeLessThan(1);
    const lost = oregon?.tenants[0]?.usersLost ?? 0;
    const users = fleetOf(worldwide()).tenants[0]?.users ?? 0;
    expect(lost / users).toBeCloseTo(1 - (oregon?.servedShare ?? 0), 3);
  });

  it('loses nothing with a node or a site where the others have room', () => {
    const { losses } = fleetOf(worldwide({}, 60));
    for (const { servedShare, tenants, name } of losses) {
      expect(servedShare, name).toBeCloseTo(1, 9);
      expect(tenants, name).toEqual([]);
    }
  });

  it('keeps headroom free', () => {
    const used = (plan: Plan) => fleetOf(plan).pools.reduce((sum, one) => sum + one.used, 0);
    const more = used(worldwide({ headroomFraction: quantity(0.5) }, 20));
    expect(more / used(worldwide({}, 20))).toBeCloseTo(1.5, 6);
  });

  it('names regions that no site reaches within the target', () => {
    const strict = withService(worldwide(), { timeToFirstTokenTargetMs: quantity(60) });
    const { unreachable, tenants } = fleetOf(strict);
    expect(unreachable.length).toBeGreaterThan(0);
    expect(tenants[0]?.servedShare).toBeLessThan(1);
    const lost = worldwide({ demand: [{ regionId: 'atlantis', share: quantity(1) }] });
    expect(fleetOf(lost).unreachable).toEqual([
      { workloadId: base.workloads[0]?.id, regionId: 'atlantis' },
    ]);
  });

  it('serves millions of people at once on clusters that are large enough', () => {
    const many = withService(worldwide({}, 2_000), { concurrentUsers: quantity(5_000_000) });
    const { tenants, pools } = fleetOf(many);
    expect(tenants[0]?.users).toBe(5_000_000);
    expect(tenants[0]?.servedShare).toBeCloseTo(1, 9);
    for (const { used, accelerators } of pools) expect(used).toBeLessThanOrEqual(accelerators);
  });
});
