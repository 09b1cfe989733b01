import type { Device } from '@engine/hardware/device';
import type { TrainingJob } from '@engine/training/job';

type Assume = (sentence: string) => void;

/**
 * The pipeline schedule where a case names none. Stacks that compute experts in 8 bits and spread them beyond the scale-up
 * domain run a second micro-batch against their exchange: DeepSeek's own (DualPipe) and, in 2025, Megatron Core's; older
 * ones, which compute in 16 bits, wait for it.
 *
 * Chunks per stage that nobody states are one. Leaves out: stated ones, whose schedules have an order of their own; a pipeline of an odd number of stages.
 * Source: DeepSeek-AI 2024, DeepSeek-V3, section 3.2.1, https://arxiv.org/abs/2412.19437; Scalable training of MoE with
 * Megatron Core 2026, https://arxiv.org/abs/2603.07685; both from memory.
 */
export function withUsualSchedule(
  job: TrainingJob,
  device: Device,
  assume: Assume,
  areChunksOpen = false,
): TrainingJob {
  const { pipelineParallel, virtualStages, expertParallel, schedule } = job.layout;
  const reach = expertParallel * (job.expertTensorParallel ?? 1);
  const isPaired = pipelineParallel > 1 && pipelineParallel % 2 === 0;
  const isWhole = virtualStages === 1 || areChunksOpen;
  const isNarrow = job.precision === 'fp8' || job.precision === 'fp4';
  if (
    schedule !== undefined ||
    !isPaired ||
    !isWhole ||
    !isNarrow ||
    reach <= device.scaleUp.domain
  )
    return job;
  assume('experts exchanged behind the other micro-batch (DualPipe): no schedule given');
  return { ...job, layout: { ...job.layout, virtualStages: 1, schedule: 'dualpipe' } };
}
