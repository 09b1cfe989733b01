import type {
  ContextExchange,
  LayoutExtras,
  MomentPrecision,
  OptimizerKind,
  SoftwareGeneration,
} from '@engine/plan';
import { exchangeName, scheduleName } from '@engine/search/choice-names';
import type { ScheduleChoice } from '@engine/search/schedule-space';

type Choices<Value extends string> = readonly (readonly [Value, string])[];

/** Pipeline schedules by name, the usual first. */
export const scheduleNames: Choices<ScheduleChoice> = [
  ['1f1b', scheduleName['1f1b']],
  ['zero-bubble', scheduleName['zero-bubble']],
  ['dualpipe', scheduleName.dualpipe],
];

/** Ways to exchange keys and values between context-parallel ranks, the usual first. */
export const exchangeNames: Choices<ContextExchange> = [
  ['all-gather', exchangeName['all-gather']],
  ['ring', exchangeName.ring],
  ['ulysses', exchangeName.ulysses],
];

/** Optimizers by name, the usual first. */
export const optimizerNames: Choices<OptimizerKind | 'adamw'> = [
  ['adamw', 'AdamW'],
  ['muon', 'Muon'],
  ['lion', 'Lion'],
  ['adafactor', 'Adafactor, no momentum'],
  ['sgd', 'SGD with momentum'],
];

/** Precisions of the moments of the optimizer, the usual first. */
export const momentNames: Choices<MomentPrecision> = [
  ['32-bit', '32 bits'],
  ['16-bit', '16 bits'],
  ['8-bit', '8 bits'],
];

/** Generations of training software by name; what is usual depends on the part. */
export const softwareNames: Choices<SoftwareGeneration | 'usual'> = [
  ['usual', 'Newest for the part'],
  ['current', '2024 on: Transformer Engine, graphs'],
  ['fused', '2023: FlashAttention-2, FSDP'],
  ['early', '2021–22: own kernels, no overlap'],
];

function nameIn<Value extends string>(names: Choices<Value>, value: Value): string {
  return names.find(([candidate]) => candidate === value)?.[1] ?? value;
}

/** What a layout has beyond its degrees, as pairs of a label and a value: only what differs from the usual. */
export function extraPairs(extras: LayoutExtras): readonly (readonly [string, string])[] {
  const { schedule, contextExchange, momentPrecision, software } = extras;
  const { recomputedLayers, shardGroup, capacityFactor, optimizer } = extras;
  const { offloadsOptimizer, offloadsWeights, offloadedLayers } = extras;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Pipeline schedule', schedule && nameIn(scheduleNames, schedule)],
    ['Context-parallel exchange', contextExchange && nameIn(exchangeNames, contextExchange)],
    ['Recomputed layers per stage', recomputedLayers?.toString()],
    ['Sharding group', shardGroup?.toString()],
    ['Expert capacity factor', capacityFactor?.toString()],
    ['Optimizer', optimizer && nameIn(optimizerNames, optimizer)],
    ['Optimizer state in host memory', offloadsOptimizer ? 'yes' : undefined],
    ['Weights in host memory', offloadsWeights ? 'yes' : undefined],
    ['Layers per stage with activations in host memory', offloadedLayers?.toString()],
    ['Moments of the optimizer', momentPrecision && nameIn(momentNames, momentPrecision)],
    ['Software generation', software && nameIn(softwareNames, software)],
  ];
  return pairs.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}
