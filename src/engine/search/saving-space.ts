import type { ZeroStage } from '../plan';

/** Ways to save memory that a search tries only when it is asked to: each multiplies the layouts. */
export interface SpaceSwitches {
  /** ZeRO within groups of whole nodes, replicated between them (HSDP) */
  readonly hybridSharding?: boolean;
  /** full recomputation of some layers of a stage */
  readonly recomputedLayers?: boolean;
  /** optimizer state, activations of all layers or both in the memory of the host */
  readonly offload?: boolean;
}

/** Groups grow by this factor, from one node on. */
const groupGrowth = 4;
/** Steps in which the layers of a stage are recomputed. */
const layerSteps = 8;

/** Groups of hybrid sharding: one node, four, sixteen, while they divide the replicas; none where ZeRO shards nothing. */
export function shardGroups(
  zeroStage: ZeroStage,
  replicas: number,
  ranksPerNode: number,
): readonly (number | undefined)[] {
  const groups: (number | undefined)[] = [undefined];
  if (zeroStage === 0) return groups;
  for (let group = ranksPerNode; group < replicas; group *= groupGrowth) {
    if (group > 1 && replicas % group === 0) groups.push(group);
  }
  return groups;
}

/** Layers of a stage to recompute: all (not a number), then seven eighths of them and fewer, whole layers. */
export function recomputedLayerCounts(layersOfStage: number): readonly (number | undefined)[] {
  const counts = new Set<number>();
  for (let step = layerSteps - 1; step >= 1; step -= 1) {
    const count = Math.round((layersOfStage * step) / layerSteps);
    if (count >= 1 && count < layersOfStage) counts.add(count);
  }
  return [undefined, ...counts];
}
