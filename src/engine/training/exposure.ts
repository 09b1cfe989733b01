import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import type { TrainingLayout } from '../plan';
import type { DataParallelTime } from './communication';
import type { TrainingConstants } from './constants';

/** Part of a data-parallel exchange that stays visible behind the computation it overlaps. */
export function exposed(exchange: number, overlappable: number, leastShare: number): number {
  return Math.max(leastShare * exchange, exchange - overlappable);
}

/**
 * The same of an exchange once per step, chunk by chunk: gradients of a chunk go once its last micro-batch is through, while
 * the last group of as many micro-batches as there are stages passes the chunks that follow; weights come alike.
 *
 *   visible = max(ξ · D, (D − t) / v, D − t · (g · (v − 1) + 1) / v)        g = min(m, p)
 *
 * D exchange of a stage [s] · t pass of one micro-batch through a stage [s] · v chunks per stage [1] · ξ least share [1].
 * Source: order of the interleaved schedule, Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473.
 */
export function exposedOfChunks(
  exchange: number,
  pass: number,
  leastShare: number,
  { pipelineParallel, virtualStages }: Pick<TrainingLayout, 'pipelineParallel' | 'virtualStages'>,
  microBatchCount: number,
): number {
  const group = Math.max(1, Math.min(microBatchCount, pipelineParallel));
  const last = (exchange - pass) / virtualStages;
  const all = exchange - (pass * (group * (virtualStages - 1) + 1)) / virtualStages;
  return Math.max(leastShare * exchange, last, all);
}

/**
 * What the products of a micro-batch lose to the exchange of full sharding beside them, which moves its bytes through the memory and
 * on the units that they run on. Compilers of TPUs leave it to units of its own.
 *
 *   t = π · V / B        at most the exchange itself
 *
 * V bytes that a rank sends [B] · π how often they pass through memory: a ring reads what it sends and what it adds to, and writes
 * what arrives [1] · B streaming bandwidth [B/s]
 *
 * Source: products a fifth slower on average, up to two fifths, beside collectives of four GPUs, Lee et al. 2025,
 * https://arxiv.org/abs/2507.03114 (abstract, read 30 Nov 2026).
 */
export function slowedSeconds(
  { perMicroBatch, sentPerMicroBatch }: DataParallelTime,
  device: Device,
  { exchangePasses }: TrainingConstants,
): number {
  if (device.unit === 'systolic') return 0;
  return Math.min(perMicroBatch, streamSeconds(device, exchangePasses * sentPerMicroBatch));
}
