import type { Catalogue } from '../catalogue/types';
import type { Workload } from '../plan';
import { findTaskModel } from './task-context';

/** The name of the model that a workload runs; its id where the catalogue does not know it. */
export function modelNameOf(workload: Workload, catalogue: Catalogue): string {
  const { modelId } = workload;
  const name =
    workload.kind === 'task'
      ? findTaskModel(catalogue, workload.task, modelId)?.row.name
      : catalogue.models.get(modelId)?.name;
  return name ?? modelId;
}

/** Ids of the sources that the facts of a workload's model come from. */
export function modelSourcesOf(workload: Workload, catalogue: Catalogue): readonly string[] {
  if (workload.kind !== 'task') {
    const source = catalogue.models.get(workload.modelId)?.source;
    return source === undefined ? [] : [source];
  }
  const model = findTaskModel(catalogue, workload.task, workload.modelId);
  if (model === null) return [];
  return ['source' in model.row ? model.row.source : model.row.denoiserFlop.source];
}
