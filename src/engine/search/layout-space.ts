import type { ContextExchange, PipelineSchedule, Recompute, ZeroStage } from '../plan';
import type { ScheduleChoice } from './schedule-space';
import type { LayoutQuestion } from './layout-question';

/** Values that an axis of the space is held to; an axis that is not named is free. */
export interface LayoutConstraints {
  readonly tensorParallel?: readonly number[];
  readonly pipelineParallel?: readonly number[];
  readonly virtualStages?: readonly number[];
  readonly contextParallel?: readonly number[];
  readonly expertParallel?: readonly number[];
  readonly dataParallel?: readonly number[];
  readonly microBatch?: readonly number[];
  readonly recompute?: readonly Recompute[];
  readonly zeroStage?: readonly ZeroStage[];
  readonly sequenceParallel?: readonly boolean[];
  readonly schedule?: readonly ScheduleChoice[];
  readonly contextExchange?: readonly ContextExchange[];
}

const recomputations: readonly Recompute[] = ['none', 'selective', 'full'];
const zeroStages: readonly ZeroStage[] = [0, 1, 2, 3];
const widestTensorParallel = 32;
const widestContextParallel = 64;
/** No axis is longer: absurd numbers must end in an answer too. */
const longestAxis = 4096;
const fewestTokens = 128;
const mostMicroBatch = 64;

/** Divisors of a whole number up to the largest wanted, in ascending order; none of a number that is not whole. */
export function divisors(value: number, largest: number): number[] {
  if (!Number.isInteger(value) || value < 1) return [];
  const found: number[] = [];
  const most = Math.min(value, largest, longestAxis);
  for (let candidate = 1; candidate <= most; candidate += 1) {
    if (value % candidate === 0) found.push(candidate);
  }
  return found;
}

/** Tensor-parallel degrees: divisors of the heads and of the accelerators. */
export function tensorDegrees(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
): readonly number[] {
  const { architecture, accelerators } = question;
  if (constraints.tensorParallel) return constraints.tensorParallel;
  return divisors(architecture.heads, widestTensorParallel).filter(
    (degree) => accelerators % degree === 0,
  );
}

/** Context-parallel degrees: powers of two that leave each rank at least 128 tokens. */
export function contextDegrees(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
  ranks: number,
): readonly number[] {
  if (constraints.contextParallel) return constraints.contextParallel;
  const degrees = [1];
  const most = Math.min(widestContextParallel, question.sequenceLength / fewestTokens);
  for (let degree = 2; degree <= most && ranks % degree === 0; degree *= 2) degrees.push(degree);
  return degrees;
}

/** Pipeline degrees: divisors of the accelerators that are left, with at least one layer per stage. */
export function pipelineDegrees(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
  ranks: number,
): readonly number[] {
  const degrees = constraints.pipelineParallel ?? divisors(ranks, question.architecture.layers);
  return degrees.filter((degree) => degree <= question.architecture.layers);
}

/** Expert-parallel degrees: divisors of the experts that also divide the ranks of a stage. */
export function expertDegrees(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
  ranksOfStage: number,
): readonly number[] {
  const experts = question.architecture.mixtureOfExperts?.experts;
  if (experts === undefined) return [1];
  if (constraints.expertParallel) return constraints.expertParallel;
  return divisors(experts, ranksOfStage).filter((degree) => ranksOfStage % degree === 0);
}

/** Micro-batches: divisors of what one replica works on in a step. */
export function microBatchSizes(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
  dataParallel: number,
): readonly number[] {
  if (constraints.microBatch) return constraints.microBatch;
  const perReplica = question.globalBatch / dataParallel;
  if (perReplica < 1) return [1];
  const sizes = divisors(perReplica, mostMicroBatch);
  return sizes.length > 0 ? sizes : [1];
}

/**
 * Chunks per pipeline stage: from one to as many as the stage has layers; uneven chunks cost what their longest does. The interleaved schedule needs micro-batches in whole rounds
 * of the pipeline; schedules of another kind have chunks of their own.
 *
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473 (from memory).
 */
export function chunkCounts(
  question: LayoutQuestion,
  constraints: LayoutConstraints,
  stages: number,
  microBatches: number,
  schedule?: PipelineSchedule,
): readonly number[] {
  const wanted = constraints.virtualStages;
  if (schedule !== undefined) return wanted ? wanted.filter((count) => count === 1) : [1];
  if (wanted) return wanted;
  if (stages === 1 || microBatches % stages !== 0) return [1];
  const most = Math.min(longestAxis, Math.ceil(question.architecture.layers / stages));
  return Array.from({ length: most }, (_, index) => index + 1);
}

export function recomputeChoices(constraints: LayoutConstraints): readonly Recompute[] {
  return constraints.recompute ?? recomputations;
}

export function zeroChoices(constraints: LayoutConstraints): readonly ZeroStage[] {
  return constraints.zeroStage ?? zeroStages;
}

/** Sequence parallelism on and off, where tensor parallelism gives it something to divide. */
export function sequenceChoices(
  constraints: LayoutConstraints,
  tensorParallel: number,
): readonly boolean[] {
  if (constraints.sequenceParallel) return constraints.sequenceParallel;
  return tensorParallel > 1 ? [true, false] : [true];
}
