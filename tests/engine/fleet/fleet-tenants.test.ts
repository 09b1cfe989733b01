import { describe, expect, it } from 'vitest';
import { planFleet, type FleetReport } from '@engine/fleet/plan-fleet';
import type { Fleet, Plan, TaskWorkload } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createSite, createTask } from '@shared/plan/create';
import { planSchema } from '@shared/plan/schema';
import { quantity, templatePlan, withService } from '../../fixtures/engine-fixture';
import { taskPlan, taskReportOf, usualModels, type TaskChoice } from '../../fixtures/task-fixture';

const local: Fleet = { routing: 'latency', demand: [] };

function fleetOf(plan: Plan): FleetReport {
  const report = planFleet(plan, catalogue);
  if (report === null) throw new Error('The plan has no fleet.');
  return report;
}

/** A chat service and an image service that share a cluster in Oregon and one in Frankfurt. */
function shared(changes: Partial<TaskWorkload> = {}, fleet: Partial<Fleet> = {}): Plan {
  const base = templatePlan('chat-fleet-h200');
  const [cluster] = base.clusters;
  if (!cluster) throw new Error('The template has no cluster.');
  const abroad = createCluster(catalogue, cluster.systemId, 'abroad', 'far', quantity(40));
  const images = createTask(catalogue, 'image', usualModels.image, cluster, 'images');
  return {
    ...base,
    sites: [...base.sites, createSite(catalogue, 'gcp-europe-west3', 'abroad')],
    clusters: [{ ...cluster, nodes: quantity(40) }, abroad],
    workloads: [...base.workloads, { ...images, ...changes }],
    fleet: { routing: 'latency', demand: [{ regionId: 'us-ca', share: quantity(1) }], ...fleet },
  };
}

const named = (report: FleetReport, id: string) =>
  report.flows.filter(({ workloadId }) => workloadId === id);

describe.each(['image', 'embedding', 'speech'] as const)('a fleet with a service of %s', (task) => {
  const choice: TaskChoice = { nodes: 400, changes: { requestsPerDay: quantity(3e7) } };
  const plan = { ...taskPlan(task, choice), fleet: local };

  it('on its own site takes the accelerators that the service reports', () => {
    const { pools, tenants } = fleetOf(plan);
    const alone = taskReportOf(taskPlan(task, choice)).acceleratorsNeeded.value ?? 0;
    expect(tenants[0]?.servedShare).toBeCloseTo(1, 9);
    // The round trip to the nearest exchange is taken off the target.
    expect(pools[0]?.acceleratorsInReplicas).toBeGreaterThanOrEqual(alone);
    expect(pools[0]?.acceleratorsInReplicas).toBeLessThanOrEqual(alone * 1.1 + 1);
  });

  it('counts what is lost in requests, for it has no users', () => {
    const { tenants, losses } = fleetOf(plan);
    expect(tenants[0]?.users).toBeNull();
    const site = losses.find(({ kind }) => kind === 'site');
    expect(site?.servedShare).toBe(0);
    expect(site?.tenants[0]?.usersLost).toBeNull();
    expect(site?.tenants[0]?.requestsPerSecondLost).toBeCloseTo(
      tenants[0]?.requestsPerSecond ?? 0,
      6,
    );
  });

  it('reaches no site within a target that is shorter than the way', () => {
    const hasty = taskPlan(task, { changes: { targetSeconds: quantity(1e-3) } });
    const { unreachable, tenants } = fleetOf({ ...hasty, fleet: local });
    expect(unreachable).toHaveLength(1);
    expect(tenants[0]?.servedShare).toBe(0);
  });

  it('asks for nothing where no request comes', () => {
    const idle = taskPlan(task, { changes: { requestsPerDay: quantity(0) } });
    const { flows, unreachable, tenants } = fleetOf({ ...idle, fleet: local });
    expect([flows, unreachable]).toEqual([[], []]);
    expect(tenants[0]?.servedShare).toBe(1);
  });
});

describe('services of two kinds', () => {
  it('share the pools, and another site takes both over where it has room', () => {
    const report = fleetOf(shared());
    expect(report.tenants.map(({ users }) => users)).toEqual([20_000, null]);
    expect(report.pools[0]?.used).toBeCloseTo(
      report.flows.reduce((sum, { accelerators }) => sum + accelerators, 0),
      6,
    );
    for (const { servedShare, tenants } of report.losses) {
      expect(servedShare).toBeCloseTo(1, 9);
      expect(tenants).toEqual([]);
    }
  });

  it('leave less for each other: more images, fewer chats served', () => {
    const served = (perDay: number) =>
      fleetOf(shared({ requestsPerDay: quantity(perDay) })).tenants.map((one) => one.servedShare);
    const [few, many] = [served(1e5), served(1e9)];
    expect(few[1]).toBeCloseTo(1, 9);
    expect(many[1]).toBeLessThan(0.9);
    expect((many[0] ?? 0) + (many[1] ?? 0)).toBeLessThan((few[0] ?? 0) + (few[1] ?? 0));
  });
});

describe('the regions of one service', () => {
  const abroad = [{ regionId: 'deu', share: quantity(3) }];

  it('stand in place of those of the fleet, for that service alone', () => {
    const report = fleetOf(shared({ regions: abroad }));
    expect(named(report, 'images').map(({ regionId, clusterId }) => [regionId, clusterId])).toEqual(
      [['deu', 'far']],
    );
    for (const { regionId } of report.flows.filter(({ workloadId }) => workloadId !== 'images')) {
      expect(regionId).toBe('us-ca');
    }
  });

  it('hold for a service that answers token by token as well', () => {
    const report = fleetOf(withService(shared(), { regions: abroad }));
    const chat = report.flows.filter(({ workloadId }) => workloadId !== 'images');
    expect(new Set(chat.map(({ regionId }) => regionId))).toEqual(new Set(['deu']));
    expect(named(report, 'images')[0]?.regionId).toBe('us-ca');
  });

  it.each([
    ['none', []],
    ['shares of nothing', [{ regionId: 'deu', share: quantity(0) }]],
  ])('with %s are those of the fleet', (_name, regions) => {
    expect(fleetOf(shared({ regions })).flows).toEqual(fleetOf(shared()).flows);
  });

  it('change no total: shares are parts of the peak', () => {
    const split = shared({ regions: [...abroad, { regionId: 'us-ca', share: quantity(1) }] });
    const [before, after] = [fleetOf(shared()), fleetOf(split)];
    expect(after.tenants[1]?.requestsPerSecond).toBeCloseTo(
      before.tenants[1]?.requestsPerSecond ?? 0,
      9,
    );
    const [german] = named(after, 'images').filter(({ regionId }) => regionId === 'deu');
    expect(german?.requestsPerSecond).toBeCloseTo(
      0.75 * (before.tenants[1]?.requestsPerSecond ?? 0),
      9,
    );
  });

  it('are part of a plan document', () => {
    expect(planSchema.safeParse(shared({ regions: abroad })).error).toBeUndefined();
    const wrong = [{ regionId: 'deu', share: quantity(-1) }];
    expect(planSchema.safeParse(shared({ regions: wrong })).success).toBe(false);
  });
});
