import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { InferenceWorkload } from '../plan';
import type { ServingSetup } from './serving';

export const adapterRankKey = 'serving.adapterRank';

type Degrees = Pick<
  InferenceWorkload,
  'tensorParallel' | 'pipelineParallel' | 'expertParallel' | 'attentionDataParallel'
>;

/** How a replica is spread over its accelerators, with 1 in place of what a plan does not say. */
export function degreesOf(
  workload: Degrees,
): Required<{ readonly [Key in keyof Degrees]: number }> {
  const attentionDataParallel = workload.attentionDataParallel ?? 1;
  return {
    tensorParallel: workload.tensorParallel,
    pipelineParallel: workload.pipelineParallel ?? 1,
    attentionDataParallel,
    // Where attention runs in groups, whole experts are spread over all accelerators of a stage.
    expertParallel:
      attentionDataParallel > 1 ? workload.tensorParallel : (workload.expertParallel ?? 1),
  };
}

/**
 * Accelerators of one replica.
 *
 *   G = T · P
 *
 * T accelerators of a stage, over which its matrices, its experts or its attention are spread [1] · P stages [1]
 *
 * Source: definition.
 */
export function replicaAccelerators(workload: Degrees): number {
  const { tensorParallel, pipelineParallel } = degreesOf(workload);
  return tensorParallel * pipelineParallel;
}

/** What prepareServing takes of a plan's service beside the machine and the model. */
export function workloadLayout(
  workload: InferenceWorkload,
  assumptions: Assumptions,
): Omit<ServingSetup, 'device' | 'architecture'> {
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel } =
    degreesOf(workload);
  const offloaded = workload.offloadedWeightFraction?.value ?? 0;
  const hostCache = workload.hostCacheGigabytes?.value ?? 0;
  const busy = workload.promptPoolBusyFraction?.value;
  const adapters = workload.adapterCount?.value ?? 0;
  return {
    weightPrecision: workload.weightPrecision,
    keyValuePrecision: workload.keyValuePrecision,
    tensorParallel,
    pipelineParallel,
    attentionGroups: attentionDataParallel,
    // A plan that leaves its experts alone has them where engines for attention in groups are told to put them: whole, over all ranks.
    ...(attentionDataParallel > 1 && expertParallel === 1 ? {} : { expertParallel }),
    ...(offloaded > 0 ? { offloadedShare: offloaded } : {}),
    ...(hostCache > 0 ? { hostCacheBytes: hostCache * 1e9 } : {}),
    ...(busy === undefined ? {} : { promptPoolBusyShare: busy }),
    ...(adapters > 0
      ? {
          adapters: {
            count: adapters,
            rank: workload.adapterRank?.value ?? assumptionValue(assumptions, adapterRankKey),
          },
        }
      : {}),
  };
}

/** "TP 8", "TP 8 × PP 2", "TP 16, DP attention 16, EP 16": degrees above one; tensor parallel always. */
export function degreesText(workload: Degrees): string {
  const { tensorParallel, pipelineParallel, attentionDataParallel, expertParallel } =
    degreesOf(workload);
  const stages = pipelineParallel > 1 ? ` × PP ${pipelineParallel}` : '';
  const groups = attentionDataParallel > 1 ? `, DP attention ${attentionDataParallel}` : '';
  const experts = expertParallel > 1 ? `, EP ${expertParallel}` : '';
  return `TP ${tensorParallel}${stages}${groups}${experts}`;
}
