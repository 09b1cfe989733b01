import type { Plan } from '@engine/plan';
import { formatValue } from '@shared/format/value';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';
import { firstTrainingChoice } from '../training/training-choice';
import { trainingPlan } from '../training/training-run';

/** What the reader chooses: how large the matrices are, and how many GPUs share the product. */
export interface ParallelChoice {
  readonly edge: number;
  readonly gpus: number;
}

export const gpuId = 'h100-sxm';
export const cpuId = 'xeon-6980p';

/** Edges from 1,024 to 131,072, doubled each time. */
export const edgeSteps: readonly number[] = Array.from(
  { length: 8 },
  (_, step) => 1_024 * 2 ** step,
);

/** 1 to 4,096 GPUs. */
export const gpuCounts: readonly number[] = Array.from({ length: 13 }, (_, step) => 2 ** step);

/** 1 to all 128 cores of the CPU. */
export const coreCounts: readonly number[] = gpuCounts.filter((count) => count <= 128);

const count = (value: number, locale: string) => formatValue(value, '', locale);

export const edgeRange: ChoiceRange = {
  label: 'Rows and columns of each matrix',
  steps: edgeSteps,
  unit: 'count',
  text: count,
  isWhole: true,
};

export const gpuRange: ChoiceRange = {
  label: 'GPUs that share the product',
  steps: gpuCounts,
  unit: 'count',
  text: count,
  isWhole: true,
};

export const parallelChoice = createChoice<ParallelChoice>({ edge: 16_384, gpus: 8 });

/** A run of which the product is the innermost part, for readers without a plan of their own. */
export function parallelPlan(): Plan {
  return trainingPlan(firstTrainingChoice);
}
