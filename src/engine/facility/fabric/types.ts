import type { NetworkCut } from '../../hardware/device';
import type { Topology } from '../../plan';

/** How a scale-out fabric is to be built. */
export interface FabricRules {
  /** ports that the accelerators bring, one per accelerator and plane */
  readonly endpoints: number;
  /** ports of a switch at the speed of a link */
  readonly radix: number;
  /** one link, one direction, Gb/s */
  readonly linkGbps: number;
  /** downlinks per uplink of a leaf: 1 is non-blocking */
  readonly oversubscription: number;
  /** downlinks per uplink of a spine, where there is a tier above; absent: 1 */
  readonly spineOversubscription?: number;
  /** independent copies of the fabric, each with its own port on every accelerator that it joins */
  readonly planes: number;
  /** accelerators of a node that each have a leaf of their own; 1 spreads a node over no rails */
  readonly rails: number;
}

/** One layer of cables. */
export interface FabricLayer {
  readonly key: 'nodeLeaf' | 'leafSpine' | 'spineCore' | 'betweenGroups' | 'betweenSwitches';
  /** links at the speed of a port, over all planes */
  readonly links: number;
}

/** The wiring of one plane, as the drawing groups it. */
export interface FabricShape {
  /** leaves that share their spines: the whole plane in two tiers, a pod in three, a group of a dragonfly+ */
  readonly pods: number;
  readonly leavesPerPod: number;
  readonly spinesPerPod: number;
  readonly cores: number;
  readonly linksPerLeafAndSpine: number;
  /** switches along each dimension of a torus; absent elsewhere */
  readonly sides?: readonly number[];
}

/** A fabric that can be built, all planes together. */
export interface Fabric {
  readonly tiers: 0 | 1 | 2 | 3;
  readonly leaves: number;
  readonly spines: number;
  readonly cores: number;
  readonly layers: readonly FabricLayer[];
  /** links down and up of one leaf */
  readonly leafDownlinks: number;
  readonly leafUplinks: number;
  /** half of the endpoints to the other half, one direction, Tb/s */
  readonly bisectionTbps: number;
  readonly shape: FabricShape;
  /** borders that let less through than the ports of the endpoints behind them can send; endpoints of one plane */
  readonly cuts: readonly NetworkCut[];
  /** switches that traffic between distant endpoints passes, the longest minimal path; the mean in a torus */
  readonly switchesOnPath: number;
}

/** Every way in which switches may be wired, in the order in which they are offered. */
export const topologies: readonly Topology[] = [
  'fat tree',
  'rail-optimised',
  'rail-only',
  'dragonfly+',
  '2D torus',
  '3D torus',
];
