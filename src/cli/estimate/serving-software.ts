import { findSoftware, type SoftwareGeneration } from '@engine/inference/software';
import { namesEntry, type CaseServing } from './case';

/** Generations of vLLM that schedule a step when the last one has ended, unless they are told otherwise. */
const waiting = /^vllm-(?:0\.9|2024|2025)$/;

/**
 * The generation of the serving software of a case. Entries to MLPerf that name TensorRT-LLM run engines built ahead through
 * its C++ executor, whatever the year: what TensorRT-LLM was to everybody until 2024. Those with vLLM schedule several steps at a time or
 * beside the one that runs, which its releases did by themselves from 2026 on: 32,000 tokens/s of Llama 2 70B on eight MI325X leave no
 * 55 µs for each of their requests in every step.
 */
export function servingSoftware({
  engine,
  mlperf_scenario,
  weights_precision: format,
}: CaseServing): SoftwareGeneration {
  const found = findSoftware(engine);
  const isEightBit = /int8|8-?bit/i.test(format ?? '');
  if (found === 'pytorch' && isEightBit && /bitsandbytes|\bbnb\b/i.test(`${engine} ${format}`))
    return 'bitsandbytes';
  if (mlperf_scenario && waiting.test(found)) return 'current';
  return found === 'trtllm-2025' && mlperf_scenario ? 'trtllm-2024' : found;
}

/** Whether a case is an entry to MLPerf, by its scenario or by the name of its engine. */
export function isEntry({ engine, mlperf_scenario }: CaseServing): boolean {
  return Boolean(mlperf_scenario) || namesEntry(engine);
}

/** Whether a case is an entry to MLPerf with TensorRT of 2025: kernels fused and chosen for the benchmark's own shapes. */
export function isTunedEntry({ engine, mlperf_scenario }: CaseServing): boolean {
  const minor = /tensorrt 10\.(\d+)/i.exec(engine ?? '')?.[1];
  return Boolean(mlperf_scenario) && minor !== undefined && Number(minor) >= 8;
}

/**
 * Whether frameworks keep a cache in place that Transformers copies with each token: IPEX ("indirect access KV cache",
 * https://intel.github.io/intel-extension-for-pytorch/, from memory), SynapseAI's static graphs, entries to MLPerf.
 */
export function keepsCacheInPlace(given: CaseServing): boolean {
  return isEntry(given) || /ipex|intel|synapse/i.test(given.engine ?? '');
}

/** Engines that accept so many requests, let others wait and start one when another ends. */
const servers =
  /vllm|sglang|sgl-|tensorrt|trt|nim\b|lmdeploy|turbomind|tgi|atom|mii|jetstream|boost|shark|ollama|mindie|server/i;

/** Whether software schedules requests by itself; what is not named is taken for a server. */
export function isServer(engine: string | null | undefined): boolean {
  return !engine || servers.test(engine);
}

/**
 * Whether an entry to MLPerf runs its batches until the last answer of each has ended: those with TensorRT-LLM of 2023. Requests that
 * join and leave a running batch (in-flight sequence batching) came to entries with v4.0, which nearly tripled GPT-J on the same H100:
 * https://developer.nvidia.com/blog/nvidia-h200-tensor-core-gpus-and-nvidia-tensorrt-llm-set-mlperf-llm-inference-records/, read 2026-11-30.
 */
export function runsWholeBatches(given: CaseServing): boolean {
  return Boolean(given.mlperf_scenario) && servingSoftware(given) === 'trtllm-0.7';
}

/**
 * Whether steps are launched kernel by kernel because the server was told so: `--enforce-eager` of vLLM, `--disable-cuda-graph` of SGLang
 * (https://docs.vllm.ai, https://docs.sglang.ai, from memory).
 */
export function launchesEagerly(engine: string | null | undefined): boolean {
  return /\beager\b|\b(?:no|without|disable[ds]?)[- ]cuda[- ]?graphs?|cuda[- ]?graphs? (?:off|disabled)/i.test(
    engine ?? '',
  );
}
