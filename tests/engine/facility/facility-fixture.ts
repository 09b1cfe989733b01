import { reportFacility, type FacilityReport } from '@engine/facility/report-facility';
import type { Cluster, Quantity } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster } from '@shared/plan/create';
import { systemOf } from '../../fixtures/engine-fixture';

export function entered(value: number): Quantity {
  return { value, origin: 'yours' };
}

/** A cluster as a new plan would have it, with a number of nodes and further changes. */
export function clusterOf(systemId: string, nodes: number, change: Partial<Cluster> = {}): Cluster {
  const cluster = createCluster(catalogue, systemId, 'site-1', 'cluster-1', entered(nodes));
  return { ...cluster, ...change };
}

export function facilityOf(
  systemId: string,
  nodes: number,
  change: Partial<Cluster> = {},
): FacilityReport {
  return reportFacility(clusterOf(systemId, nodes, change), systemOf(systemId), catalogue);
}
