/** Tokens proposed by a small drafter and checked by the model in one step: speculative decoding, multi-token prediction. */
export interface Speculation {
  /** proposed per step */
  readonly draftTokens: number;
  /** chance that a proposed token is kept, given that those before it were, 0–1 */
  readonly acceptance: number;
  /** time of proposing one token over that of a decode step of the model */
  readonly draftShare: number;
}

/**
 * Tokens that one step yields on average.
 *
 *   E = (1 − a^(k + 1)) / (1 − a)
 *
 * k tokens proposed [1] · a acceptance [1]; the model itself always adds one.
 *
 * Leaves out: acceptance that falls along the proposal, trees of proposals.
 * Source: Leviathan et al. 2023, Fast inference from transformers via speculative decoding, equation 1,
 * https://arxiv.org/abs/2211.17192 (from memory).
 */
export function tokensPerStep({ draftTokens, acceptance }: Speculation): number {
  if (acceptance >= 1) return draftTokens + 1;
  return (1 - acceptance ** (draftTokens + 1)) / (1 - acceptance);
}

/**
 * The chance that a proposed token is kept, given that those before it were, of which follows a share s of all that are proposed.
 *
 *   E = 1 + k · s
 *
 * E, k as in tokensPerStep; found by bisection, since E grows with the chance. Engines print s, or the mean length 1 + k · s.
 *
 * Source: "Draft acceptance rate" (accepted over drafted tokens) of vLLM, vllm/v1/spec_decode/metrics.py, and "accept length" of SGLang, from memory.
 */
export function chanceOfShare(share: number, draftTokens: number): number {
  if (share >= 1) return 1;
  const yielded = 1 + draftTokens * Math.max(0, share);
  let low = 0;
  let high = 1;
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (tokensPerStep({ draftTokens, acceptance: middle, draftShare: 0 }) < yielded) low = middle;
    else high = middle;
  }
  return high;
}
