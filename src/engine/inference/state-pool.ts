import { cacheBytesOf, stateBytesOf } from './attention';
import { servingMemory } from './capacity';
import type { Serving } from './serving';

/**
 * Requests that have room where an engine sets memory aside for the recurrent states of hybrid models.
 *
 *   B = min(⌊ z · M / (n · S) ⌋, ⌊ (1 − z) · M / K(c) ⌋)
 *
 * M memory for the cache of one accelerator [B] · z share of it that is set aside for states [1] · S states of a request, n kept for each
 * that may run, so that others can start from its prefix [1] · K cache of c tokens of a request without its states [B]. No bound
 * where states and caches share the memory, and without states.
 *
 * Leaves out: prefix caches switched off, with which one state per request is kept.
 * Source: SGLang, mem_cache/kv_cache_configurator.py (mamba_full_memory_ratio, MAMBA_CACHE_SIZE_MAX_RUNNING_REQUESTS_RATIO),
 * https://github.com/sgl-project/sglang, read 2026-11-30. Nemotron 3 Ultra on four GB200 runs 111 of 256 users (Little's law).
 */
export function statePoolBound(serving: Serving, tokens: number): number {
  const { stateShare, statesPerRequest } = serving.constants;
  const states = stateBytesOf(serving);
  if (stateShare <= 0 || states <= 0) return Infinity;
  const memory = Math.max(0, servingMemory(serving).cache);
  const cached = cacheBytesOf(serving, tokens) - states;
  const byStates = Math.floor((stateShare * memory) / (statesPerRequest * states));
  return cached > 0
    ? Math.min(byStates, Math.floor(((1 - stateShare) * memory) / cached))
    : byStates;
}
