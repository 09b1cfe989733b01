import type { Serving } from './serving';

/** Expected maximum of two normal deviates, 1 / √π, and how it grows with the doublings of their number. */
const ofTwo = Math.PI ** -0.5;
const growth = 0.85;

/**
 * Time that tensor ranks take until the slowest of them is done, over that of a usual one: exchanges wait for it.
 *
 *   w = 1 + σ · E_n,   E_n ≈ π^(−½) · (log₂ n)^0.85
 *
 * n ranks [1] · σ standard deviation of the speed of parts of one kind [1] · E_n expected maximum of n normal deviates [1]: the
 * approximation is within 2 % for 2 to 8 and 4 % for 16
 *
 * Leaves out: ranks that are slow for a while, groups of experts.
 * Source: Sinha et al. 2022, Not All GPUs Are Created Equal, https://arxiv.org/abs/2208.11035: parts of one kind differ by 8 % in the
 * mean over five machines (from memory).
 */
export function slowestRankFactor({ tensorParallel, constants }: Serving): number {
  if (tensorParallel <= 1) return 1;
  return 1 + constants.rankSpread * ofTwo * Math.log2(tensorParallel) ** growth;
}
