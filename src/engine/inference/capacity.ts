import { cacheBytesOf } from './attention';
import { reservedBytes } from './reserved-memory';
import type { Serving } from './serving';

/** What one accelerator's memory holds, in bytes. */
export interface ServingMemory {
  readonly usable: number;
  readonly weights: number;
  readonly workspace: number;
  /** left for the key–value cache; negative when the weights do not fit */
  readonly cache: number;
}

/**
 * Memory of one accelerator of a replica.
 *
 *   M_cache = v · (u · g · M − W / (T · P) − M_work)
 *
 * M memory [B] · g bytes behind each GB that it is sold by, over 10⁹ [1] · u share the engine may fill, of SGLang 1 − M_free / (g · M), see reservedBytes · v share of what is then
 * left that the cache is given: TensorRT-LLM states that instead of u [1] · W weights [B] · T, P tensor- and pipeline-parallel degree [1] ·
 * M_work activations, captured graphs and buffers [B]
 *
 * Leaves out: adapters, prefix caches kept beyond the requests in flight, fragmentation.
 * Source: memory budget of vLLM, Kwon et al. 2023, https://arxiv.org/abs/2309.06180; free_gpu_memory_fraction of TensorRT-LLM (both
 * from memory).
 */
export function servingMemory(serving: Serving): ServingMemory {
  const { device, constants } = serving;
  const memory = device.memoryBytes * constants.gibibytes;
  const isReserved = constants.activationReserveBytes > 0;
  const usable = isReserved ? memory - reservedBytes(serving) : memory * constants.memoryFraction;
  const weights = serving.weightBytesPerAccelerator;
  const workspace = serving.constants.workspaceBytes;
  const free = usable - weights - workspace;
  return {
    usable,
    weights,
    workspace,
    cache: free > 0 ? serving.constants.cacheFraction * free : free,
  };
}

/**
 * Largest number of requests in flight whose caches fit.
 *
 *   B_max = min(⌊ M_cache / M(c) ⌋ + ⌊ M_host / M(c) ⌋, B_engine),   0 where not one fits beside the weights
 *
 * M_cache memory left for the cache on one accelerator [B] · M(c) cache of one request on it, see cacheBytesOf [B] ·
 * c tokens kept per request [1]: prompt + half the answer when requests are at different points of their answers ·
 * M_host host memory kept for the cache of one accelerator [B] · B_engine requests that the serving engine accepts on one replica [1]
 *
 * Leaves out: preemption when many requests end late together.
 * Source: definition.
 */
export function maximumBatch(serving: Serving, contextTokens: number): number {
  const resident = residentBatch(serving, contextTokens);
  if (resident < 1) return 0;
  const bytes = cacheBytesOf(serving, contextTokens);
  const hosted = bytes > 0 ? Math.floor((serving.hostCacheBytes ?? 0) / bytes) : 0;
  return Math.min(resident + hosted, serving.constants.largestBatch);
}

/** Requests in flight whose caches the accelerators' own memory holds: ⌊ M_cache / M(c) ⌋, symbols as in maximumBatch. */
export function residentBatch(serving: Serving, contextTokens: number): number {
  const { cache } = servingMemory(serving);
  return Math.max(0, Math.floor(cache / cacheBytesOf(serving, contextTokens)));
}
