import { planCatalogue } from '@engine/catalogue/plan-catalogue';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';

let last: { readonly plan: Plan; readonly catalogue: Catalogue } | null = null;

/** The catalogue as the plan sees it, its own parts and values included; made anew only when those change. */
export function catalogueOf(plan: Plan | null): Catalogue {
  if (plan === null) return bundledCatalogue;
  const isSame =
    last !== null &&
    last.plan.ownParts === plan.ownParts &&
    last.plan.partOverrides === plan.partOverrides;
  if (!isSame) last = { plan, catalogue: planCatalogue(plan, bundledCatalogue).catalogue };
  return last?.catalogue ?? bundledCatalogue;
}
