import type { LayerCosts } from '../training/step-time';
import type { TrainingLayout } from '../plan';
import { branchAxes, type SpacePoint } from './axes';
import type { LayoutQuestion } from './layout-question';
import type { Regions, Tally } from './regions';

/** All layouts that share what a layer costs and how often it runs. */
export interface Branch {
  readonly layout: TrainingLayout;
  readonly dataParallel: number;
  readonly hasSequenceParallel: boolean;
  readonly costs: LayerCosts;
  /** no layout of the branch takes less [s] */
  readonly leastSeconds: number;
  /** one for each axis that is set */
  readonly tallies: readonly Tally[];
}

/**
 * Least time of a step with these degrees.
 *
 *   t ≥ m · (L · (forward + backward + communication of a layer) + output head) / p
 *
 * m micro-batches per replica [1] · L layers [1] · p stages [1]. Every micro-batch computes its share, and all that stepTime
 * adds (recomputation, bubble, exchange, optimizer, waiting) is not negative.
 */
export function leastSeconds(
  { globalBatch, architecture }: LayoutQuestion,
  { layout, dataParallel }: Pick<Branch, 'layout' | 'dataParallel'>,
  { layer, tensor, experts, context, head }: LayerCosts,
): number {
  const microBatches = Math.max(1, globalBatch / (dataParallel * layout.microBatch));
  const forward = layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
  const perLayer = forward + layer.backward + tensor + experts + context;
  return (microBatches * (architecture.layers * perLayer + head)) / layout.pipelineParallel;
}

/** Every branch at a size, the one that could be fastest first. */
export function listBranches(
  at: SpacePoint,
  regions: Regions,
  costsAt: (at: SpacePoint) => LayerCosts,
  sizeTally: Tally,
): Branch[] {
  const branches: Branch[] = [];
  const tallies: Tally[] = [sizeTally];
  const walk = (depth: number): void => {
    const axis = branchAxes[depth];
    if (axis === undefined) {
      const costs = costsAt(at);
      branches.push({
        layout: { ...at.layout },
        dataParallel: at.dataParallel,
        hasSequenceParallel: at.hasSequenceParallel,
        costs,
        leastSeconds: leastSeconds(at.question, at, costs),
        tallies: [...tallies],
      });
      return;
    }
    const values = axis.values(at);
    if (values.length === 0) for (const tally of tallies) tally.isIndivisible = true;
    for (const value of values) {
      axis.put(at, value);
      tallies.push(regions.tally(axis.key, value));
      walk(depth + 1);
      tallies.pop();
    }
  };
  walk(0);
  return branches.sort((one, other) => one.leastSeconds - other.leastSeconds);
}
