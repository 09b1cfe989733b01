import { transferSeconds, transferSecondsPerToken } from './cache-transfer';
import { prefillSecondsPerRequest } from './prefill';
import { promptParts, type RequestShape } from './request-shape';
import type { Serving } from './serving';
import { replicasFor } from './staffing';

/** What one request asks of replicas that only process prompts, in seconds. */
export interface PromptPool {
  /** machine time of its prompt on such a replica */
  readonly prompt: number;
  /** time that its cache takes the network of that replica */
  readonly link: number;
  /** from its prompt to the decoding replica, latency included */
  readonly transfer: number;
  /** wait for the prompts before it */
  readonly wait: number;
  /** time of a pool's replica that is kept for it, idle share included */
  readonly kept: number;
}

/**
 * A request's share of a pool of replicas that only process prompts (disaggregated prefill).
 *
 *   kept = max(t_prompt, s · t_link) / ρ        w = t_prompt · ρ / (2 · (1 − ρ))
 *
 * t_prompt machine time of a prompt [s] · s prompt tokens [1] · t_link sending a token's cache, see transferSecondsPerToken [s] · ρ share of
 * the peak that a replica of the pool is busy [1] · w wait in its line, Poisson arrivals and constant service (M/D/1) [s]
 *
 * A replica computes the next prompt while the cache of the last one goes out, so the slower of both bounds it. All of a prompt's
 * cache is sent, also what was found in the cache.
 *
 * Leaves out: prompts of uneven length, a router that knows the lines; replicas of another layout than those that decode.
 * Source: Zhong et al. 2024, DistServe, https://arxiv.org/abs/2401.09670 (from memory); Pollaczek–Khinchine formula.
 */
export function promptPool(serving: Serving, shape: RequestShape, busyShare: number): PromptPool {
  const { cached, fresh } = promptParts(shape);
  const prompt = prefillSecondsPerRequest(serving, serving.attentionGroups, fresh, cached);
  const link = shape.inputTokens * transferSecondsPerToken(serving);
  return {
    prompt,
    link,
    transfer: transferSeconds(serving, shape.inputTokens),
    wait: (prompt * busyShare) / (2 * (1 - busyShare)),
    kept: Math.max(prompt, link) / busyShare,
  };
}

/** Replicas of both pools for a rate of requests. */
export interface PoolSplit {
  readonly answers: number;
  readonly prompts: number;
}

/**
 * Whole replicas of both pools that carry a rate of requests: n_d = ⌈λ / x⌉ decode, n_p = ⌈λ · kept⌉ process prompts.
 *
 * λ requests [1/s] · x requests per second that a decoding replica may be given [1/s] · kept time of the other pool per request [s]
 *
 * Leaves out: reserve for failures and updates. Source: definition.
 */
export function poolsFor(
  requestsPerSecond: number,
  decodeRate: number,
  keptSeconds: number,
): PoolSplit {
  return {
    answers: replicasFor(requestsPerSecond, decodeRate),
    prompts: keptSeconds > 0 ? replicasFor(requestsPerSecond, 1 / keptSeconds) : 0,
  };
}

/**
 * Requests per second that a number of replicas serves when they are split over both pools as well as whole replicas can be.
 *
 *   λ = max over n_p of min((R − n_p) · x, n_p / kept)
 *
 * R replicas [1] · n_p those for prompts [1] · x, kept as in poolsFor
 *
 * Source: definition; one of the two whole numbers around R · kept / (kept + 1 / x) is the best.
 */
export function rateOfPools(replicas: number, decodeRate: number, keptSeconds: number): number {
  if (keptSeconds <= 0) return replicas * decodeRate;
  const even = (replicas * keptSeconds) / (keptSeconds + 1 / decodeRate);
  return Math.max(
    ...[Math.floor(even), Math.ceil(even)].map((prompts) =>
      Math.min((replicas - prompts) * decodeRate, prompts / keptSeconds),
    ),
  );
}
