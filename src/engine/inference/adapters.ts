import type { Architecture } from '../catalogue/types';

/** Low-rank adapters that a service keeps beside the model, one of which each request uses. */
export interface Adapters {
  readonly count: number;
  readonly rank: number;
}

const bytesPerParameter = 2;

/**
 * Parameters of one adapter on the matrices of attention and of the dense or shared feed-forward blocks.
 *
 *   N = r · L · ((h + q) + 2 · (h + k) + (q + h) + m · (h + f))
 *
 * r rank · L layers · h hidden width · q, k widths of queries and of keys [1] · f feed-forward width, m matrices of it, 3 where
 * gated [1]
 *
 * Leaves out: adapters on experts and on the embedding; with a latent cache keys count at the width of the queries.
 * Source: Hu et al. 2021, LoRA, https://arxiv.org/abs/2106.09685, section 4.1 (from memory).
 */
export function adapterParameters(architecture: Architecture, rank: number): number {
  const { layers, hidden, heads, keyValueHeads, headDim, isGated, mixtureOfExperts } = architecture;
  const queries = heads * headDim;
  const keys = (architecture.latentAttention ? heads : keyValueHeads) * headDim;
  const shared = mixtureOfExperts
    ? (mixtureOfExperts.sharedFfn ?? mixtureOfExperts.sharedExperts * mixtureOfExperts.expertFfn)
    : architecture.ffn;
  const matrices = isGated ? 3 : 2;
  const forward = shared > 0 ? matrices * (hidden + shared) : 0;
  return rank * layers * (2 * (hidden + queries) + 2 * (hidden + keys) + forward);
}

/** Bytes of all adapters, kept in 16 bits. */
export function adapterBytes(architecture: Architecture, adapters: Adapters | undefined): number {
  return adapters === undefined
    ? 0
    : adapters.count * adapterParameters(architecture, adapters.rank) * bytesPerParameter;
}

/** Products of one layer that have an adapter: queries, keys and values at once, output, and the feed-forward block. */
const adaptedProducts = 4;

/**
 * Time that adapters add to a step of B requests: reading those in use, and two thin products beside every adapted one.
 *
 *   t = min(n, B) · N · 2 / (T · σ · M) + 2 · p · L · t_m
 *
 * n adapters, N parameters of one [1] · T tensor-parallel degree [1] · M memory bandwidth [B/s], σ share reached [1] · p adapted
 * products of a layer · t_m smallest product [s]
 *
 * Leaves out: arithmetic of the adapters, a few thousandths of the model’s.
 * Source: definition; grouped thin products: Chen et al. 2023, Punica, https://arxiv.org/abs/2310.18547 (from memory).
 */
export function adapterSeconds(
  architecture: Architecture,
  adapters: Adapters | undefined,
  batch: number,
  machine: {
    readonly tensorParallel: number;
    readonly bytesPerSecond: number;
    readonly productFloorSeconds: number;
  },
): number {
  if (adapters === undefined) return 0;
  const inUse = Math.min(adapters.count, batch);
  const bytes = inUse * adapterParameters(architecture, adapters.rank) * bytesPerParameter;
  return (
    bytes / (machine.tensorParallel * machine.bytesPerSecond) +
    2 * adaptedProducts * architecture.layers * machine.productFloorSeconds
  );
}
