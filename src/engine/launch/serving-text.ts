import type { Precision } from '../catalogue/types';
import type { Adapters } from '../inference/adapters';
import type { LaunchService } from './serving';

/** A command with one option per line, as a shell reads it. */
export function commandText(start: string, options: readonly string[]): string {
  return [start, ...options.map((option) => `  ${option}`)].join(' \\\n');
}

/** What the placeholder of the command stands for, and how often to start it. */
export function formOf({ modelName, replicas }: LaunchService): string {
  const often = replicas === 1 ? 'once' : `${new Intl.NumberFormat('en').format(replicas)} times`;
  return `Command of one replica, started ${often}; CHECKPOINT is a checkpoint of ${modelName}`;
}

/** Engines take the width of computation from the checkpoint; 16 bits can be named. */
export const wideTypes: Readonly<Partial<Record<Precision, string>>> = {
  bf16: 'bfloat16',
  fp16: 'float16',
  fp32: 'float32',
};

/** Weights narrower than 16 bits that an engine cannot make from a wide checkpoint by itself. */
export function narrowCheckpoint(precision: Precision): string[] {
  return precision === 'fp4' || precision === 'int8'
    ? [`CHECKPOINT must already be stored in ${precision.toUpperCase()}; no option converts it.`]
    : [];
}

/** What an engine that knows 16-bit and FP8 caches cannot express. */
export function cacheGap(precision: Precision): string[] {
  return precision === 'fp8' || precision === 'bf16' || precision === 'fp16'
    ? []
    : [`A cache in ${precision.toUpperCase()} has no option here; that of the checkpoint is used.`];
}

/** Adapters are named one by one, and the plan does not know their names. */
export function adapterGap(adapters: Adapters | null): string[] {
  return adapters === null
    ? []
    : ['Adapters are named one by one; the plan knows how many there are, not where they lie.'];
}
