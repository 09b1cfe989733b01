import type { Plan } from '@engine/plan';
import { planSchema } from './schema';

/**
 * The one text of a plan: keys in the schema's order, two spaces, a closing newline.
 * Equal plans give equal bytes, so files can be compared, hashed and kept under version control.
 * Throws when the plan does not satisfy the schema: such a text could not be read back.
 */
export function canonicalPlan(plan: Plan): string {
  return `${JSON.stringify(planSchema.parse(plan), null, 2)}\n`;
}
