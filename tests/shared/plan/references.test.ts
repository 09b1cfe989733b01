import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '@engine/plan';
import { fieldPath } from '@shared/plan/issue-text';
import { brokenReference, parsePlanDocument } from '@shared/plan/parse';
import { anyPlan } from '../../fixtures/plan-arbitrary';
import { fixturePlan } from '../../fixtures/plan-fixture';

const plan = fixturePlan();
const [site] = plan.sites;
const [cluster] = plan.clusters;
const [job, service] = plan.workloads;
if (!site || !cluster || !job || !service) throw new Error('The fixture lacks a part.');

describe('references inside a plan', () => {
  test('of any plan that was made whole are whole', () => {
    fc.assert(
      fc.property(anyPlan, (any) => {
        expect(brokenReference(any)).toBeNull();
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, Plan, string]>([
    [
      'a cluster on no site',
      { ...plan, clusters: [{ ...cluster, siteId: 'gone' }] },
      'clusters[0].siteId: there is no site “gone”',
    ],
    [
      'a cluster on another cluster',
      { ...plan, clusters: [cluster, { ...cluster, id: 'b', siteId: cluster.id }] },
      `clusters[1].siteId: there is no site “${cluster.id}”`,
    ],
    [
      'a workload on no cluster',
      { ...plan, workloads: [job, { ...service, clusterId: 'gone' }] },
      'workloads[1].clusterId: there is no cluster “gone”',
    ],
    [
      'a workload on a site',
      { ...plan, workloads: [{ ...job, clusterId: site.id }] },
      `workloads[0].clusterId: there is no cluster “${site.id}”`,
    ],
    [
      'two sites with one id',
      { ...plan, sites: [site, { ...site, name: 'Other' }] },
      `sites[1].id: the id “${site.id}” is already used by sites[0].id`,
    ],
    [
      'a workload with the id of a cluster',
      { ...plan, workloads: [{ ...job, id: cluster.id }] },
      `workloads[0].id: the id “${cluster.id}” is already used by clusters[0].id`,
    ],
  ])('%s are broken', (_what, broken, sentence) => {
    expect(brokenReference(broken)).toBe(sentence);
    const opened = parsePlanDocument(structuredClone(broken), 'a.clusterplan');
    expect(opened.ok ? '' : opened.error.message).toContain(sentence);
  });

  test('removing any site that holds a cluster breaks the plan, and adding it again mends it', () => {
    fc.assert(
      fc.property(anyPlan, (any) => {
        const [first] = any.clusters;
        if (!first) return;
        const without = { ...any, sites: any.sites.filter(({ id }) => id !== first.siteId) };
        expect(brokenReference(without)).toContain(first.siteId);
        expect(brokenReference(any)).toBeNull();
      }),
      { numRuns: 30 },
    );
  });
});

describe('the path of a field', () => {
  test.each<[readonly PropertyKey[], string]>([
    [[], ''],
    [['name'], 'name'],
    [['costs', 'horizonYears', 'value'], 'costs.horizonYears.value'],
    [['workloads', 0, 'layout', 'tensorParallel'], 'workloads[0].layout.tensorParallel'],
    [['sites', 12], 'sites[12]'],
    [[3], '[3]'],
  ])('%j reads %s', (path, text) => {
    expect(fieldPath(path)).toBe(text);
  });
});

describe('a document that is checked', () => {
  test('is not changed, whether it passes or not', () => {
    for (const document of [plan, { ...plan, name: 7 }, { ...plan, schemaVersion: 2 }]) {
      const copy = structuredClone(document);
      parsePlanDocument(document, 'a.clusterplan');
      expect(document).toEqual(copy);
    }
  });

  test('opens as exactly the plan it holds', () => {
    fc.assert(
      fc.property(anyPlan, (any) => {
        expect(parsePlanDocument(structuredClone(any), 'a')).toEqual({ ok: true, value: any });
      }),
      { numRuns: 30 },
    );
  });
});
