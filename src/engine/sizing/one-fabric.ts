import { clusterFabric, type ClusterFabric } from '../facility/fabric/cluster-fabric';
import type { NetworkCatalogue } from '../catalogue/network';
import type { System } from '../catalogue/types';
import { proposedCluster } from './proposed-cluster';

const count = new Intl.NumberFormat('en');

/** A cluster that no fabric of the usual design joins: how many accelerators one does, and how many fabrics it would take. */
export interface FabricLimit {
  readonly acceleratorsPerFabric: number;
  readonly fabrics: number;
  readonly sentence: string;
}

function fabricOf(system: System, nodes: number, network: NetworkCatalogue): ClusterFabric {
  // The fabric does not depend on what the nodes cost.
  const free = { rentUsdPerAcceleratorHour: 0, purchaseUsdPerNode: 0 };
  return clusterFabric(proposedCluster(system, nodes, free), system, network);
}

/**
 * What keeps a number of nodes from being one cluster; null where one fabric joins them all.
 *
 *   m = max { n : a fabric of n nodes can be built },   f = ⌈N / m⌉
 *
 * N nodes asked for [1] · m nodes that one fabric joins, found by halving [1] · f fabrics [1]
 *
 * Leaves out: a switch, an oversubscription or a wiring other than the usual one of the system. Source: definition; buildFabric.
 */
export function fabricLimit(
  system: System,
  nodes: number,
  network: NetworkCatalogue,
): FabricLimit | null {
  const asked = fabricOf(system, nodes, network);
  if (asked.kind !== 'tooLarge') return null;
  let [joined, refused] = [1, nodes];
  while (refused - joined > 1) {
    const middle = Math.floor((joined + refused) / 2);
    if (fabricOf(system, middle, network).kind === 'tooLarge') refused = middle;
    else joined = middle;
  }
  const perNode = system.acceleratorsPerNode.value;
  const fabrics = Math.ceil(nodes / joined);
  const [all, most] = [nodes * perNode, joined * perNode].map((value) => count.format(value));
  return {
    acceleratorsPerFabric: joined * perNode,
    fabrics,
    sentence: `No fabric of ${asked.device.name} joins ${all ?? ''} accelerators, at most ${most ?? ''}`,
  };
}
