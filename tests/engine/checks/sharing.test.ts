import { describe, expect, it } from 'vitest';
import type { Plan, Workload } from '@engine/plan';
import {
  findingOf,
  inferenceOf,
  mended,
  quantity,
  templatePlan,
  withClusters,
  withService,
} from '../../fixtures/engine-fixture';

const code = 'cluster.oversubscribed';
const fleet = templatePlan('chat-fleet-h200');
const lab = templatePlan('lab-node-8-h100');

function alone(plan: Plan): Workload {
  const [workload] = plan.workloads;
  if (!workload) throw new Error('The plan has no workload.');
  return workload;
}

function twice(plan: Plan, count = 2): Plan {
  const workload = alone(plan);
  const copies = Array.from({ length: count }, (_, index) => ({
    ...workload,
    id: `workload-${index + 1}`,
  }));
  return { ...plan, workloads: copies };
}

const needed = inferenceOf(fleet).acceleratorsNeeded.value ?? Number.NaN;
const nodesForTwo = Math.ceil((2 * needed) / 8);

function fleetOn(nodes: number): Plan {
  return withClusters(twice(fleet), { nodes: quantity(nodes) });
}

describe('workloads on one cluster', () => {
  it.each<[string, Plan, boolean]>([
    ['one service', fleet, false],
    ['one job', lab, false],
    ['two services with room for both', fleetOn(nodesForTwo), false],
    ['two services with one node too few', fleetOn(nodesForTwo - 1), true],
    ['two jobs, which take the whole cluster each', twice(lab), true],
    [
      'two services without users',
      withService(twice(fleet), { concurrentUsers: quantity(0) }),
      false,
    ],
    ['no workload', { ...fleet, workloads: [] }, false],
  ])('%s: oversubscribed is %s', (_what, plan, isFound) => {
    const found = findingOf(plan, code);
    expect(found !== undefined).toBe(isFound);
    if (found) expect(found.level).toBe('warning');
  });

  it('get as many nodes as they want together, and that mends it', () => {
    const plan = fleetOn(nodesForTwo - 1);
    const found = findingOf(plan, code);
    if (!found) throw new Error('Nothing was found.');
    expect(found.fix?.value).toBe(nodesForTwo);
    expect(found.cause).toContain(`want ${2 * needed} accelerators`);
    expect(findingOf(mended(plan, found), code)).toBeUndefined();
  });

  it.each([2, 3, 5])('that are %i jobs want as many times the cluster', (count) => {
    const found = findingOf(twice(lab, count), code);
    expect(found?.fix?.value).toBe(count);
    expect(found?.cause).toContain(`${count} workloads want ${8 * count} accelerators`);
    expect(found?.cause).toContain('there are 8');
  });

  it('count the whole cluster for a service that cannot be sized', () => {
    const impossible = withService(twice(fleet), { timePerOutputTokenTargetMs: quantity(0.001) });
    expect(findingOf(impossible, code)?.cause).toContain('want 64 accelerators');
  });

  it('are counted on their own cluster only', () => {
    const [cluster] = fleet.clusters;
    const [first, second] = twice(fleet).workloads;
    if (!cluster || !first || !second) throw new Error('A part is missing.');
    const plan: Plan = {
      ...fleet,
      clusters: [cluster, { ...cluster, id: 'cluster-2' }],
      workloads: [first, { ...second, clusterId: 'cluster-2' }],
    };
    expect(findingOf(plan, code)).toBeUndefined();
  });

  it('are each computed as if the cluster were theirs alone, as the finding says', () => {
    const plan = fleetOn(nodesForTwo - 1);
    expect(inferenceOf(plan).acceleratorsNeeded.value).toBe(needed);
    expect(findingOf(plan, code)?.cause).toContain('as if it had the cluster to itself');
  });

  it('that name an unknown model want nothing', () => {
    const [first, second] = twice(lab).workloads;
    if (!first || !second) throw new Error('A part is missing.');
    const plan = { ...lab, workloads: [first, { ...second, modelId: 'nowhere' }] };
    expect(findingOf(plan, code)).toBeUndefined();
  });
});
