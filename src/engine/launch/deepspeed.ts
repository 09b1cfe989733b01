import type { LaunchJob, LaunchSettings } from './types';

/**
 * The configuration file of DeepSpeed for a layout.
 *
 * Leaves out: pipeline, sequence and expert parallelism and recomputation, which DeepSpeed takes from the program.
 * Source: docs/_pages/config-json.md at 00376da, https://github.com/deepspeedai/DeepSpeed, and
 * https://www.deepspeed.ai/tutorials/autotp-training, read 2026-11-25.
 */
export function deepSpeedLaunch(job: LaunchJob): LaunchSettings {
  const { layout, globalBatch, dataParallel, precision } = job;
  const accumulation = Math.max(1, globalBatch / (dataParallel * layout.microBatch));
  const config = {
    train_batch_size: globalBatch,
    train_micro_batch_size_per_gpu: layout.microBatch,
    gradient_accumulation_steps: accumulation,
    zero_optimization: { stage: layout.zeroStage },
    ...(precision === 'fp16' ? { fp16: { enabled: true } } : { bf16: { enabled: true } }),
    ...(layout.tensorParallel > 1
      ? { tensor_parallel: { autotp_size: layout.tensorParallel } }
      : {}),
  };
  const { pipelineParallel, contextParallel, expertParallel, recompute, virtualStages } = layout;
  return {
    tool: 'DeepSpeed',
    form: 'Configuration file (JSON)',
    text: JSON.stringify(config, null, 2),
    cannot: [
      ...(pipelineParallel > 1
        ? [
            `${pipelineParallel} pipeline stages are set in the program, with PipelineModule(num_stages=${pipelineParallel}).`,
          ]
        : []),
      ...(virtualStages > 1 ? ['Interleaved stages do not exist.'] : []),
      ...(pipelineParallel > 1 && layout.zeroStage >= 2
        ? ['The pipeline engine does not work with ZeRO 2 or 3.']
        : []),
      ...(layout.tensorParallel > 1 && layout.zeroStage === 3
        ? ['Automatic tensor parallelism works with ZeRO 0 to 2.']
        : []),
      ...(contextParallel > 1
        ? [`Context parallelism over ${contextParallel} is set in the program (Ulysses).`]
        : []),
      ...(expertParallel > 1
        ? [`Experts over ${expertParallel} ranks are set in the program, in the MoE layer.`]
        : []),
      ...(recompute === 'none' ? [] : ['What is recomputed is chosen in the program.']),
      ...(precision === 'fp8' || precision === 'fp4'
        ? ['8-bit and 4-bit training has no field here; the file says BF16.']
        : []),
    ],
    source: 'deepspeedai/DeepSpeed, config-json.md, read 2026-11-25',
  };
}
