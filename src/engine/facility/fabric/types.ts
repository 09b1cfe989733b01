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
  /** independent copies of the fabric, each with its own port on every accelerator */
  readonly planes: number;
  /** accelerators of a node that each have a leaf of their own; 1 spreads a node over no rails */
  readonly rails: number;
}

/** One layer of cables. */
export interface FabricLayer {
  readonly key: 'nodeLeaf' | 'leafSpine' | 'spineCore';
  /** links at the speed of a port, over all planes */
  readonly links: number;
}

/** The wiring of one plane, as the drawing groups it. */
export interface FabricShape {
  /** leaves that share their spines: the whole plane in two tiers, a pod in three */
  readonly pods: number;
  readonly leavesPerPod: number;
  readonly spinesPerPod: number;
  readonly cores: number;
  readonly linksPerLeafAndSpine: number;
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
}
