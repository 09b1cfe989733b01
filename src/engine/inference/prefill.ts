import { promptAttentionSeconds } from './attention';
import { offloadWaitSeconds } from './offload';
import { matmulPassSeconds, passOverheadSeconds, promptLaunchSeconds } from './layers';
import { tensorParallelSeconds, type Serving } from './serving';
import { slowestRankFactor } from './slowest-rank';

/**
 * Time to process the prompts of several requests together, and by themselves.
 *
 *   t = max( (w · (t_matmul(n · s) + t_attention(n, s)) + t_exchange) / e, c · t_launch ) + c · (t_floors + t_step),   c = max(1, s / budget)
 *   t_exchange = 2 · L · t_AR(2 · n · s · h), see tensorParallelSeconds
 *
 * w waiting for the slowest rank, see slowestRankFactor [1] · n prompts [1] · s tokens per prompt [1] · L layers, h hidden width [1] · e speed of whole prompts over that of their products,
 * attention and exchange as timed one by one: below 1 where gaps remain, above where kernels are fused that were timed
 * apart [1] · t_launch launching the kernels one by one, which hides behind them, see promptLaunchSeconds [s]
 *
 * c passes that each prompt is cut into, budget prompt tokens of an attention group in one pass [1].
 *
 * Experts spread beyond one scale-up domain are exchanged with for one half of the prompts while the other half computes, so that
 * only what is longer counts: max(t_matmul + t_attention, t_exchange).
 *
 * Static graphs compute as many tokens as they were compiled for, see compiledStep. Of a prompt whose first tokens are cached already, s are the rest. Weights kept in the host's memory may hold the pass up, see
 * offloadWaitSeconds.
 *
 * Leaves out: re-reading of the cache when a prompt is cut into chunks.
 * Source: Pope et al. 2022, Efficiently scaling transformer inference, https://arxiv.org/abs/2211.05102; two halves: DeepSeek-V3
 * 2024, https://arxiv.org/abs/2412.19437, section 3.4 (both from memory).
 */
export function prefillSeconds(
  serving: Serving,
  prompts: number,
  promptTokens: number,
  cachedTokens = 0,
): number {
  const { compiledRequests, compiledTokens } = serving.constants;
  const computed = compiledRequests > 0 ? Math.max(promptTokens, compiledTokens) : promptTokens;
  const rows = prompts * computed;
  const computing =
    slowestRankFactor(serving) *
    (matmulPassSeconds(serving, rows, prompts) +
      promptAttentionSeconds(serving, prompts, computed, cachedTokens));
  const exchange = tensorParallelSeconds(serving, rows);
  const passes = Math.max(1, computed / serving.constants.prefillTokens);
  const isOverlapped = serving.attentionGroups > 1 && serving.link.tier === 'scale-out';
  const busy = isOverlapped ? Math.max(computing, exchange) : computing + exchange;
  const seconds =
    Math.max(busy / serving.constants.prefillFraction, passes * promptLaunchSeconds(serving)) +
    passes * (passOverheadSeconds(serving) + serving.constants.stepOverheadSeconds);
  return seconds + offloadWaitSeconds(serving, seconds);
}

/**
 * Time until the prompt of a request that is alone on its way has passed all stages, in pieces of the engine's token budget.
 *
 *   t = t_prefill(1, s) · (c + P − 1) / (c · P),   c = max(1, s / budget)
 *
 * s tokens of the prompt [1] · budget prompt tokens per step and attention group [1] · c pieces, each of which enters the first stage as soon as the one
 * before has left it [1] · P stages [1]
 *
 * Leaves out: later pieces, which attend to more, taking longer; transfers between stages.
 * Source: a pipeline filled and drained once; pieces in it: Agrawal et al. 2024, Sarathi-Serve, https://arxiv.org/abs/2403.02310,
 * from memory.
 */
export function ownPromptSeconds(serving: Serving, promptTokens: number, cachedTokens = 0): number {
  const { constants, attentionGroups, pipelineParallel } = serving;
  const pieces = Math.max(1, promptTokens / (constants.prefillTokens * attentionGroups));
  const seconds = prefillSeconds(serving, 1, promptTokens, cachedTokens);
  return (seconds * (pieces + pipelineParallel - 1)) / (pieces * pipelineParallel);
}

/** Prompts processed in one step: as many as fit into the token budget, at least a part of one in each attention group that has any. */
export function promptsPerStep(serving: Serving, waiting: number, promptTokens: number): number {
  const budget = serving.constants.prefillTokens * serving.attentionGroups;
  const most = Math.max(serving.attentionGroups, Math.floor(budget / promptTokens));
  return Math.min(Math.max(1, waiting), most);
}

/**
 * Machine time that one request's prompt costs when prompts are processed together up to the engine's token budget.
 *
 *   t = t_prefill(n, s) / (n · P),   n = min(B, max(1, ⌊budget / s⌋))
 *
 * B requests in flight [1] · budget prompt tokens per step and attention group [1] · P stages, each busy with another prompt [1] · s tokens per prompt [1]
 *
 * Leaves out: uneven prompt lengths.
 * Source: definition.
 */
export function prefillSecondsPerRequest(
  serving: Serving,
  batch: number,
  promptTokens: number,
  cachedTokens = 0,
): number {
  const prompts = promptsPerStep(serving, batch, promptTokens);
  const seconds = prefillSeconds(serving, prompts, promptTokens, cachedTokens);
  return seconds / prompts / serving.pipelineParallel;
}
