import type { LaunchJob } from './types';

/** Optimizers as Megatron Core names them; Adafactor is none of them. */
export function megatronOptimizer({ layout }: LaunchJob): string | null {
  const { optimizer } = layout;
  return optimizer === undefined || optimizer === 'adafactor' ? null : optimizer;
}

/** Layers whose activations Megatron Core can send to the host whole: without a pipeline, and where none is recomputed. */
export function wholeOffloadedLayers({ layout }: LaunchJob): number | null {
  const { offloadedLayers, pipelineParallel, recompute } = layout;
  return pipelineParallel === 1 && recompute === 'none' ? (offloadedLayers ?? null) : null;
}

/** Said where fully sharded weights are to live in the host's memory. */
export const weightsStay = 'Weights stay on the accelerators in Megatron Core.';

/** What of the host's memory and of optimizers Megatron Core has no field for. */
export function megatronHostNeeds(job: LaunchJob): string[] {
  const { optimizer, offloadsWeights, offloadedLayers } = job.layout;
  return [
    ...(optimizer === 'adafactor' ? ['Adafactor does not exist in Megatron Core.'] : []),
    ...(offloadsWeights ? [weightsStay] : []),
    ...(offloadedLayers !== undefined && wholeOffloadedLayers(job) === null
      ? [
          'Activations of whole layers go to the host without a pipeline and recomputation alone; with them, fine-grained activation offloading takes parts of layers by name.',
        ]
      : []),
  ];
}
