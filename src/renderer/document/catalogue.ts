import { withImportedModels } from '@engine/catalogue/imported-models';
import type { Catalogue } from '@engine/catalogue/types';
import type { ImportedModel, Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const catalogues = new WeakMap<readonly ImportedModel[], Catalogue>();

/** What a plan chooses from: the bundled catalogue and the models imported into the plan. The same list gives the same object. */
export function catalogueOf({ importedModels }: Pick<Plan, 'importedModels'>): Catalogue {
  if (importedModels === undefined || importedModels.length === 0) return bundledCatalogue;
  const known = catalogues.get(importedModels);
  if (known) return known;
  const catalogue = withImportedModels(bundledCatalogue, { importedModels });
  catalogues.set(importedModels, catalogue);
  return catalogue;
}
