import type { ImportedModel, Workload } from '@engine/plan';
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
