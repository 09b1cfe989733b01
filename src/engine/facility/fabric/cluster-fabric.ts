import type { NetworkCatalogue, NetworkDesign, Switch } from '../../catalogue/network';
import type { System } from '../../catalogue/types';
import type { Cluster } from '../../plan';
import { buildFabric } from './fat-tree';
import { leafPorts } from './leaf';
import type { Fabric, FabricRules } from './types';

/** The scale-out fabric of a cluster, or why there is none. */
export type ClusterFabric =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'tooLarge';
      readonly reason: string;
      readonly device: Switch;
      readonly rules: FabricRules;
    }
  | {
      readonly kind: 'built';
      readonly device: Switch;
      readonly rules: FabricRules;
      readonly fabric: Fabric;
    };

/** The switch for links of a speed: the design's where it is fast enough, else the slowest that is. */
function chooseSwitch(
  network: NetworkCatalogue,
  design: NetworkDesign | undefined,
  gbps: number,
): Switch | null {
  const usual = design && network.switches.get(design.switchId);
  if (usual && usual.portSpeed.value >= gbps) return usual;
  const protocol = usual?.protocol ?? 'infiniband';
  const isOther = (row: Switch): number => (row.protocol === protocol ? 0 : 1);
  const fitting = [...network.switches.values()]
    .filter((row) => row.portSpeed.value >= gbps)
    .sort(
      (one, other) => one.portSpeed.value - other.portSpeed.value || isOther(one) - isOther(other),
    );
  return fitting[0] ?? null;
}

/** Ports of a switch at the speed of a link: a port may be split where the link needs only its share. */
export function radixAt(device: Switch, gbps: number): number {
  const splits = device.splitsPerPort.value;
  const isSplit = splits > 1 && gbps <= device.portSpeed.value / splits;
  return device.ports.value * (isSplit ? splits : 1);
}

/**
 * Leaves of a scalable unit: one for each rail, or for several rails together while a leaf has ports to spare.
 *
 *   R = r / max { g : g divides r, g · E / r ≤ d }
 *
 * r rails of the design · g rails that share a leaf · E endpoints · d downlinks of a leaf
 *
 * Source: NVIDIA's larger designs have one rail per leaf; sharing in smaller clusters is this program's rule.
 */
export function leavesPerUnit(rails: number, endpoints: number, down: number): number {
  for (let shared = rails; shared > 1; shared -= 1) {
    if (rails % shared === 0 && (shared * endpoints) / rails <= down) return rails / shared;
  }
  return rails;
}

/** Chooses switch, planes and rails for a cluster from its system's usual design, and builds the fabric. */
export function clusterFabric(
  cluster: Cluster,
  system: System,
  network: NetworkCatalogue,
): ClusterFabric {
  const gbps = cluster.scaleOutGbpsPerAccelerator.value;
  const nodes = Math.ceil(cluster.nodes.value);
  const endpoints = nodes * system.acceleratorsPerNode.value;
  if (nodes < 2) return { kind: 'none', reason: 'One node needs no scale-out fabric.' };
  if (gbps <= 0) return { kind: 'none', reason: 'The accelerators have no scale-out network.' };
  const design = network.designs.get(system.id);
  const fastest = Math.max(0, ...[...network.switches.values()].map((row) => row.portSpeed.value));
  const planes = Math.max(design?.planes.value ?? 1, Math.ceil(gbps / fastest));
  const device = chooseSwitch(network, design, gbps / planes);
  if (device === null) return { kind: 'none', reason: 'The catalogue has no switch.' };
  const linkGbps = gbps / planes;
  const radix = radixAt(device, linkGbps);
  const oversubscription = cluster.oversubscription?.value ?? 1;
  const { down } = leafPorts(radix, oversubscription);
  const rails = leavesPerUnit(design?.rails.value ?? 1, endpoints, down);
  const rules = { endpoints, radix, linkGbps, oversubscription, planes, rails };
  const fabric = buildFabric(rules);
  return fabric === null
    ? {
        kind: 'tooLarge',
        device,
        rules,
        reason: `Three tiers of ${device.name} cannot join that many accelerators.`,
      }
    : { kind: 'built', device, rules, fabric };
}
