import type { Cluster, ImportedModel, Plan, Quantity, TaskKind, Workload } from '@engine/plan';
import { systemById } from '@engine/sizing/stand-in-system';
import { taskWords } from '@engine/tasks/task-context';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { bringing } from './brought-model';
import {
  emptyPlan,
  firstModelId,
  firstTaskModelId,
  newCluster,
  newInference,
  newTask,
  newTraining,
} from '../../document/new-parts';

export type FirstWorkload = 'training' | 'inference' | TaskKind | 'none';

/** The model that a first workload of a kind starts with. */
export function usualModelId(workload: FirstWorkload): string {
  return isTask(workload) ? firstTaskModelId(workload) : firstModelId;
}

export function isTask(workload: FirstWorkload): workload is TaskKind {
  return workload in taskWords;
}

interface ClusterChoice {
  readonly systemId: string;
  readonly regionId: string;
  readonly nodes: Quantity;
  readonly workload: FirstWorkload;
  readonly modelId: string;
  /** models of other plans, of which the chosen one is brought along */
  readonly importedModels?: readonly ImportedModel[];
}

/** A plan with one site, one cluster and, when asked for, one workload; all else from the catalogue. */
export function planFromCluster(choice: ClusterChoice): Plan {
  const { systemId, regionId, nodes, workload, modelId, importedModels = [] } = choice;
  const system = systemById(bundledCatalogue, systemId);
  const accelerators = Math.round(nodes.value * (system?.acceleratorsPerNode.value ?? 1));
  const accelerator = system && bundledCatalogue.accelerators.get(system.acceleratorId);
  const name = `${accelerators.toLocaleString('en')} × ${accelerator?.name ?? systemId}`;
  const base = emptyPlan(name, regionId);
  const siteId = base.sites[0]?.id ?? '';
  const cluster = { ...newCluster(base, siteId, systemId, nodes.value), nodes };
  const withCluster = { ...base, clusters: [cluster] };
  if (workload === 'none') return withCluster;
  const plan = bringing(withCluster, modelId, importedModels);
  return { ...plan, workloads: [firstWorkload(plan, cluster, workload, modelId)] };
}

function firstWorkload(
  plan: Plan,
  cluster: Cluster,
  workload: Exclude<FirstWorkload, 'none'>,
  modelId: string,
): Workload {
  if (isTask(workload)) return newTask(plan, cluster, workload, modelId);
  return workload === 'training'
    ? newTraining(plan, cluster, modelId)
    : newInference(plan, cluster, modelId);
}
