import { pipelineTransferSeconds } from '../training/communication';
import type { TrainingConstants } from '../training/constants';
import { acceleratorsPerReplica, microBatches, type TrainingJob } from '../training/job';
import { hidesExperts, type LayerCosts } from '../training/layer-costs';
import type { ChunkedStep } from '../training/step-time';
import type { TrainingLayout } from '../plan';
import { branchAxes, chunkAxis, type AxisValue, type SpacePoint } from './axes';
import type { Regions, Tally } from './regions';

/** All layouts that share what a layer costs and how often it runs. */
export interface Branch {
  readonly layout: TrainingLayout;
  readonly dataParallel: number;
  readonly hasSequenceParallel: boolean;
  readonly costs: LayerCosts;
  /** no layout of the branch takes less */
  readonly least: LeastTime;
  readonly chunks: readonly AxisValue[];
  /** one for each axis that is set */
  readonly tallies: readonly Tally[];
}

/** Bounds from below that all layouts of a branch keep. */
export interface LeastTime {
  readonly seconds: number;
  /** of filling and emptying the pipeline, with what waiting adds */
  readonly fillingSeconds: number;
  /** factor of what is lost between kernels and to waiting for others */
  readonly waiting: number;
}

/**
 * Least time of a step with these degrees, whatever is recomputed, sharded or offloaded.
 *
 *   t ≥ (m · t_s + (p − 1) / v · t_s + (m + p − 1) · t_transfer) · (1 + ω + σ · log₂ G) + t_fixed
 *   t_s = (L · (forward + backward + communication of a layer) + output head) / p
 *
 * m micro-batches per replica [1] · L layers [1] · p stages [1] · v most chunks per stage [1]; other schedules than the plain
 * one fill and empty the pipeline in no less than no time. The rest as in stepTime, which adds recomputation, launches, uneven
 * stages, the exchange of gradients and the optimizer: none of them is negative.
 */
export function leastTime(
  job: TrainingJob,
  costs: LayerCosts,
  chunks: readonly AxisValue[],
  constants: TrainingConstants,
): LeastTime {
  const { layer, head } = costs;
  const { pipelineParallel: stages, schedule } = job.layout;
  const m = microBatches(job);
  const forward = layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
  const computed = forward + layer.backward;
  const experts = hidesExperts(job, costs.device)
    ? Math.max(0, costs.expertsWhole - computed)
    : costs.experts;
  const perLayer = computed + costs.tensor + experts + costs.context;
  const even = (job.architecture.layers * perLayer + head) / stages;
  const mostChunks = chunks.reduce<number>((most, count) => Math.max(most, Number(count)), 1);
  const filling = schedule === undefined ? ((stages - 1) / mostChunks) * even : 0;
  const transfers = (m + stages - 1) * pipelineTransferSeconds(job, costs.device, constants);
  const accelerators = acceleratorsPerReplica(job.layout) * job.dataParallel;
  const waiting =
    1 + constants.softwareOverhead + constants.waitingPerDoubling * Math.log2(accelerators);
  return {
    seconds: (m * even + filling + transfers) * waiting + constants.stepFixed,
    fillingSeconds: waiting * filling,
    waiting,
  };
}

/**
 * Least time of a layout that differs from another in its chunks alone: its bubble is no shorter than filling the pipeline with the
 * most chunks there are, it hands over activations no less often than with one, and it hides no more of an exchange than can be.
 */
export function leastWithOtherChunks(withOne: ChunkedStep, least: LeastTime): number {
  const shorter = least.waiting * (withOne.bubble + withOne.hideable);
  return withOne.total - shorter + least.fillingSeconds;
}

/** What a branch costs at a point of the space. */
export interface BranchCosts {
  costs(): LayerCosts;
  least(costs: LayerCosts, chunks: readonly AxisValue[]): LeastTime;
}

/** Every branch at a size with one of these tensor-parallel degrees, the one that could be fastest first. */
export function listBranches(
  at: SpacePoint,
  tensorParallel: readonly number[],
  regions: Regions,
  branchCosts: BranchCosts,
  sizeTally: Tally,
): Branch[] {
  const branches: Branch[] = [];
  const tallies: Tally[] = [sizeTally];
  const walk = (depth: number): void => {
    const axis = branchAxes[depth];
    if (axis === undefined) {
      const costs = branchCosts.costs();
      const chunks = chunkAxis.values(at);
      branches.push({
        layout: { ...at.layout },
        dataParallel: at.dataParallel,
        hasSequenceParallel: at.hasSequenceParallel,
        costs,
        least: branchCosts.least(costs, chunks),
        chunks,
        tallies: [...tallies],
      });
      return;
    }
    const values = depth === 0 ? tensorParallel : axis.values(at);
    if (values.length === 0) for (const tally of tallies) tally.isIndivisible = true;
    for (const value of values) {
      axis.put(at, value);
      tallies.push(regions.tally(axis.key, value));
      walk(depth + 1);
      tallies.pop();
    }
  };
  walk(0);
  return branches.sort((one, other) => one.least.seconds - other.least.seconds);
}
