import type { TrainingLayout } from '../plan';

/** Time of one micro-batch on one stage [s]: all of it, its forward pass, and its gradients of weights. */
export interface StagePass {
  readonly whole: number;
  readonly forward: number;
  readonly weightGradients: number;
}

/**
 * Time in which a stage waits while the pipeline fills and empties.
 *
 *   one forward, one backward   (p − 1) · t / v
 *   zero-bubble (ZB-H1)         (p − 1) · (t − 2·W)
 *   DualPipe                    (p / 2 − 1) · (2·t − F − 3·W)
 *
 * p stages [1] · v chunks per stage [1] · t forward and backward pass of one micro-batch on a stage [s] · F its forward pass [s] ·
 * W its gradients of weights [s]. Both of the latter need no communication of their own.
 *
 * Leaves out: more memory for a smaller bubble (ZB-H2); the optimizer step that zero-bubble schedules validate late.
 * Source: Narayanan et al. 2021, https://arxiv.org/abs/2104.04473; Qi et al. 2023, https://arxiv.org/abs/2401.10241;
 * DeepSeek-AI 2024, DeepSeek-V3, table 2, https://arxiv.org/abs/2412.19437; all from memory.
 */
export function bubbleSeconds(
  { pipelineParallel: stages, virtualStages, schedule }: TrainingLayout,
  { whole, forward, weightGradients }: StagePass,
): number {
  if (stages === 1) return 0;
  switch (schedule) {
    case undefined:
      return ((stages - 1) / virtualStages) * whole;
    case 'zero-bubble':
      return (stages - 1) * Math.max(0, whole - 2 * weightGradients);
    case 'dualpipe':
      return Math.max(0, stages / 2 - 1) * Math.max(0, 2 * whole - forward - 3 * weightGradients);
  }
}
