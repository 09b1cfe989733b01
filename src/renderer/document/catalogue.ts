import { planCatalogue } from '@engine/catalogue/plan-catalogue';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';

/** What a plan brings to the catalogue. */
type Brought = Pick<Plan, 'importedModels' | 'ownParts' | 'partOverrides'>;

let last: { readonly brought: Brought; readonly catalogue: Catalogue } | null = null;

function isSame(one: Brought, other: Brought): boolean {
  return (
    one.importedModels === other.importedModels &&
    one.ownParts === other.ownParts &&
    one.partOverrides === other.partOverrides
  );
}

/**
 * What a plan chooses from: the bundled catalogue, the models imported into the plan, and its own parts and values.
 * Made anew only when one of those changes; without a plan it is the bundled one.
 */
export function catalogueOf(plan: Brought | null): Catalogue {
  if (plan === null) return bundledCatalogue;
  if (last === null || !isSame(last.brought, plan)) {
    last = { brought: plan, catalogue: planCatalogue(plan, bundledCatalogue).catalogue };
  }
  return last.catalogue;
}
