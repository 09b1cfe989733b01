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

/** Ranks for which vLLM reserves room; a rank in between takes the next one. */
const adapterRanks = [1, 8, 16, 32, 64, 128, 256, 320, 512];

/**
 * The command of vLLM for one replica.
 *
 * Experts are spread over all ranks of a stage: their degree is that of tensor times that of data parallelism, and no option
 * names another.
 *
 * Leaves out: the model's context, which it reads from the checkpoint; chunked prefill, which is its default.
 * Source: engine arguments of vLLM 0.8.5, https://docs.vllm.ai/en/v0.8.5/serving/engine_args.html; degree of experts,
 * https://docs.vllm.ai/en/latest/serving/expert_parallel_deployment/; ranks of adapters, vllm/config/lora.py, MaxLoRARanks,
 * https://docs.vllm.ai/en/v0.22.1/api/vllm/config/lora/. Read 2026-11-29.
 */
export function vllmServeLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch, memoryFraction } = service;
  const { pipelineParallel, expertParallel, attentionDataParallel, adapters, isOnCpu } = service;
  const dtype = wideTypes[weightPrecision];
  const rank = adapters && adapterRanks.find((known) => known >= adapters.rank);
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
            ...(rank ? [`--max-lora-rank ${String(rank)}`] : []),
          ]),
      `--max-num-seqs ${String(batch)}`,
      ...(isOnCpu ? [] : [`--gpu-memory-utilization ${String(memoryFraction)}`]),
      ...(dtype ? [`--dtype ${dtype}`] : []),
      ...(weightPrecision === 'fp8' ? ['--quantization fp8'] : []),
      ...(keyValuePrecision === 'fp8' ? ['--kv-cache-dtype fp8'] : []),
    ]),
    cannot: [
      ...(isOnCpu
        ? ['Processors need a build of vLLM for CPUs; no option here sizes its cache.']
        : []),
      ...adapterGap(adapters),
      ...(adapters !== null && !rank
        ? [`Adapters of rank ${String(adapters.rank)} are not known; the highest rank is 512.`]
        : []),
      ...(expertParallel > 1 && expertParallel !== tensorParallel
        ? [
            `Experts are spread over all ${String(tensorParallel)} accelerators of a stage; no option names ${String(expertParallel)}.`,
          ]
        : []),
      ...(weightPrecision === 'fp8'
        ? ['A checkpoint already stored in FP8 needs no --quantization.']
        : []),
      ...narrowCheckpoint(weightPrecision),
      ...cacheGap(keyValuePrecision),
    ],
    source: 'docs.vllm.ai, engine arguments and configuration, read 2026-11-29',
  };
}
