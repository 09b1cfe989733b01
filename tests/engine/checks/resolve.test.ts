import { describe, expect, it } from 'vitest';
import { resolvePlan } from '@engine/checks/resolve';
import type { Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  joined,
  reportOf,
  templatePlan,
  templateRows,
  withClusters,
  withSites,
  withTraining,
} from '../../fixtures/engine-fixture';

const lab = templatePlan('lab-node-8-h100');

it.each(templateRows)('every id of %s leads somewhere', (_id, plan) => {
  const resolved = resolvePlan(plan, catalogue);
  expect(resolved.findings).toEqual([]);
  expect(resolved.clusters.map(({ cluster }) => cluster)).toEqual(plan.clusters);
  expect(resolved.workloads.map(({ workload }) => workload)).toEqual(plan.workloads);
  for (const { cluster, site, system, accelerator } of resolved.clusters) {
    expect([site.id, system.id]).toEqual([cluster.siteId, cluster.systemId]);
    expect(accelerator.id).toBe(system.acceleratorId);
  }
  for (const { workload, on, model } of resolved.workloads) {
    expect([on.cluster.id, model.id]).toEqual([workload.clusterId, workload.modelId]);
  }
});

describe('an id that leads nowhere', () => {
  it.each<[string, Plan, string, string, 'the plan' | 'the catalogue']>([
    ['siteId', withClusters(lab, { siteId: 'x' }), 'cluster-1', 'site', 'the plan'],
    ['systemId', withClusters(lab, { systemId: 'x' }), 'cluster-1', 'system', 'the catalogue'],
    ['clusterId', withTraining(lab, { clusterId: 'x' }), 'workload-1', 'cluster', 'the plan'],
    ['modelId', withTraining(lab, { modelId: 'x' }), 'workload-1', 'model', 'the catalogue'],
  ])('in %s is one problem of the part that holds it', (field, plan, subjectId, what, where) => {
    const { findings } = resolvePlan(plan, catalogue);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      level: 'problem',
      code: `plan.unknown.${field}`,
      subjectId,
      field,
      fix: null,
      cause: `There is no ${what} 'x' in ${where}.`,
    });
  });

  it('in two fields of one workload is two problems', () => {
    const plan = withTraining(lab, { modelId: 'x', clusterId: 'y' });
    const codes = resolvePlan(plan, catalogue).findings.map(({ code }) => code);
    expect(codes.toSorted()).toEqual(['plan.unknown.clusterId', 'plan.unknown.modelId']);
  });

  it('of a cluster takes its workloads out of the report, without blaming them', () => {
    const plan = withClusters(lab, { systemId: 'x' });
    const resolved = resolvePlan(plan, catalogue);
    expect(resolved.workloads).toEqual([]);
    expect(resolved.findings.map(({ subjectId }) => subjectId)).toEqual(['cluster-1']);
  });

  it('does not hide a sound part beside it', () => {
    const broken = withClusters(lab, { systemId: 'x' });
    const { clusters, workloads } = resolvePlan(
      joined(broken, templatePlan('chat-fleet-h200')),
      catalogue,
    );
    expect(clusters.map(({ cluster }) => cluster.id)).toEqual(['second-cluster-1']);
    expect(workloads.map(({ workload }) => workload.id)).toEqual(['second-workload-1']);
  });

  it('means nothing when it is the region of a site: its numbers are in the plan', () => {
    expect(resolvePlan(withSites(lab, { regionId: 'x' }), catalogue).findings).toEqual([]);
  });

  it('of an accelerator in a catalogue that lacks it is a problem of the system', () => {
    const without = { ...catalogue, accelerators: new Map() };
    const { clusters, findings } = resolvePlan(lab, without);
    expect(clusters).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['plan.unknown.systemId']);
  });
});

describe('an id that is used twice', () => {
  const [site] = lab.sites;
  const [cluster] = lab.clusters;
  const [workload] = lab.workloads;
  if (!site || !cluster || !workload) throw new Error('The lab lacks a part.');

  it.each<[string, Plan]>([
    ['two sites', { ...lab, sites: [site, { ...site, name: 'Other' }] }],
    ['two clusters', { ...lab, clusters: [cluster, { ...cluster, name: 'Other' }] }],
    ['two workloads', { ...lab, workloads: [workload, { ...workload, name: 'Other' }] }],
    ['a site and a workload', { ...lab, workloads: [{ ...workload, id: site.id }] }],
  ])('by %s is a problem', (_what, plan) => {
    const found = resolvePlan(plan, catalogue).findings;
    expect(found.map(({ code, level }) => [code, level])).toEqual([['plan.repeatedId', 'problem']]);
  });

  it('three times is two problems', () => {
    const plan = { ...lab, workloads: [workload, workload, workload] };
    expect(resolvePlan(plan, catalogue).findings).toHaveLength(2);
  });

  it('does not stop the report', () => {
    const report = reportOf({ ...lab, sites: [site, site] });
    expect(report.workloads).toHaveLength(1);
    expect(report.findings[0]?.code).toBe('plan.repeatedId');
  });
});
