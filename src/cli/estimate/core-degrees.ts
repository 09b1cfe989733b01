import type { CaseServing } from './case';
import type { Machine } from './case-hardware';

/**
 * The degrees of a case counted in accelerators. A TPU v7x is two devices to its software, so that tensor ranks of one replica are twice as
 * many as there are chips; ranks beyond the chips that a case counts can be nothing else; neither can groups
 * of its experts. Parts of other kinds are one device each: their degrees are as stated.
 *
 * Source: Google, TPU7x documentation, "each TPU chip has two TensorCores … exposed as two devices" (from memory).
 */
export function degreesInAccelerators(
  given: CaseServing,
  { count, accelerator }: Pick<Machine, 'count' | 'accelerator'>,
  assume: (sentence: string) => void,
): CaseServing {
  const { tp, pp, ep } = given;
  if (accelerator.kind !== 'tpu' || !tp) return given;
  const ranks = Math.max(tp, ep ?? 1);
  const cores = (ranks * (pp ?? 1)) / count;
  if (cores <= 1 || !Number.isInteger(cores) || ranks % cores !== 0) return given;
  assume(`TP ${tp} counts cores, ${cores} of each accelerator`);
  return {
    ...given,
    tp: Math.max(1, Math.floor(tp / cores)),
    ...(ep ? { ep: Math.max(1, Math.floor(ep / cores)) } : {}),
  };
}
