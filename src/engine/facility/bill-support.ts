import type { Assumptions, System } from '../catalogue/types';
import type { Cluster } from '../plan';
import type { LineSpec } from './bill';
import type { ClusterFabric } from './fabric/cluster-fabric';
import { priceOfFact } from './price';
import { supportOf } from './support';

/**
 * Lines of the bill beside nodes and compute fabric: support networks, management nodes, and the storage that the plan states.
 * A storage switch is priced as the switch of the fabric where that has its ports and speed; for in-band and management switches
 * and for management nodes no published price was found, so that they stay unknown.
 */
export function supportLines(
  cluster: Cluster,
  system: System,
  found: ClusterFabric,
  assumptions: Assumptions,
): LineSpec[] {
  const alike = switchAlike(found, assumptions);
  const support = supportOf(cluster, system, switchesOf(found), assumptions).map(
    (line): LineSpec => {
      const price = line.name === 'storageSwitches' ? priceOfFact(alike?.price) : null;
      const priced = `priced as a ${alike?.name ?? ''}, which has these ports.`;
      return {
        ...line,
        category: 'support',
        price,
        confidence: price === null ? 'unknown' : 'estimate',
        basis: price === null ? line.basis : `${line.basis.replace(/\.$/, '')}; ${priced}`,
        sources: [...line.sources, ...(price && alike?.price ? [alike.price.source] : [])],
      };
    },
  );
  return [...support, ...storageLine(cluster, assumptions)];
}

function switchesOf(found: ClusterFabric): number {
  if (found.kind !== 'built') return 0;
  const { leaves, spines, cores } = found.fabric;
  return leaves + spines + cores;
}

/** The switch of the fabric where it could stand in a support network: 64 ports of 400 Gb/s. */
function switchAlike(found: ClusterFabric, assumptions: Assumptions) {
  if (found.kind !== 'built') return null;
  const { device } = found;
  const ports = assumptions['facility.supportSwitchPorts']?.value;
  return device.ports.value === ports && device.portSpeed.value === 400 ? device : null;
}

function storageLine({ rentStorageTb }: Cluster, assumptions: Assumptions): LineSpec[] {
  const price = assumptions['facility.flashUsdPerTb'];
  const terabytes = rentStorageTb?.value ?? 0;
  if (terabytes <= 0 || price === undefined) return [];
  return [
    {
      name: 'storage',
      category: 'storage',
      item: 'Flash storage, drives alone, TB',
      quantity: terabytes,
      price: priceOfFact(price),
      confidence: 'estimate',
      basis: `The storage that the plan states. ${price.note ?? ''}`.trim(),
      sources: [price.source],
    },
  ];
}
