import { findPart, partName, withPart, type Part } from '../subject';
import { defineCommand } from './command';

export const renamePlan = defineCommand<{ readonly name: string }>({
  label: (_plan, { name }) => `Rename plan to ${name}`,
  apply(plan, { name }) {
    const trimmed = name.trim();
    return trimmed === '' || trimmed === plan.name ? plan : { ...plan, name: trimmed };
  },
});

export const setNotes = defineCommand<{ readonly notes: string }>({
  label: () => 'Edit notes',
  mergeKey: () => 'notes',
  apply: (plan, { notes }) => (notes === plan.notes ? plan : { ...plan, notes }),
});

/** Renames a site, a cluster or a workload. */
export const renamePart = defineCommand<{ readonly partId: string; readonly name: string }>({
  label: (plan, { partId, name }) => `Rename ${partName(plan, partId)} to ${name}`,
  apply(plan, { partId, name }) {
    const found = findPart(plan, partId);
    const trimmed = name.trim();
    if (!found || found.kind === 'costs' || found.kind === 'timeline') return plan;
    if (trimmed === '' || trimmed === found.part.name) return plan;
    return withPart(plan, { ...found, part: { ...found.part, name: trimmed } } as Part);
  },
});
