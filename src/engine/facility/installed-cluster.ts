import type { System } from '../catalogue/types';
import type { Cluster } from '../plan';

/** A cluster with the system it is made of. */
export interface InstalledCluster {
  readonly cluster: Cluster;
  readonly system: System;
}
