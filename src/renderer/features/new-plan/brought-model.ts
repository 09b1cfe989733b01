import { withImportedModels } from '@engine/catalogue/imported-models';
import type { Catalogue } from '@engine/catalogue/types';
import type { ImportedModel, Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';

/** What a new plan chooses from: the bundled catalogue and models that other plans have imported. */
export function catalogueWith(importedModels: readonly ImportedModel[]): Catalogue {
  return withImportedModels(bundledCatalogue, { importedModels });
}

/** The plan with the imported model that it is to run; as it is where the model is one of the catalogue. */
export function bringing(
  plan: Plan,
  modelId: string,
  importedModels: readonly ImportedModel[],
): Plan {
  const model = importedModels.find(({ id }) => id === modelId);
  return model === undefined ? plan : { ...plan, importedModels: [model] };
}
