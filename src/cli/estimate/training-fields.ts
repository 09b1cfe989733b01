import type { ContextExchange, Recompute, TrainingLayout, ZeroStage } from '@engine/plan';
import type { KeptPart } from '@engine/training/software';
import type { CaseTraining } from './case';
import { settingText, type Setting } from './setting';
import {
  keepsWeightsInHost,
  offloadedLayers,
  offloadsOptimizer,
  statedMoments,
  statedOptimizer,
} from './state-fields';

/**
 * ZeRO stage that a case means: 'ZeRO-1', 'ZeRO stage 3', 'FSDP FULL_SHARD', 'distributed optimizer'; null when it says
 * nothing. Full sharding keeps its parameters after the forward pass where a pipeline would gather them for every micro-batch:
 * the default of torchtitan's fsdp_reshard_after_forward, https://github.com/pytorch/torchtitan, from memory.
 */
export function readZeroStage({ zero_stage_or_fsdp: given, pp }: CaseTraining): ZeroStage | null {
  const text = settingText(given);
  if (/not re-?shard|no re-?shard|re-?shard\w*[ =:]+(?:false|never)/.test(text)) return 2;
  const stage =
    /^\d$/.exec(text)?.[0] ?? /(?:zero|stage)[-_ ]?(?:stage[-_ ]?)?(\d)/.exec(text)?.[1];
  if (/grad_op/.test(text)) return 2;
  if (stage !== undefined) return zeroStages.find((one) => one === Number(stage)) ?? null;
  if (/full_shard|fsdp(?!=0)|hsdp|full(?:y)?[- ]shard/.test(text)) return (pp ?? 1) > 1 ? 2 : 3;
  if (/distributed optimi[sz]er/.test(text)) return 1;
  return /none|plain|no zero|no_shard|\bddp\b(?!\/)/.test(text) ? 0 : null;
}

const zeroStages: readonly ZeroStage[] = [0, 1, 2, 3];

/** Recomputation that a text or a switch means; null when it says nothing. */
export function readRecompute(given: Setting): Recompute | null {
  const text = settingText(given).trim();
  if (text === '') return null;
  if (/^none|disabled|^no\b|^false$|^off$|^0$/.test(text)) return 'none';
  if (recomputedLayers(text) !== null || keptFromRecompute(text).length > 0) return 'full';
  if (/^full\b(?!.*(?:select|custom|num_layers))/.test(text)) return 'full';
  if (/select|minimal|custom|num_layers|modules|offload|^mlp|^attn/.test(text)) return 'selective';
  return /full|every_layer|all (?:blocks|layers)|remat|uniform|^block|checkpointing|enabled|^true$|^yes$|^on$/.test(
    text,
  )
    ? 'full'
    : null;
}

/** What the policies of MaxText keep of a layer beside its input; the rest is recomputed. */
const policies: readonly (readonly [RegExp, readonly KeptPart[]])[] = [
  [/save_dot_with_context_except_mlp/, ['attention', 'projections', 'output']],
  [/save_dot_except_mlp/, ['projections', 'output']],
  [/save_qkv_proj|qkv_proj_offloaded/, ['projections']],
  [/save_out_proj/, ['output']],
];

/**
 * Parts of a layer that full recomputation leaves out as they are kept or sent to the host: by the name of a policy, or in words ('attention
 * output, Q, K and V kept'). None where nothing of the kind is said.
 *
 * Source: MaxText, decoders.py (get_remat_policy), https://github.com/AI-Hypercomputer/maxtext, from memory; attention is kept with
 * its 'context', which its kernel names its residuals after.
 */
export function keptFromRecompute(given: Setting): readonly KeptPart[] {
  const text = settingText(given);
  const policy = policies.find(([name]) => name.test(text));
  if (policy) return policy[1];
  if (!/\b(?:kept|keeps|saved|offloaded|except)\b/.test(text)) return [];
  const found: readonly (readonly [KeptPart, RegExp])[] = [
    ['attention', /\bcontext\b|attention output(?!s? proj)/],
    ['projections', /\bqkv\b|q\/k\/v|query\/key\/value|\bq, k,? (?:and )?v\b/],
    ['output', /\boutput (?:and q\/k\/v )?projections?\b(?! recomputed)/],
  ];
  return found.flatMap(([part, words]) => (words.test(text) ? [part] : []));
}

/** Layers that a text says are recomputed whole: 'full, method="block", num_layers=5'; null when it names no number. */
function recomputedLayers(given: Setting): number | null {
  const found = /^full\b.*num_layers ?= ?(\d+)/.exec(settingText(given))?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * Ranks that share a state under hybrid sharding: 'FSDP group 64', 'FSDP 128 x DP 4 (HSDP)', 'sharded within 8 GPUs'; the
 * node where no number stands.
 */
function shardGroup(given: Setting, perNode: number): number | null {
  const text = settingText(given);
  const stated =
    /fsdp (?:group )?(\d+)/.exec(text)?.[1] ??
    /shard\w* (?:within|over|across|among|in groups of) (?:the )?(\d+)/.exec(text)?.[1];
  if (stated !== undefined) return Number(stated);
  return /hsdp|mics|hybrid[-_ ]?shard/.test(text) ? perNode : null;
}

function contextExchange(given: CaseTraining): ContextExchange | null {
  const text = given.cp_type ?? given.cp_method;
  if (!text) return null;
  if (/ulysses|a2a|all.?to.?all/i.test(text)) return 'ulysses';
  return /ring|p2p/i.test(text) ? 'ring' : 'all-gather';
}

/** What a case says of the order that its pipeline works in, under any name of the field. */
export function statedSchedule(given: CaseTraining): string {
  return [given.schedule, given.pipeline_schedule, given.pp_schedule].filter(Boolean).join(' ');
}

/** What a case says of its layout beyond degrees; what it does not say is left to the usual. */
export function readLayoutExtras(
  given: CaseTraining,
  perNode: number,
  modelLayers: number,
): Partial<TrainingLayout> {
  const schedule = `${statedSchedule(given)} ${given.framework ?? ''}`;
  const layers = recomputedLayers(given.recompute);
  const group = shardGroup(given.zero_stage_or_fsdp, perNode);
  const exchange = contextExchange(given);
  const moments = statedMoments(given);
  const optimizer = statedOptimizer(given);
  const offloaded = offloadedLayers(given, modelLayers);
  return {
    ...(/dual.?pipe/i.test(schedule) ? { schedule: 'dualpipe' } : {}),
    ...(/zero.?bubble|\bzb/i.test(schedule) ? { schedule: 'zero-bubble' } : {}),
    ...(layers === null ? {} : { recomputedLayers: layers }),
    ...(group === null ? {} : { shardGroup: group }),
    ...(exchange === null ? {} : { contextExchange: exchange }),
    ...(given.capacity_factor ? { capacityFactor: given.capacity_factor } : {}),
    ...(moments === null ? {} : { momentPrecision: moments }),
    ...(optimizer === null ? {} : { optimizer }),
    ...(offloadsOptimizer(given) ? { offloadsOptimizer: true } : {}),
    ...(keepsWeightsInHost(given) ? { offloadsWeights: true } : {}),
    ...(offloaded === null ? {} : { offloadedLayers: offloaded }),
  };
}
