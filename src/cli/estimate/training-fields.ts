import type { ContextExchange, Recompute, TrainingLayout, ZeroStage } from '@engine/plan';
import type { CaseTraining } from './case';

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
  if (recomputedLayers(text) !== null) return 'full';
  if (/select|minimal|custom|num_layers|modules|offload|^mlp|^attn/.test(text)) return 'selective';
  return /full|every_layer|all blocks|remat/.test(text) ? 'full' : null;
}

/** Layers that a text says are recomputed whole: 'full, method="block", num_layers=5'; null when it names no number. */
function recomputedLayers(given: string | null | undefined): number | null {
  const found = /^full\b.*num_layers ?= ?(\d+)/i.exec(given ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

/** Ranks that share a state under hybrid sharding: 'FSDP group 64', 'FSDP 128 x DP 4 (HSDP)'; the node where no number stands. */
function shardGroup(given: string | number | null | undefined, perNode: number): number | null {
  const text = String(given ?? '');
  const stated = /fsdp (?:group )?(\d+)/i.exec(text)?.[1];
  if (stated !== undefined) return Number(stated);
  return /hsdp/i.test(text) ? perNode : null;
}

function contextExchange(given: string | null | undefined): ContextExchange | null {
  if (!given) return null;
  if (/ulysses|a2a|all.?to.?all/i.test(given)) return 'ulysses';
  return /ring|p2p/i.test(given) ? 'ring' : 'all-gather';
}

/** What a case says of its layout beyond degrees; what it does not say is left to the usual. */
export function readLayoutExtras(given: CaseTraining, perNode: number): Partial<TrainingLayout> {
  const schedule = `${given.schedule ?? ''} ${given.pipeline_schedule ?? ''}`;
  const layers = recomputedLayers(given.recompute);
  const group = shardGroup(given.zero_stage_or_fsdp, perNode);
  const exchange = contextExchange(given.cp_type);
  return {
    ...(/dual.?pipe/i.test(schedule) ? { schedule: 'dualpipe' } : {}),
    ...(/zero.?bubble|\bzb/i.test(schedule) ? { schedule: 'zero-bubble' } : {}),
    ...(layers === null ? {} : { recomputedLayers: layers }),
    ...(group === null ? {} : { shardGroup: group }),
    ...(exchange === null ? {} : { contextExchange: exchange }),
    ...(given.capacity_factor ? { capacityFactor: given.capacity_factor } : {}),
    ...(/^(true|1|yes|cpu)/i.test(String(given.optimizer_offload ?? ''))
      ? { offloadsOptimizer: true }
      : {}),
  };
}
