import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions, System } from '../catalogue/types';
import type { Cluster } from '../plan';
import { buildFabric } from './fabric/fat-tree';

/** What a cluster needs beside its compute fabric, counted. */
export interface SupportCount {
  readonly name: 'storageSwitches' | 'inBandSwitches' | 'outOfBandSwitches' | 'managementNodes';
  readonly item: string;
  readonly quantity: number;
  readonly basis: string;
  readonly sources: readonly string[];
}

/** Hosts of a node: one, or a compute tray for every four accelerators of a rack-scale system. */
export function hostsOf(cluster: Cluster, system: System): number {
  const each = system.acceleratorsPerNode.value;
  const perNode = each > 8 ? Math.ceil(each / 4) : 1;
  return Math.ceil(cluster.nodes.value) * perNode;
}

function ports({ value }: { readonly value: number }): string {
  return `${String(value)} ${value === 1 ? 'port' : 'ports'}`;
}

/**
 * Switches of the storage, in-band and out-of-band networks and management nodes.
 *
 *   storage, in-band   a non-blocking tree of p ports for each host (see buildFabric)
 *   out-of-band        ⌈(b · H + s) / k⌉
 *   management nodes   ⌈H · m⌉, at least three
 *
 * H hosts · p ports of a host on the network · b management ports of a host · s switches of the compute fabric · k ports of an
 * out-of-band switch · m management nodes per host
 *
 * Leaves out: ports of the storage itself, uplinks to the outside, routers and firewalls.
 * Source: ports and ratios from NVIDIA’s reference architecture of DGX H100 (catalogue); the counts are this program’s.
 */
export function supportOf(
  cluster: Cluster,
  system: System,
  computeSwitches: number,
  assumptions: Assumptions,
): SupportCount[] {
  const fact = (name: string) => assumptionOf(assumptions, `facility.${name}`);
  const hosts = hostsOf(cluster, system);
  if (hosts < 2) return [];
  const tree = (portsOfHost: number): number | null => {
    const fabric = buildFabric({
      endpoints: portsOfHost * hosts,
      radix: fact('supportSwitchPorts').value,
      linkGbps: 400,
      oversubscription: 1,
      planes: 1,
      rails: 1,
    });
    return fabric && fabric.leaves + fabric.spines + fabric.cores;
  };
  const [storage, inBand, outOfBand] = [
    fact('storagePortsPerHost'),
    fact('inBandPortsPerHost'),
    fact('outOfBandPortsPerHost'),
  ];
  const [portCount, managementShare] = [
    fact('outOfBandSwitchPorts'),
    fact('managementNodesPerHost'),
  ];
  const counts: readonly (Omit<SupportCount, 'quantity'> & { quantity: number | null })[] = [
    {
      name: 'storageSwitches',
      item: 'Switch, storage network',
      quantity: tree(storage.value),
      basis: `${ports(storage)} for each host, non-blocking, on switches of ${fact('supportSwitchPorts').value} ports.`,
      sources: [storage.source],
    },
    {
      name: 'inBandSwitches',
      item: 'Switch, in-band network',
      quantity: tree(inBand.value),
      basis: `${ports(inBand)} for each host, non-blocking, on switches of ${fact('supportSwitchPorts').value} ports.`,
      sources: [inBand.source],
    },
    {
      name: 'outOfBandSwitches',
      item: 'Switch, out-of-band management',
      quantity: Math.ceil((outOfBand.value * hosts + computeSwitches) / portCount.value),
      basis: `${ports(outOfBand)} for each host and one for each switch, ${portCount.value} to a switch.`,
      sources: [outOfBand.source],
    },
    {
      name: 'managementNodes',
      item: 'Management node',
      quantity: Math.max(3, Math.ceil(hosts * managementShare.value)),
      basis: 'Five for 127 nodes in a reference design, at least three.',
      sources: [managementShare.source],
    },
  ];
  return counts.flatMap(({ quantity, ...rest }) =>
    quantity === null ? [] : [{ ...rest, quantity }],
  );
}
