import type { Device } from '@engine/hardware/device';
import type { LayoutQuestion, RankedLayout } from '@engine/search/layout-question';
import type { CaseTraining } from './case';
import { settingText } from './setting';

const numberWords: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  six: 6,
  eight: 8,
};

/** Slices of a torus that a case says its accelerators lie in: 'two v6e-4 slices over DCN', '4 pod(s)'; one where it says nothing. */
export function slicesOf(interconnect: string | null | undefined, count: number): number {
  const found = /\b(\d+|two|three|four|six|eight) (?:[\w-]+ )?(?:slices|pods|pod\(s\))/i.exec(
    interconnect ?? '',
  )?.[1];
  const slices = found === undefined ? 1 : (numberWords[found.toLowerCase()] ?? Number(found));
  return slices > 0 && count % slices === 0 ? slices : 1;
}

/**
 * Group that shards the weights of TPUs in several slices: a slice, replicated between them, unless a case says that sharding crosses
 * the network.
 *
 * Source: MaxText, base.yml, dcn_data_parallelism and ici_fsdp_parallelism of -1, https://github.com/AI-Hypercomputer/maxtext,
 * from memory.
 */
export function sliceGroup(
  { layout, dataParallel }: RankedLayout,
  given: CaseTraining,
  { unit, scaleUp }: Device,
): { readonly shardGroup?: number } {
  const { tensorParallel, pipelineParallel, contextParallel } = layout;
  const perSlice = Math.floor(scaleUp.domain / (tensorParallel * pipelineParallel));
  const crosses =
    /(?:fsdp|zero|shard)[^,;]*\b(?:over|across) (?:the )?(?:dcn|both|all|slices|pods)/.test(
      settingText(given.zero_stage_or_fsdp),
    );
  const isInside = dataParallel * contextParallel <= perSlice;
  return unit !== 'systolic' || isInside || crosses || perSlice < 1 ? {} : { shardGroup: perSlice };
}

/**
 * The batch of a replica where a case gives a batch per TPU that makes up the global one: compilers take that of all tensor and
 * context ranks at once, and nothing is accumulated. Null elsewhere.
 *
 * Source: MaxText, per_device_batch_size and gradient_accumulation_steps, https://github.com/AI-Hypercomputer/maxtext, from memory.
 */
export function wholeBatchOf(
  { accelerators, globalBatch }: LayoutQuestion,
  { micro_batch: perDevice, grad_accum: accumulated }: CaseTraining,
  { unit }: Device,
  replicas: number | undefined,
): number | null {
  if (unit !== 'systolic' || !perDevice || !replicas || (accumulated ?? 1) > 1) return null;
  return perDevice * accelerators === globalBatch ? globalBatch / replicas : null;
}
