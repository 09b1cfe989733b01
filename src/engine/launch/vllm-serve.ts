import type { LaunchService } from './serving';
import { cacheGap, commandText, formOf, narrowCheckpoint, wideTypes } from './serving-text';
import type { LaunchSettings } from './types';

/**
 * The command of vLLM for one replica.
 *
 * Leaves out: the model's context, which it reads from the checkpoint; chunked prefill, which is its default.
 * Source: engine arguments of vLLM 0.8.5, https://docs.vllm.ai/en/v0.8.5/serving/engine_args.html, read 2026-11-25.
 */
export function vllmServeLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch, memoryFraction } = service;
  const { pipelineParallel, expertParallel, attentionDataParallel, adapters } = service;
  const dtype = wideTypes[weightPrecision];
  return {
    tool: 'vLLM',
    form: formOf(service),
    text: commandText('vllm serve CHECKPOINT', [
      `--tensor-parallel-size ${String(tensorParallel / attentionDataParallel)}`,
      ...(attentionDataParallel > 1
        ? [`--data-parallel-size ${String(attentionDataParallel)}`]
        : []),
      ...(pipelineParallel > 1 ? [`--pipeline-parallel-size ${String(pipelineParallel)}`] : []),
      ...(expertParallel > 1 ? ['--enable-expert-parallel'] : []),
      ...(adapters === null
        ? []
        : [
            '--enable-lora',
            `--max-loras ${String(adapters.count)}`,
            `--max-lora-rank ${String(adapters.rank)}`,
          ]),
      `--max-num-seqs ${String(batch)}`,
      `--gpu-memory-utilization ${String(memoryFraction)}`,
      ...(dtype ? [`--dtype ${dtype}`] : []),
      ...(weightPrecision === 'fp8' ? ['--quantization fp8'] : []),
      ...(keyValuePrecision === 'fp8' ? ['--kv-cache-dtype fp8'] : []),
    ]),
    cannot: [
      ...(weightPrecision === 'fp8'
        ? ['A checkpoint already stored in FP8 needs no --quantization.']
        : []),
      ...narrowCheckpoint(weightPrecision),
      ...cacheGap(keyValuePrecision),
    ],
    source: 'docs.vllm.ai, engine arguments, read 2026-11-25',
  };
}
