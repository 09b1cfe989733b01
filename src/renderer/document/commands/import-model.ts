import type { ImportedModel, Plan, Workload } from '@engine/plan';
import { setModel } from './choice';
import { defineCommand } from './command';

interface ImportModelArgs {
  readonly model: ImportedModel;
  /** the workload that is to run it, rebuilt for it, and the name it would have had before; null for none */
  readonly use: { readonly fresh: Workload; readonly formerName: string } | null;
}

/** Adds a model to those that the plan brings along and, if asked, gives it to a workload: one step. */
export const importModel = defineCommand<ImportModelArgs>({
  label: (_plan, { model }) => `Import ${model.name}`,
  apply(plan, { model, use }) {
    const others = (plan.importedModels ?? []).filter(({ id }) => id !== model.id);
    const added = { ...plan, importedModels: [...others, model] };
    return use === null ? added : setModel.apply(added, { ...use, modelName: model.name });
  },
});

/** Names of the workloads that run a model. */
export function whoRuns({ workloads }: Plan, modelId: string): readonly string[] {
  return workloads.filter((workload) => workload.modelId === modelId).map(({ name }) => name);
}

/** Removes a model that the plan brings along, unless something runs it. */
export const removeImportedModel = defineCommand<{ readonly modelId: string }>({
  label(plan, { modelId }) {
    const model = plan.importedModels?.find(({ id }) => id === modelId);
    return `Remove ${model?.name ?? 'a model'}`;
  },
  apply(plan, { modelId }) {
    const models = plan.importedModels ?? [];
    const kept = models.filter(({ id }) => id !== modelId);
    if (kept.length === models.length || whoRuns(plan, modelId).length > 0) return plan;
    const changed = { ...plan, importedModels: kept };
    if (kept.length === 0) Reflect.deleteProperty(changed, 'importedModels');
    return changed;
  },
});
