import { attentionFlopPerToken } from '../model/flop';
import { attentionSeconds } from './decode';
import { matmulPassSeconds, passOverheadSeconds } from './layers';
import { tensorParallelSeconds, type Serving } from './serving';

/**
 * Time to process the prompts of several requests together.
 *
 *   t = max( ( t_matmul(n · s) + n · s · C(s / 2) / (T · a · P) + 2 · L · t_AR(2 · n · s · h) ) / e, L · t_launch ) + L · t_layer + t_step
 *
 * n prompts [1] · s tokens per prompt [1] · C(s / 2) causal attention work of one token [FLOP] · T tensor-parallel degree [1] ·
 * P 16-bit peak [FLOP/s] · a share of it reached by attention kernels · e share of the kernels' own speed that whole prompts reach ·
 * t_launch launching a layer's kernels one by one, which hides behind them [s]
 *
 * Leaves out: cached prefixes, re-reading of the cache when a prompt is cut into chunks.
 * Source: Pope et al. 2022, Efficiently scaling transformer inference, https://arxiv.org/abs/2211.05102 (from memory).
 */
export function prefillSeconds(serving: Serving, prompts: number, promptTokens: number): number {
  const tokens = prompts * promptTokens;
  const attentionFlop = tokens * attentionFlopPerToken(serving.architecture, promptTokens / 2);
  const busy =
    matmulPassSeconds(serving, tokens) +
    attentionSeconds(serving, attentionFlop) +
    tensorParallelSeconds(serving, tokens);
  const { prefillFraction, stepOverheadSeconds, promptLayerOverheadSeconds } = serving.constants;
  const launching = serving.architecture.layers * promptLayerOverheadSeconds;
  return (
    Math.max(busy / prefillFraction, launching) + passOverheadSeconds(serving) + stepOverheadSeconds
  );
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
): number {
  const { constants, attentionGroups, pipelineParallel } = serving;
  const budget = constants.prefillTokens * attentionGroups;
  const together = Math.max(1, Math.floor(budget / promptTokens));
  const prompts = Math.max(1, Math.min(batch, together));
  return prefillSeconds(serving, prompts, promptTokens) / prompts / pipelineParallel;
}
