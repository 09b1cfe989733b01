import type { Architecture } from '../catalogue/types';

/** Most experts that a kernel for the largest scores of a softmax takes, and of one group where a bias is added to them. */
const mostExperts = 512;
const mostOfGroup = 32;
/** Experts of Kimi K2, which have a kernel of their own. */
const ofKimi = 384;

function isPowerOfTwo(count: number): boolean {
  return Number.isInteger(Math.log2(count));
}

/**
 * Whether one kernel chooses the experts of a token; without one, software runs an operator for every step of it. There are kernels for
 * the largest scores of a softmax over a power of two of experts, at most 512, and, where a bias is added to the scores, for groups of at
 * most 32, as those of DeepSeek-V3.
 *
 * Source: python/sglang/srt/layers/moe/topk.py and sgl-kernel/csrc/moe of SGLang 0.5, https://github.com/sgl-project/sglang (from memory).
 */
export function isRoutingFused({ mixtureOfExperts }: Architecture): boolean {
  if (mixtureOfExperts === null) return true;
  const { experts, hasRoutingBias, groups } = mixtureOfExperts;
  if (hasRoutingBias !== true) return isPowerOfTwo(experts) && experts <= mostExperts;
  const perGroup = experts / (groups?.count ?? 1);
  return experts === ofKimi || (isPowerOfTwo(experts) && perGroup <= mostOfGroup);
}
