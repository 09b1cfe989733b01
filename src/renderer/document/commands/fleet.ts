import type { Fleet, Plan } from '@engine/plan';
import { defineCommand } from './command';

/** Says where the users of a plan's services are and how they reach its sites; null: each service is served where it stands. */
export const setFleet = defineCommand<{ readonly fleet: Fleet | null; readonly label: string }>({
  label: (_plan, { label }) => label,
  apply(plan: Plan, { fleet }) {
    return { ...plan, fleet };
  },
});
