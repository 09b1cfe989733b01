import type { Cluster, Plan, Site, Workload } from '@engine/plan';
import { quantity, templatePlan } from '../../../fixtures/engine-fixture';

export interface SiteSpec {
  readonly nodes: number;
  readonly gbps?: number;
  readonly km?: number;
  readonly users?: number;
  readonly modelId?: string;
}

/** A chat fleet on every one of several sites, 20 nodes of H200 each unless told otherwise. */
export function chatOn(...specs: readonly SiteSpec[]): Plan {
  const plan = templatePlan('chat-fleet-h200');
  const [site, cluster, service] = [plan.sites[0], plan.clusters[0], plan.workloads[0]];
  if (!site || !cluster || service?.kind !== 'inference') throw new Error('The template changed.');
  const sites = specs.map(({ gbps, km }, index): Site => ({
    ...site,
    id: `site-${index + 1}`,
    name: `Site ${index + 1}`,
    ...(gbps === undefined ? {} : { linkGbps: quantity(gbps) }),
    ...(km === undefined ? {} : { linkKm: quantity(km) }),
  }));
  const clusters = specs.map(({ nodes }, index): Cluster => ({
    ...cluster,
    id: `cluster-${index + 1}`,
    name: `Cluster ${index + 1}`,
    siteId: `site-${index + 1}`,
    nodes: quantity(nodes),
  }));
  const workloads = specs.flatMap(({ users, modelId }, index): Workload[] =>
    users === undefined
      ? []
      : [
          {
            ...service,
            id: `chat-${index + 1}`,
            name: `Chat ${index + 1}`,
            clusterId: `cluster-${index + 1}`,
            modelId: modelId ?? service.modelId,
            concurrentUsers: quantity(users),
          },
        ],
  );
  return { ...plan, sites, clusters, workloads };
}

/** The Llama 3 run over clusters of several sites; the first holds the job. */
export function trainingOn(...specs: readonly SiteSpec[]): Plan {
  const plan = templatePlan('llama-3-405b');
  const placed = chatOn(...specs);
  const [cluster, job] = [plan.clusters[0], plan.workloads[0]];
  if (!cluster || job?.kind !== 'training') throw new Error('The template changed.');
  const clusters = placed.clusters.map(({ id, name, siteId, nodes }) => ({
    ...cluster,
    id,
    name,
    siteId,
    nodes,
  }));
  return {
    ...plan,
    sites: placed.sites,
    clusters,
    workloads: [
      {
        ...job,
        measuredStepSeconds: null,
        clusterId: 'cluster-1',
        otherClusterIds: clusters.slice(1).map(({ id }) => id),
      },
    ],
  };
}
