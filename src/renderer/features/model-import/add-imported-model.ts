import type { Plan, Workload } from '@engine/plan';
import type { ImportedConfig } from '@shared/model-import/import-config';
import { importedId, importedModel } from '@shared/model-import/imported-model';
import { importModel } from '../../document/commands/import-model';
import { planDocument } from '../../document/document';
import { freshWorkload } from '../../document/new-parts';

/** Adds a configuration to the plan under a name and, where one is given, has a workload run it. */
export function addImportedModel(
  plan: Plan,
  config: ImportedConfig,
  name: string,
  workload: Workload | null,
): void {
  const models = plan.importedModels ?? [];
  const id = importedId(
    name,
    models.map((model) => model.id),
  );
  const importedOn = new Date().toISOString().slice(0, 10);
  const model = importedModel(config, { id, name, importedOn });
  const extended = { ...plan, importedModels: [...models, model] };
  planDocument.perform(importModel, {
    model,
    use:
      workload === null
        ? null
        : {
            fresh: freshWorkload(extended, { ...workload, modelId: id }),
            formerName: freshWorkload(plan, workload).name,
          },
  });
}
