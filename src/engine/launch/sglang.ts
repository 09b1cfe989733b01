import type { LaunchService } from './serving';
import {
  adapterGap,
  cacheGap,
  commandText,
  formOf,
  narrowCheckpoint,
  wideTypes,
} from './serving-text';
import type { LaunchSettings } from './types';

/**
 * The command of SGLang for one replica.
 *
 * Leaves out: the share of the memory for weights and cache (--mem-fraction-static), which counts other buffers than the plan
 * does.
 * Adapters that are loaded by name later need their highest rank and the matrices that they stand beside.
 *
 * Source: server arguments of SGLang, https://docs.sglang.io/advanced_features/server_arguments.html, and
 * https://docs.sglang.io/advanced_features/lora.html, read 2026-11-29.
 */
export function sglangLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch } = service;
  const { pipelineParallel, expertParallel, attentionDataParallel, adapters } = service;
  const dtype = wideTypes[weightPrecision];
  return {
    tool: 'SGLang',
    form: formOf(service),
    text: commandText('python -m sglang.launch_server --model-path CHECKPOINT', [
      `--tp-size ${String(tensorParallel)}`,
      ...(attentionDataParallel > 1
        ? [`--dp-size ${String(attentionDataParallel)}`, '--enable-dp-attention']
        : []),
      ...(pipelineParallel > 1 ? [`--pp-size ${String(pipelineParallel)}`] : []),
      ...(expertParallel > 1 ? [`--ep-size ${String(expertParallel)}`] : []),
      ...(adapters === null
        ? []
        : [
            '--enable-lora',
            `--max-loras-per-batch ${String(adapters.count)}`,
            `--max-lora-rank ${String(adapters.rank)}`,
            '--lora-target-modules all',
          ]),
      `--max-running-requests ${String(batch)}`,
      ...(dtype ? [`--dtype ${dtype}`] : []),
      ...(weightPrecision === 'fp8' ? ['--quantization fp8'] : []),
      ...(keyValuePrecision === 'fp8' ? ['--kv-cache-dtype fp8_e4m3'] : []),
    ]),
    cannot: [
      ...(service.isOnCpu ? ['Processors need a build of SGLang for CPUs.'] : []),
      ...adapterGap(adapters),
      ...(weightPrecision === 'fp8'
        ? ['A checkpoint already stored in FP8 needs no --quantization.']
        : []),
      ...narrowCheckpoint(weightPrecision),
      ...cacheGap(keyValuePrecision),
    ],
    source: 'docs.sglang.io, server arguments and LoRA, read 2026-11-29',
  };
}
