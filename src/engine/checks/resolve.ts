import { withImportedModels } from '../catalogue/imported-models';
import type { Accelerator, Catalogue, Model, System } from '../catalogue/types';
import type { Cluster, LanguageWorkload, Plan, Site, TaskWorkload } from '../plan';
import type { Finding } from '../report';
import type { AcceleratorPrice } from '../cost/accelerator-price';
import { systemById } from '../sizing/stand-in-system';
import { findTaskModel, type TaskModel } from '../tasks/task-context';

/** A cluster with the rows its ids stand for. */
export interface ResolvedCluster {
  readonly cluster: Cluster;
  readonly site: Site;
  readonly system: System;
  readonly accelerator: Accelerator;
  /** as the plan gets its accelerators; the cluster's rent when left out */
  readonly price?: AcceleratorPrice;
}

/** A workload with the cluster it runs on and its model. */
export interface ResolvedWorkload {
  readonly workload: LanguageWorkload;
  readonly on: ResolvedCluster;
  readonly model: Model;
}

/** A service that answers in one piece, with the cluster it runs on and its model. */
export interface ResolvedTask {
  readonly workload: TaskWorkload;
  readonly on: ResolvedCluster;
  readonly model: TaskModel;
}

export interface ResolvedPlan {
  readonly clusters: readonly ResolvedCluster[];
  readonly workloads: readonly ResolvedWorkload[];
  readonly tasks: readonly ResolvedTask[];
  /** one problem for every id that leads nowhere */
  readonly findings: readonly Finding[];
}

/** Fields whose ids are of other parts of the plan. */
const planFields: readonly string[] = ['siteId', 'clusterId', 'otherClusterIds'];

function unknown(
  subject: { readonly id: string; readonly name: string },
  field: string,
  what: string,
  id: string,
): Finding {
  return {
    level: 'problem',
    code: `plan.unknown.${field}`,
    subjectId: subject.id,
    field,
    title: `${subject.name} names ${what} that is not known`,
    cause: `There is no ${what.replace(/^an? /, '')} '${id}' in ${planFields.includes(field) ? 'the plan' : 'the catalogue'}.`,
    advice: 'Choose another one. Nothing of this part is computed until then.',
    fix: null,
  };
}

function repeated(plan: Plan): Finding[] {
  const seen = new Set<string>();
  const found: Finding[] = [];
  for (const part of [...plan.sites, ...plan.clusters, ...plan.workloads]) {
    if (seen.has(part.id)) {
      found.push({
        level: 'problem',
        code: 'plan.repeatedId',
        subjectId: part.id,
        field: null,
        title: 'Two parts of the plan share an id',
        cause: `The id '${part.id}' occurs more than once, so references to it are ambiguous.`,
        advice: 'Delete one of them and add it again.',
        fix: null,
      });
    }
    seen.add(part.id);
  }
  return found;
}

/** Looks up every id of a plan. Parts whose ids lead nowhere are left out and reported, never thrown. */
export function resolvePlan(plan: Plan, catalogue: Catalogue): ResolvedPlan {
  const { models } = withImportedModels(catalogue, plan);
  const findings = repeated(plan);
  const sites = new Map(plan.sites.map((site) => [site.id, site]));
  const clusters = new Map<string, ResolvedCluster>();
  for (const cluster of plan.clusters) {
    const site = sites.get(cluster.siteId);
    const system = systemById(catalogue, cluster.systemId);
    const accelerator = system && catalogue.accelerators.get(system.acceleratorId);
    if (!site) findings.push(unknown(cluster, 'siteId', 'a site', cluster.siteId));
    if (!system || !accelerator) {
      findings.push(unknown(cluster, 'systemId', 'a system', cluster.systemId));
    } else if (site) {
      clusters.set(cluster.id, { cluster, site, system, accelerator });
    }
  }
  const known = new Set(plan.clusters.map((cluster) => cluster.id));
  const workloads: ResolvedWorkload[] = [];
  const tasks: ResolvedTask[] = [];
  for (const workload of plan.workloads) {
    const on = clusters.get(workload.clusterId);
    if (!known.has(workload.clusterId)) {
      findings.push(unknown(workload, 'clusterId', 'a cluster', workload.clusterId));
    }
    for (const id of workload.kind === 'training' ? (workload.otherClusterIds ?? []) : []) {
      if (!known.has(id)) findings.push(unknown(workload, 'otherClusterIds', 'a cluster', id));
    }
    if (workload.kind === 'task') {
      const model = findTaskModel(catalogue, workload.task, workload.modelId);
      if (!model) findings.push(unknown(workload, 'modelId', 'a model', workload.modelId));
      else if (on) tasks.push({ workload, on, model });
      continue;
    }
    const model = models.get(workload.modelId);
    if (!model) findings.push(unknown(workload, 'modelId', 'a model', workload.modelId));
    if (on && model) workloads.push({ workload, on, model });
  }
  return { clusters: [...clusters.values()], workloads, tasks, findings };
}
