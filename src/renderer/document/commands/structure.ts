import type { Cluster, Plan, Site, Workload } from '@engine/plan';
import { findPart, partName } from '../subject';
import { defineCommand } from './command';

/** An id that no part of the plan has yet, such as 'cluster-3'. */
export function freeId(plan: Plan, stem: string): string {
  const taken = new Set([...plan.sites, ...plan.clusters, ...plan.workloads].map(({ id }) => id));
  let number = 1;
  while (taken.has(`${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

/** A name that no part of the plan has yet: “Chat”, then “Chat 2”. */
export function freeName(plan: Plan, name: string): string {
  const names = [...plan.sites, ...plan.clusters, ...plan.workloads].map((part) => part.name);
  const taken = new Set(names);
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

export const addSite = defineCommand<{ readonly site: Site }>({
  label: (_plan, { site }) => `Add site ${site.name}`,
  apply: (plan, { site }) => ({ ...plan, sites: [...plan.sites, site] }),
});

export const addCluster = defineCommand<{ readonly cluster: Cluster }>({
  label: (_plan, { cluster }) => `Add cluster ${cluster.name}`,
  apply: (plan, { cluster }) => ({ ...plan, clusters: [...plan.clusters, cluster] }),
});

export const addWorkload = defineCommand<{ readonly workload: Workload }>({
  label: (_plan, { workload }) => `Add workload ${workload.name}`,
  apply: (plan, { workload }) => ({ ...plan, workloads: [...plan.workloads, workload] }),
});

/** Copies a part; a site or cluster takes what stands on it along. */
export const duplicatePart = defineCommand<{ readonly partId: string }>({
  label: (plan, { partId }) => `Duplicate ${partName(plan, partId)}`,
  apply(plan, { partId }) {
    const found = findPart(plan, partId);
    switch (found?.kind) {
      case 'site':
        return copySite(plan, found.part);
      case 'cluster':
        return copyCluster(plan, found.part, found.part.siteId);
      case 'training':
      case 'inference':
      case 'task':
        return copyWorkload(plan, found.part, found.part.clusterId);
      case 'costs':
      case 'timeline':
      case undefined:
        return plan;
    }
  },
});

function copySite(plan: Plan, site: Site): Plan {
  const id = freeId(plan, 'site');
  const copy = { ...site, id, name: freeName(plan, site.name) };
  return plan.clusters
    .filter((cluster) => cluster.siteId === site.id)
    .reduce<Plan>((result, cluster) => copyCluster(result, cluster, id), {
      ...plan,
      sites: [...plan.sites, copy],
    });
}

function copyCluster(plan: Plan, cluster: Cluster, siteId: string): Plan {
  const id = freeId(plan, 'cluster');
  const copy = { ...cluster, id, siteId, name: freeName(plan, cluster.name) };
  return plan.workloads
    .filter((workload) => workload.clusterId === cluster.id)
    .reduce<Plan>((result, workload) => copyWorkload(result, workload, id), {
      ...plan,
      clusters: [...plan.clusters, copy],
    });
}

function copyWorkload(plan: Plan, workload: Workload, clusterId: string): Plan {
  const id = freeId(plan, workload.kind);
  const copy = { ...workload, id, clusterId, name: freeName(plan, workload.name) };
  return { ...plan, workloads: [...plan.workloads, copy] };
}

/** Why a part cannot be removed; null when it can. */
export function whyNotRemovable(plan: Plan, partId: string): string | null {
  const isOnlySite = plan.sites.length === 1 && plan.sites[0]?.id === partId;
  return isOnlySite ? 'A plan needs at least one site.' : null;
}

/** Removes a part and everything that stands on it. */
export const removePart = defineCommand<{ readonly partId: string }>({
  label: (plan, { partId }) => `Remove ${partName(plan, partId)}`,
  apply(plan, { partId }) {
    if (whyNotRemovable(plan, partId) !== null || !findPart(plan, partId)) return plan;
    const clusters = plan.clusters.filter(
      (cluster) => cluster.id !== partId && cluster.siteId !== partId,
    );
    const remaining = new Set(clusters.map(({ id }) => id));
    return {
      ...plan,
      sites: plan.sites.filter((site) => site.id !== partId),
      clusters,
      workloads: plan.workloads.filter(
        (workload) => workload.id !== partId && remaining.has(workload.clusterId),
      ),
    };
  },
});
