import type { Catalogue } from '@engine/catalogue/types';
import type {
  Cluster,
  InferenceWorkload,
  Plan,
  Quantity,
  Site,
  TaskKind,
  TaskWorkload,
  TrainingWorkload,
  Workload,
} from '@engine/plan';
import { taskModels } from '@engine/tasks/task-context';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  createCluster,
  createInference,
  createPlan,
  createSite,
  createTask,
  createTraining,
  defaultCosts,
  defaultRegionId,
} from '@shared/plan/create';
import {
  clusterDefaults,
  inferenceDefaults,
  siteDefaults,
  taskDefaults,
  trainingDefaults,
} from '@shared/plan/defaults';
import { catalogueOf } from './catalogue';
import { freeId, freeName } from './commands/structure';
import { isQuantity, type Part } from './subject';

/** What forms start with; any catalogue that lacks it starts with its first entry. */
function preferred(map: ReadonlyMap<string, unknown>, id: string): string {
  return map.has(id) ? id : (map.keys().next().value ?? '');
}

export const firstSystemId = preferred(bundledCatalogue.systems, 'dgx-h100');
export const firstModelId = preferred(bundledCatalogue.models, 'llama-3.1-70b');
const preferredTaskModels: Readonly<Record<TaskKind, string>> = {
  image: 'sdxl',
  video: 'wan-2.1-t2v-14b',
  embedding: 'bge-large-en-v1.5',
  speech: 'whisper-large-v3',
};

/** The model that a new image, video, embedding or speech service starts with. */
export function firstTaskModelId(task: TaskKind): string {
  const rows = taskModels(bundledCatalogue, task).map((row) => [row.id, row] as const);
  return preferred(new Map(rows), preferredTaskModels[task]);
}

export const firstRegionId = preferred(bundledCatalogue.regions, defaultRegionId);

/** A plan with one site and nothing on it yet. */
export function emptyPlan(name: string, regionId: string | null): Plan {
  const plan = createPlan(bundledCatalogue, name, 'site-1');
  if (regionId === null) return plan;
  return { ...plan, sites: [createSite(bundledCatalogue, regionId, 'site-1')] };
}

/** A site like the plan's last, with the catalogue's values. */
export function newSite(plan: Plan): Site {
  const regionId = plan.sites.at(-1)?.regionId ?? firstRegionId;
  const site = createSite(catalogueOf(plan), regionId, freeId(plan, 'site'));
  return { ...site, name: freeName(plan, site.name) };
}

/** A cluster of the given system, else of the one that the plan's last cluster has. */
export function newCluster(plan: Plan, siteId: string, system?: string, nodes?: number): Cluster {
  const systemId = system ?? plan.clusters.at(-1)?.systemId ?? firstSystemId;
  const id = freeId(plan, 'cluster');
  const count = nodes === undefined ? undefined : ({ value: nodes, origin: 'default' } as const);
  const cluster = createCluster(catalogueOf(plan), systemId, siteId, id, count);
  return { ...cluster, name: freeName(plan, cluster.name) };
}

function lastModelId(plan: Plan): string {
  return plan.workloads.findLast(({ kind }) => kind !== 'task')?.modelId ?? firstModelId;
}

export function newTraining(
  plan: Plan,
  cluster: Cluster,
  modelId = lastModelId(plan),
  chosen: Parameters<typeof createTraining>[4] = {},
): TrainingWorkload {
  const id = freeId(plan, 'training');
  const job = createTraining(catalogueOf(plan), modelId, cluster, id, chosen);
  return { ...job, name: freeName(plan, job.name) };
}

/** Tokens of one sequence in a new training job of a model. */
export function usualSequenceLength(modelId: string): number {
  return trainingDefaults(bundledCatalogue, modelId).sequenceLength.value;
}

export function newInference(
  plan: Plan,
  cluster: Cluster,
  modelId = lastModelId(plan),
): InferenceWorkload {
  const service = createInference(catalogueOf(plan), modelId, cluster, freeId(plan, 'inference'));
  return { ...service, name: freeName(plan, service.name) };
}

/** A service that answers in one piece, with the model that forms start with. */
export function newTask(
  plan: Plan,
  cluster: Cluster,
  task: TaskKind,
  modelId = firstTaskModelId(task),
): TaskWorkload {
  const service = createTask(catalogueOf(plan), task, modelId, cluster, freeId(plan, task));
  return { ...service, name: freeName(plan, service.name) };
}

/** The same site as the catalogue would make it for its region. */
export function freshSite({ regionId, id }: Site, catalogue: Catalogue): Site {
  return createSite(catalogue, regionId, id);
}

/** The same cluster as the catalogue would make it of its system. */
export function freshCluster({ systemId, siteId, id }: Cluster, catalogue: Catalogue): Cluster {
  return createCluster(catalogue, systemId, siteId, id);
}

/** The same workload as the catalogue would make it for its model on its cluster. */
export function freshWorkload(plan: Plan, workload: Workload): Workload {
  const { modelId, clusterId, id } = workload;
  const cluster = plan.clusters.find((candidate) => candidate.id === clusterId);
  if (!cluster) throw new Error(`The plan has no cluster with the id "${clusterId}".`);
  const catalogue = catalogueOf(plan);
  switch (workload.kind) {
    case 'training':
      return createTraining(catalogue, modelId, cluster, id);
    case 'inference':
      return createInference(catalogue, modelId, cluster, id);
    case 'task':
      return createTask(catalogue, workload.task, modelId, cluster, id);
  }
}

function defaultsOf(found: Part, catalogue: Catalogue): object {
  switch (found.kind) {
    case 'site':
      return siteDefaults(catalogue, found.part.regionId);
    case 'cluster':
      return clusterDefaults(catalogue, found.part.systemId);
    case 'training':
      return trainingDefaults(catalogue, found.part.modelId);
    case 'inference':
      return inferenceDefaults(catalogue);
    case 'task':
      return taskDefaults(catalogue, found.part.task);
    case 'costs':
      return defaultCosts(catalogue);
    case 'timeline':
      return {};
  }
}

/** What the catalogue gives for a field; null where it gives nothing, so that the field is empty by default. */
export function defaultQuantity(found: Part, field: string, catalogue: Catalogue): Quantity | null {
  const value: unknown = Object.getOwnPropertyDescriptor(
    defaultsOf(found, catalogue),
    field,
  )?.value;
  return isQuantity(value) ? value : null;
}
