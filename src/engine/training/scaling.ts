import type { EvaluatedTraining } from './evaluated-training';
import { acceleratorsPerReplica, type TrainingJob } from './job';
import { trainingMemory } from './memory';
import { layerCosts } from './layer-costs';
import { stepTimeOf } from './step-time';

/** The planned layout on another number of accelerators. */
export interface ScalingPoint {
  readonly accelerators: number;
  readonly globalBatch: number;
  readonly stepSeconds: number;
  readonly tokensPerSecond: number;
  /** rate of an accelerator over that in the smallest of the points, 0–1 and beyond */
  readonly efficiency: number;
  /** the layout fits into memory there */
  readonly fits: boolean;
}

export interface Scaling {
  /** the same batch on more accelerators */
  readonly strong: readonly ScalingPoint[];
  /** a batch that grows with them */
  readonly weak: readonly ScalingPoint[];
}

const doublings = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5] as const;

/**
 * What the planned layout does on a half, a quarter … and on twice, four times … the accelerators: only data parallelism changes.
 *
 *   strong: B' = B       weak: B' = B · G' / G        efficiency = (X' / G') / (X₀ / G₀)
 *
 * B sequences per step · G accelerators · X tokens per second · ₀ the smallest of the points
 *
 * Points at which the batch does not divide into whole micro-batches are left out.
 * Leaves out: better layouts for those numbers; failures, which grow with the accelerators.
 * Source: definitions.
 */
export function trainingScaling(evaluated: EvaluatedTraining): Scaling {
  return {
    strong: pointsOf(evaluated, () => 1),
    weak: pointsOf(evaluated, (factor) => factor),
  };
}

function pointsOf(
  evaluated: EvaluatedTraining,
  batchFactor: (factor: number) => number,
): ScalingPoint[] {
  const { job, modelled, stepSeconds } = evaluated;
  if (modelled === null || stepSeconds === null) return [];
  const factors = doublings.map((power) => 2 ** power);
  const jobs = factors.flatMap((factor) => jobAt(job, factor, batchFactor(factor)) ?? []);
  const points = jobs.map((one) => pointOf(one, evaluated, stepSeconds / modelled.total));
  const [first] = points;
  if (first === undefined) return [];
  const rate = first.tokensPerSecond / first.accelerators;
  return points.map((point) => ({
    ...point,
    efficiency: point.tokensPerSecond / point.accelerators / rate,
  }));
}

function jobAt(job: TrainingJob, factor: number, batchFactor: number): TrainingJob | null {
  const dataParallel = job.dataParallel * factor;
  const globalBatch = job.globalBatch * batchFactor;
  const perReplica = globalBatch / (dataParallel * job.layout.microBatch);
  const isWhole =
    Number.isInteger(dataParallel) && Number.isInteger(globalBatch) && perReplica >= 1;
  // A batch that the plan itself does not divide is the plan's problem, not that of one point.
  const isPlanned = factor === 1;
  return isWhole && (isPlanned || Number.isInteger(perReplica))
    ? { ...job, dataParallel, globalBatch }
    : null;
}

function pointOf(
  job: TrainingJob,
  { device, constants }: EvaluatedTraining,
  measuredRatio: number,
): ScalingPoint {
  const accelerators = acceleratorsPerReplica(job.layout) * job.dataParallel;
  const step = stepTimeOf(job, layerCosts(job, device, constants), constants);
  const stepSeconds = step.total * measuredRatio;
  return {
    accelerators,
    globalBatch: job.globalBatch,
    stepSeconds,
    tokensPerSecond: (job.globalBatch * job.sequenceLength) / stepSeconds,
    efficiency: 1,
    fits: trainingMemory(job, constants).total <= device.memoryBytes,
  };
}
