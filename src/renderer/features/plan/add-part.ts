import type { Cluster, Plan, TaskKind, Workload } from '@engine/plan';
import { select } from '../../app/navigation';
import { addCluster, addSite, addWorkload } from '../../document/commands/structure';
import { planDocument } from '../../document/document';
import { newCluster, newInference, newSite, newTask, newTraining } from '../../document/new-parts';
import { findPart, isWorkload } from '../../document/subject';

export type AddableKind = 'site' | 'cluster' | 'training' | 'inference' | TaskKind;

/** The cluster that a part is or stands on; else the plan's first. */
function clusterNear(plan: Plan, selectedId: string | null): Cluster | undefined {
  const found = findPart(plan, selectedId);
  const id = isWorkload(found) ? found.part.clusterId : selectedId;
  return (
    plan.clusters.find((cluster) => cluster.id === id) ??
    plan.clusters.find((cluster) => cluster.siteId === id) ??
    plan.clusters[0]
  );
}

function siteIdNear(plan: Plan, selectedId: string | null): string | undefined {
  if (findPart(plan, selectedId)?.kind === 'site') return selectedId ?? undefined;
  return clusterNear(plan, selectedId)?.siteId ?? plan.sites[0]?.id;
}

/** Adds a part with the catalogue's defaults next to what is selected, and selects it. */
export function addPart(kind: AddableKind, selectedId: string | null): void {
  const plan = planDocument.store.getState().history?.present;
  if (!plan) return;
  const id = perform(plan, kind, selectedId);
  if (id !== null) select(id);
}

function perform(plan: Plan, kind: AddableKind, selectedId: string | null): string | null {
  if (kind === 'site') {
    const site = newSite(plan);
    planDocument.perform(addSite, { site });
    return site.id;
  }
  if (kind === 'cluster') {
    const siteId = siteIdNear(plan, selectedId);
    if (siteId === undefined) return null;
    const cluster = newCluster(plan, siteId);
    planDocument.perform(addCluster, { cluster });
    return cluster.id;
  }
  const target = clusterNear(plan, selectedId);
  if (!target) return null;
  const workload = newWorkload(plan, kind, target);
  planDocument.perform(addWorkload, { workload });
  return workload.id;
}

function newWorkload(
  plan: Plan,
  kind: Exclude<AddableKind, 'site' | 'cluster'>,
  cluster: Cluster,
): Workload {
  if (kind === 'training') return newTraining(plan, cluster);
  return kind === 'inference' ? newInference(plan, cluster) : newTask(plan, cluster, kind);
}
