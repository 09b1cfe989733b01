import type { CaseTraining } from './case';
import { settingText } from './setting';

type Degree = 'tensorParallel' | 'pipelineParallel' | 'dataParallel';

/**
 * The case with the degrees that follow from those it states: TP 8 and DP 16 of 256 accelerators leave PP 2, and DP 16 alone
 * leaves 16, which are taken within a node first. As it was where replicas are not stated or do not divide the accelerators, and
 * where they may overlap with sharding or experts.
 */
export function withImpliedDegrees(
  given: CaseTraining,
  accelerators: number,
  perNode: number,
  assume: (sentence: string) => void,
): CaseTraining {
  const { tp, pp, dp, ep } = given;
  const isShardedToo = /fsdp(?!=0)|hsdp/.test(settingText(given.zero_stage_or_fsdp));
  if (!dp || (tp && pp) || isShardedToo || (ep ?? 1) > 1) return given;
  const rest = accelerators / (dp * (given.cp ?? 1) * (tp ?? pp ?? 1));
  if (!Number.isInteger(rest) || rest < 2) return given;
  const tensor = tp ?? (pp || rest % perNode !== 0 ? rest : perNode);
  const pipeline = pp ?? (tp ? rest : rest / tensor);
  assume(
    `TP ${tensor} and PP ${pipeline}: what the stated degrees leave of ${accelerators} accelerators`,
  );
  return { ...given, tp: tensor, pp: pipeline };
}

/** Degrees that may be opened where nothing fits with 1: those unsaid, unless the replicas are stated and hold the rest. */
export function unsaidDegrees({ tp, pp, dp }: CaseTraining): readonly Degree[] {
  if (dp) return [];
  return [
    'dataParallel',
    ...(tp ? [] : ['tensorParallel' as const]),
    ...(pp ? [] : ['pipelineParallel' as const]),
  ];
}
