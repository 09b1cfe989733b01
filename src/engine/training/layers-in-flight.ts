import { microBatches, type TrainingJob } from './job';

/**
 * Layer activations that one pipeline stage holds at once, counted in layers × micro-batches.
 *
 *   1F1B          n = min(p − i, m) · L / p
 *   interleaved   n = min(2·(p − i − 1) + (v − 1)·p + 1, m·v) · L / (p·v)
 *
 * p stages [1] · i index of the stage [1] · m micro-batches per step [1] · v chunks per stage [1] · L layers [1].
 * On the first interleaved stage with many micro-batches this is L · (1 + (p − 1) / (p·v)).
 *
 * Leaves out: uneven splits of layers.
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473; Korthikanti et al. 2022, appendix C,
 * https://arxiv.org/abs/2205.05198; both from memory.
 */
export function layersInFlight(
  layers: number,
  stages: number,
  stage: number,
  chunks: number,
  microBatchesPerStep: number,
): number {
  if (chunks <= 1) {
    return (Math.min(stages - stage, microBatchesPerStep) * layers) / stages;
  }
  const warmUp = 2 * (stages - stage - 1) + (chunks - 1) * stages + 1;
  return (Math.min(warmUp, microBatchesPerStep * chunks) * layers) / (stages * chunks);
}

/**
 * The same in the schedule of a job. A zero-bubble schedule (ZB-H1) holds what one forward, one backward does; DualPipe one
 * micro-batch more than the pipeline has stages, on every stage.
 *
 *   DualPipe      n = min(p + 1, m) · L / p
 *
 * Source: Qi et al. 2023, https://arxiv.org/abs/2401.10241; DeepSeek-AI 2024, DeepSeek-V3, table 2,
 * https://arxiv.org/abs/2412.19437; both from memory.
 */
export function stageLayersInFlight(job: TrainingJob, stage: number): number {
  const { pipelineParallel: stages, virtualStages, schedule } = job.layout;
  const { layers } = job.architecture;
  const perStep = microBatches(job);
  if (schedule === 'dualpipe' && stages > 1)
    return (Math.min(stages + 1, perStep) * layers) / stages;
  return layersInFlight(layers, stages, stage, virtualStages, perStep);
}
