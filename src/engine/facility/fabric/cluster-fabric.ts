import type { NetworkCatalogue, NetworkDesign, Switch } from '../../catalogue/network';
import type { System } from '../../catalogue/types';
import type { Cluster, Topology } from '../../plan';
import { buildDragonfly } from './dragonfly';
import { buildFabric } from './fat-tree';
import { leafPorts } from './leaf';
import { buildTorus } from './torus';
import type { Fabric, FabricRules } from './types';

/** What a fabric is chosen to be, before it is known whether it can be built. */
interface Choice {
  readonly device: Switch;
  readonly topology: Topology;
  readonly rules: FabricRules;
  /** accelerators that the whole fabric joins */
  readonly accelerators: number;
  /** copies of the fabric that an accelerator has a port on */
  readonly planesPerAccelerator: number;
}

/** The scale-out fabric of a cluster, or why there is none. */
export type ClusterFabric =
  | { readonly kind: 'none'; readonly reason: string }
  | ({ readonly kind: 'tooLarge'; readonly reason: string } & Choice)
  | ({ readonly kind: 'built'; readonly fabric: Fabric } & Choice);

export type BuiltFabric = Extract<ClusterFabric, { kind: 'built' }>;

/** The switch for links of a speed: the design's where it is fast enough, else the slowest that is. */
function usualSwitch(
  network: NetworkCatalogue,
  design: NetworkDesign | undefined,
  gbps: number,
): Switch | null {
  const usual = design && network.switches.get(design.switchId);
  if (usual && usual.portSpeed.value >= gbps) return usual;
  const protocol = usual?.protocol ?? 'infiniband';
  const isOther = (row: Switch): number => (row.protocol === protocol ? 0 : 1);
  const fitting = [...network.switches.values()]
    .filter((row) => row.portSpeed.value >= gbps && row.ports.value >= 2)
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

/** The wiring that was chosen; where none was, the rails of the maker's design decide. */
function topologyOf(cluster: Cluster, design: NetworkDesign | undefined): Topology {
  return cluster.topology ?? ((design?.rails.value ?? 1) > 1 ? 'rail-optimised' : 'fat tree');
}

/** Rails of a wiring that has them: those of the design, else one for each accelerator of a node, at most eight. */
function railsOf(topology: Topology, design: NetworkDesign | undefined, system: System): number {
  if (topology !== 'rail-optimised' && topology !== 'rail-only') return 1;
  const usual = design?.rails.value ?? 1;
  return usual > 1 ? usual : Math.max(1, Math.min(8, system.acceleratorsPerNode.value));
}

function build(topology: Topology, rules: FabricRules): Fabric | null {
  switch (topology) {
    case 'dragonfly+':
      return buildDragonfly(rules);
    case '2D torus':
      return buildTorus(rules, 2);
    case '3D torus':
      return buildTorus(rules, 3);
    case 'fat tree':
    case 'rail-optimised':
    case 'rail-only':
      return buildFabric(rules);
  }
}

/** The switch that was chosen or is usual, or a sentence that says why there is none. */
function chooseSwitch(
  { switchId }: Cluster,
  network: NetworkCatalogue,
  design: NetworkDesign | undefined,
  gbps: number,
): Switch | string {
  if (switchId === null || switchId === undefined) {
    return usualSwitch(network, design, gbps) ?? 'The catalogue has no switch.';
  }
  const chosen = network.switches.get(switchId);
  if (!chosen) return `The catalogue has no switch “${switchId}”.`;
  return chosen.ports.value >= 2 && chosen.portSpeed.value > 0
    ? chosen
    : `${chosen.name} has too few ports to join anything.`;
}

/** Chooses switch, planes and rails for a cluster, where it does not say from its system's usual design, and builds the fabric. */
export function clusterFabric(
  cluster: Cluster,
  system: System,
  network: NetworkCatalogue,
): ClusterFabric {
  const gbps = cluster.scaleOutGbpsPerAccelerator.value;
  const nodes = Math.ceil(cluster.nodes.value);
  const accelerators = nodes * system.acceleratorsPerNode.value;
  if (nodes < 2) return { kind: 'none', reason: 'One node needs no scale-out fabric.' };
  if (gbps <= 0) return { kind: 'none', reason: 'The accelerators have no scale-out network.' };
  const design = network.designs.get(system.id);
  const chosen = cluster.switchId ? network.switches.get(cluster.switchId) : undefined;
  const fastest =
    chosen?.portSpeed.value ??
    Math.max(0, ...[...network.switches.values()].map((row) => row.portSpeed.value));
  const wanted = Math.ceil(cluster.planes?.value ?? design?.planes.value ?? 1);
  const planesPerAccelerator = Math.max(1, wanted, Math.ceil(gbps / fastest) || 1);
  const linkGbps = gbps / planesPerAccelerator;
  const device = chooseSwitch(cluster, network, design, linkGbps);
  if (typeof device === 'string') return { kind: 'none', reason: device };
  const topology = topologyOf(cluster, design);
  const ownRails = railsOf(topology, design, system);
  const subnets = topology === 'rail-only' ? ownRails : 1;
  const endpoints = Math.ceil(accelerators / subnets);
  const radix = radixAt(device, linkGbps);
  const oversubscription = cluster.oversubscription?.value ?? 1;
  const { down } = leafPorts(radix, oversubscription);
  const rules = {
    endpoints,
    radix,
    linkGbps,
    oversubscription,
    spineOversubscription: cluster.spineOversubscription?.value ?? 1,
    planes: planesPerAccelerator * subnets,
    rails: topology === 'rail-optimised' ? leavesPerUnit(ownRails, endpoints, down) : 1,
  };
  const choice = { device, topology, rules, accelerators, planesPerAccelerator };
  const fabric = build(topology, rules);
  const most =
    topology.endsWith('torus') || topology === 'dragonfly+' ? `A ${topology}` : 'Three tiers';
  return fabric === null
    ? {
        kind: 'tooLarge',
        ...choice,
        reason: `${most} of ${device.name} cannot join that many accelerators.`,
      }
    : { kind: 'built', ...choice, fabric };
}
