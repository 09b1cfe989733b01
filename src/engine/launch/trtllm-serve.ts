import type { LaunchService } from './serving';
import { adapterGap, commandText, formOf } from './serving-text';
import type { LaunchSettings } from './types';

/**
 * The command of TensorRT-LLM for one replica.
 *
 * Leaves out: the share of the free memory for the cache, which it counts after the weights and the plan counts before them.
 * Source: tensorrt_llm/commands/serve.py at 00209af, https://github.com/NVIDIA/TensorRT-LLM, read 2026-11-25.
 */
export function trtllmServeLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch } = service;
  const { pipelineParallel, expertParallel, attentionDataParallel, adapters } = service;
  return {
    tool: 'TensorRT-LLM',
    form: formOf(service),
    text: commandText('trtllm-serve CHECKPOINT', [
      '--backend pytorch',
      `--tp_size ${String(tensorParallel)}`,
      ...(pipelineParallel > 1 ? [`--pp_size ${String(pipelineParallel)}`] : []),
      ...(expertParallel > 1 ? [`--ep_size ${String(expertParallel)}`] : []),
      `--max_batch_size ${String(batch)}`,
    ]),
    cannot: [
      ...adapterGap(adapters),
      ...(attentionDataParallel > 1
        ? ['Attention in groups is chosen in the file given with --config: enable_attention_dp.']
        : []),
      ...(weightPrecision === 'bf16' || weightPrecision === 'fp16'
        ? []
        : [
            `CHECKPOINT must already be stored in ${weightPrecision.toUpperCase()}; no option converts it.`,
          ]),
      ...(keyValuePrecision === 'bf16' || keyValuePrecision === 'fp16'
        ? []
        : [
            `A cache in ${keyValuePrecision.toUpperCase()} is chosen by the checkpoint or by the file given with --config.`,
          ]),
    ],
    source: 'NVIDIA/TensorRT-LLM, commands/serve.py, read 2026-11-25',
  };
}
