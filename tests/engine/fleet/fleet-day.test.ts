import { describe, expect, it } from 'vitest';
import { flowFigures, lossFigure, poolFigure, tenantFigures } from '@engine/fleet/fleet-figures';
import { planFleet, type FleetReport } from '@engine/fleet/plan-fleet';
import type { Fleet, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createSite } from '@shared/plan/create';
import { figuresIn, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');

/** The template's users in some regions, on its own cluster and one in Tokyo. */
function fleetPlan(regions: readonly string[], fleet: Partial<Fleet> = {}, nodes = 60): Plan {
  const [cluster] = base.clusters;
  if (!cluster) throw new Error('The template has no cluster.');
  const abroad = createCluster(catalogue, cluster.systemId, 'tokyo', 'far', quantity(nodes));
  const demand = regions.map((regionId) => ({ regionId, share: quantity(1) }));
  return {
    ...base,
    sites: [...base.sites, createSite(catalogue, 'gcp-asia-northeast1', 'tokyo')],
    clusters: [{ ...cluster, nodes: quantity(nodes) }, abroad],
    fleet: { routing: 'latency', demand, ...fleet },
  };
}

function fleetOf(plan: Plan): FleetReport {
  const report = planFleet(plan, catalogue);
  if (report === null) throw new Error('The plan has no fleet.');
  return report;
}

/** Requests per second served at each hour of UTC, all of them or those of a site. */
function loads({ day }: FleetReport, siteId?: string): number[] {
  return day.map(({ uses }) =>
    uses
      .filter((use) => siteId === undefined || use.siteId === siteId)
      .reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0),
  );
}

const hourOfMost = (values: readonly number[]) => values.indexOf(Math.max(...values));

describe('the day of a fleet', () => {
  const meanLoadFraction = quantity(0.5);
  const one = fleetOf(withService(fleetPlan(['jpn']), { meanLoadFraction }));

  it('ends where it begins', () => {
    expect(one.day.map(({ hour }) => hour)).toEqual(Array.from({ length: 25 }, (_, hour) => hour));
    const values = loads(one);
    expect(values[24]).toBeCloseTo(values[0] ?? 0, 9);
  });

  it('peaks when it is evening where the users are', () => {
    // Eight in the evening is eleven in the morning of UTC in Tokyo, four hours after midnight in California.
    expect([10, 11]).toContain(hourOfMost(loads(one)));
    expect([3, 4, 5]).toContain(
      hourOfMost(loads(fleetOf(withService(fleetPlan(['us-ca']), { meanLoadFraction })))),
    );
  });

  it('has the mean load of the service, and its peak to within half an hour', () => {
    const values = loads(one).slice(0, 24);
    const peak = one.tenants[0]?.requestsPerSecond ?? 0;
    const mean = values.reduce((sum, value) => sum + value, 0) / 24;
    expect(mean / peak).toBeCloseTo(0.5, 6);
    expect(Math.max(...values) / peak).toBeGreaterThan(0.99);
    expect(Math.max(...values)).toBeLessThanOrEqual(peak * (1 + 1e-9));
  });

  it('is flatter where users live far apart, for they do not peak together', () => {
    const peaks = (regions: readonly string[]) =>
      Math.max(...loads(fleetOf(withService(fleetPlan(regions), { meanLoadFraction }))));
    expect(peaks(['us-ca', 'jpn'])).toBeLessThan(peaks(['jpn']));
  });

  it('sends each region to its site at every hour', () => {
    const both = fleetOf(withService(fleetPlan(['us-ca', 'jpn']), { meanLoadFraction }));
    expect(hourOfMost(loads(both, 'tokyo'))).not.toBe(
      hourOfMost(loads(both, base.sites[0]?.id ?? '')),
    );
    expect(both.day.every((hour) => hour.unservedRequestsPerSecond < 1e-9)).toBe(true);
  });

  it('leaves the headroom out: it is kept free, not asked for', () => {
    const above = fleetOf(fleetPlan(['jpn'], { headroomFraction: quantity(0.5) }));
    expect(loads(above)).toEqual(loads(fleetOf(fleetPlan(['jpn']))));
  });

  it('never uses more of a site than it has, and says what finds no room', () => {
    const small = fleetOf(fleetPlan(['us-ca', 'jpn'], {}, 1));
    const capacity = small.pools.reduce((sum, { accelerators }) => sum + accelerators, 0);
    for (const { uses } of small.day) {
      const used = uses.reduce((sum, { accelerators }) => sum + accelerators, 0);
      expect(used).toBeLessThanOrEqual(capacity * (1 + 1e-12));
    }
    expect(Math.max(...small.day.map((hour) => hour.unservedRequestsPerSecond))).toBeGreaterThan(0);
  });
});

describe('the figures of a fleet', () => {
  const plan = fleetPlan(['us-ca', 'jpn', 'deu'], { headroomFraction: quantity(0.2) }, 2);
  const fleet = fleetOf(plan);
  const all = [
    ...fleet.tenants.map((tenant) => tenantFigures(fleet, tenant)),
    ...fleet.pools.map(poolFigure),
    ...fleet.flows.map((flow) => flowFigures(flow, plan, catalogue)),
    ...fleet.losses.map((loss) => lossFigure(fleet, loss)),
  ];
  const figures = figuresIn(all);

  it('each have a formula, inputs and a key of their own', () => {
    for (const { key, formula, inputs, leavesOut } of figures) {
      expect(formula, key).not.toBe('');
      expect(inputs.length, key).toBeGreaterThan(0);
      expect(leavesOut, key).not.toBe('');
    }
    expect(new Set(figures.map(({ key }) => key)).size).toBe(figures.length);
  });

  it('give the round trip that their formula gives', () => {
    for (const flow of fleet.flows) {
      const { roundTrip, requests } = flowFigures(flow, plan, catalogue);
      const input = (symbol: string) =>
        roundTrip.inputs.find((found) => found.symbol === symbol)?.value ?? Number.NaN;
      expect((1e3 * 2 * input('d') * input('k')) / input('v') + input('tₐ')).toBeCloseTo(
        roundTrip.value ?? 0,
        9,
      );
      const [given, each] = requests.inputs;
      expect((given?.value ?? 0) / (each?.value ?? 1)).toBeCloseTo(requests.value ?? 0, 9);
    }
  });

  it('give the served shares that their formula gives', () => {
    const shares = [
      ...fleet.tenants.map((tenant) => tenantFigures(fleet, tenant).served),
      ...fleet.losses.map((loss) => lossFigure(fleet, loss)),
    ];
    for (const { value, inputs } of shares) {
      const [asked, lost] = inputs;
      expect(1 - (lost?.value ?? 0) / (asked?.value ?? 1)).toBeCloseTo(value ?? 0, 9);
    }
  });

  it('say why there is no mean where nothing is served', () => {
    const none = fleetOf(fleetPlan(['atlantis']));
    const [tenant] = none.tenants;
    if (!tenant) throw new Error('The fleet has no service.');
    const { roundTrip, usd } = tenantFigures(none, tenant);
    expect([roundTrip.value, usd.value]).toEqual([null, null]);
    expect(roundTrip.unavailable).toBe('No request of this service is served.');
  });
});
