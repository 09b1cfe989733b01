import type { Recompute, ZeroStage } from '@engine/plan';

/** ZeRO stage that a text means: 'ZeRO-1', 'FSDP FULL_SHARD', 'distributed optimizer'; null when it says nothing. */
export function readZeroStage(given: string | number | null | undefined): ZeroStage | null {
  if (given === null || given === undefined) return null;
  if (given === 0 || given === 1 || given === 2 || given === 3) return given;
  const text = String(given).toLowerCase();
  if (/zero-?3|full_shard|fsdp(?!=0)/.test(text) && !/grad_op/.test(text)) return 3;
  if (/zero-?2|grad_op/.test(text)) return 2;
  if (/zero-?1|distributed optimi[sz]er/.test(text)) return 1;
  return /none|plain|no zero/.test(text) ? 0 : null;
}

/** Recomputation that a text means; null when it says nothing. */
export function readRecompute(given: string | null | undefined): Recompute | null {
  if (!given) return null;
  const text = given.toLowerCase();
  if (/^none|disabled|^no\b/.test(text)) return 'none';
  if (/select|minimal|custom|num_layers|modules|offload|^mlp|^attn/.test(text)) return 'selective';
  return /full|every_layer|all blocks|remat/.test(text) ? 'full' : null;
}
