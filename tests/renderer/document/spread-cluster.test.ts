import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '@engine/plan';
import {
  sharesOf,
  spreadCluster,
  whyNotSpread,
} from '../../../src/renderer/document/commands/spread-cluster';
import { quantity, reportOf, templatePlan } from '../../fixtures/engine-fixture';

/** A template with further sites like its first. */
function withSitesOf(id: string, count: number): Plan {
  const plan = templatePlan(id);
  const [first] = plan.sites;
  if (first === undefined) throw new Error('The template has no site.');
  const more = Array.from({ length: count - 1 }, (_, index) => ({
    ...first,
    id: `site-${String(index + 2)}`,
    name: `Site ${String(index + 2)}`,
    linkGbps: quantity(800),
    linkKm: quantity(500),
  }));
  return {
    ...plan,
    sites: [{ ...first, linkGbps: quantity(800), linkKm: quantity(500) }, ...more],
  };
}

const partId = 'cluster-1';
const nodesOf = (plan: Plan): number[] => plan.clusters.map(({ nodes }) => nodes.value);

describe('shares of nodes', () => {
  test('are whole, differ by one at most, and add up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 50 }),
        (nodes, places) => {
          const shares = sharesOf(nodes, places);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBe(nodes);
          expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('a cluster over all sites', () => {
  test('keeps its nodes in sum, one share on each site, and its training runs on all of them', () => {
    const before = withSitesOf('llama-3-405b', 5);
    const after = spreadCluster.apply(before, { partId });
    expect(nodesOf(after)).toEqual([410, 410, 410, 409, 409]);
    expect(new Set(after.clusters.map(({ siteId }) => siteId)).size).toBe(5);
    const [job] = after.workloads;
    expect(job?.kind === 'training' ? job.otherClusterIds : null).toHaveLength(4);
    expect(after.workloads).toHaveLength(before.workloads.length);
    expect(spreadCluster.label(before, { partId })).toMatch(/^Spread .* over 5 sites$/);
  });

  test('flags training across sites with what it costs', () => {
    const report = reportOf(spreadCluster.apply(withSitesOf('llama-3-405b', 2), { partId }));
    const finding = report.findings.find(({ code }) => code === 'training.acrossSites');
    expect(finding?.cause).toMatch(/exchanges gradients for [\d.,]+ s and takes [\d.,]+ s/);
  });

  test('divides the users of a service by the nodes that serve them, and stands the loss of a site to the test', () => {
    const before = withSitesOf('chat-fleet-h200', 3);
    const users = (plan: Plan): number =>
      plan.workloads.reduce(
        (sum, workload) =>
          sum + (workload.kind === 'inference' ? workload.concurrentUsers.value : 0),
        0,
      );
    const after = spreadCluster.apply(before, { partId });
    expect(after.workloads).toHaveLength(3);
    expect(users(after)).toBeCloseTo(users(before), 6);
    expect(new Set(after.workloads.map(({ clusterId }) => clusterId)).size).toBe(3);
    expect(reportOf(after).severalSites.losses).toHaveLength(3);
  });

  test('is not offered with one site, or with fewer nodes than sites', () => {
    const one = templatePlan('llama-3-405b');
    expect(spreadCluster.apply(one, { partId })).toBe(one);
    const few = withSitesOf('llama-3-405b', 3);
    const [cluster] = few.clusters;
    if (cluster === undefined) throw new Error('The template has no cluster.');
    expect(whyNotSpread(few, { ...cluster, nodes: quantity(2) })).toBe(
      'There are fewer nodes than sites.',
    );
  });
});
