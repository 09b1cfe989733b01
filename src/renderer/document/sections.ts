import type { Plan } from '@engine/plan';
import { costsId, findPart, timelineId } from './subject';

/** The sections of the plan screen, in the order of their tabs. */
export const sections = [
  { id: 'overview', label: 'Overview' },
  { id: 'cluster', label: 'Cluster' },
  { id: 'training', label: 'Training' },
  { id: 'inference', label: 'Inference' },
  { id: 'cost', label: 'Cost' },
  { id: 'energy', label: 'Energy' },
  { id: 'timeline', label: 'Timeline' },
] as const;

export type Section = (typeof sections)[number]['id'];

/** The section that shows a part. */
export function sectionOf(plan: Plan, partId: string | null): Section {
  switch (findPart(plan, partId)?.kind) {
    case 'site':
      return 'energy';
    case 'cluster':
      return 'cluster';
    case 'training':
      return 'training';
    case 'inference':
    case 'task':
      return 'inference';
    case 'costs':
      return 'cost';
    case 'timeline':
      return 'timeline';
    case undefined:
      return 'overview';
  }
}

/** Ids of the parts that a section can show. */
export function partIdsOf(plan: Plan, section: Section): readonly string[] {
  switch (section) {
    case 'overview':
      return [];
    case 'cluster':
      return plan.clusters.map(({ id }) => id);
    case 'training':
      return plan.workloads.filter(({ kind }) => kind === 'training').map(({ id }) => id);
    case 'inference':
      return plan.workloads.filter(({ kind }) => kind !== 'training').map(({ id }) => id);
    case 'cost':
      return [costsId];
    case 'energy':
      return plan.sites.map(({ id }) => id);
    case 'timeline':
      return [timelineId];
  }
}

/** What is selected once a section is chosen: what was, where the section shows it; else the nearest relative, else the first. */
export function selectionFor(
  plan: Plan,
  section: Section,
  selectedId: string | null,
): string | null {
  const ids = partIdsOf(plan, section);
  if (selectedId !== null && ids.includes(selectedId)) return selectedId;
  const related = ids.find((id) => areRelated(plan, id, selectedId));
  return related ?? ids[0] ?? null;
}

function areRelated(plan: Plan, id: string, otherId: string | null): boolean {
  if (otherId === null) return false;
  return lineage(plan, id).includes(otherId) || lineage(plan, otherId).includes(id);
}

/** A part's id, then those of the cluster and the site that it stands on. */
function lineage(plan: Plan, id: string): readonly string[] {
  const found = findPart(plan, id);
  switch (found?.kind) {
    case 'training':
    case 'inference':
    case 'task':
      return [id, ...lineage(plan, found.part.clusterId)];
    case 'cluster':
      return [id, found.part.siteId];
    case 'site':
    case 'costs':
    case 'timeline':
    case undefined:
      return [id];
  }
}
