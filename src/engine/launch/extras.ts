import { denseReplicas } from '../training/job';
import type { LaunchJob } from './types';

/** Groups of hybrid sharding and their size; null where all replicas share a state, or nothing is shared. */
export function shardGroups(
  job: LaunchJob,
): { readonly groups: number; readonly size: number } | null {
  const { shardGroup, zeroStage } = job.layout;
  const replicas = denseReplicas(job);
  if (shardGroup === undefined || zeroStage === 0 || shardGroup >= replicas) return null;
  return { groups: Math.max(1, Math.floor(replicas / shardGroup)), size: shardGroup };
}

/** The number of recomputed layers of a stage where it is not all of them. */
export function recomputedLayers({ layout }: LaunchJob): number | null {
  return layout.recompute === 'full' ? (layout.recomputedLayers ?? null) : null;
}

/** The same of each chunk of a stage, as Megatron counts them; rounded up, so that the memory suffices. */
export function recomputedOfChunk(job: LaunchJob): number | null {
  const layers = recomputedLayers(job);
  return layers === null ? null : Math.ceil(layers / job.layout.virtualStages);
}

/** That the recomputed layers of a stage do not divide over its chunks, where they do not. */
export function unevenRecomputation(job: LaunchJob): string[] {
  const [layers, ofChunk] = [recomputedLayers(job), recomputedOfChunk(job)];
  const chunks = job.layout.virtualStages;
  if (layers === null || ofChunk === null || ofChunk * chunks === layers) return [];
  return [
    `${layers} recomputed layers of a stage do not divide over its ${chunks} chunks: ${ofChunk} of each are recomputed, up to ${ofChunk * chunks} of the stage.`,
  ];
}

/** What a tool says about choices that it has no field for: one sentence for each that the layout makes. */
export function missing(
  { layout }: LaunchJob,
  sentences: Partial<
    Record<
      | 'zero-bubble'
      | 'dualpipe'
      | 'capacity'
      | 'optimizer'
      | 'moments'
      | 'exchange'
      | 'offload'
      | 'weights'
      | 'activations',
      string
    >
  >,
): string[] {
  const { schedule, capacityFactor, optimizer, momentPrecision, contextParallel } = layout;
  const { offloadsOptimizer, offloadsWeights, offloadedLayers } = layout;
  const asked: readonly (readonly [keyof typeof sentences, boolean])[] = [
    ['zero-bubble', schedule === 'zero-bubble'],
    ['dualpipe', schedule === 'dualpipe'],
    ['capacity', capacityFactor !== undefined],
    ['moments', momentPrecision !== undefined && momentPrecision !== '32-bit'],
    ['exchange', contextParallel > 1],
    ['optimizer', optimizer !== undefined],
    ['offload', offloadsOptimizer === true],
    ['weights', offloadsWeights === true],
    ['activations', offloadedLayers !== undefined],
  ];
  return asked.flatMap(([name, isAsked]) => {
    const sentence = sentences[name];
    return isAsked && sentence !== undefined ? [sentence] : [];
  });
}
