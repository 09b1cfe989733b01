import { cacheBytesOf } from './attention';
import { servingMemory } from './capacity';
import { promptParts, type RequestShape } from './request-shape';
import type { Serving } from './serving';
import { statePoolBound } from './state-pool';

/** Requests that run together, and those that may start: more, where an engine sets aside less than the whole answer. */
export interface RunningLimits {
  readonly running: number;
  readonly started: number;
}

/**
 * Requests that fit into the cache.
 *
 *   started = ⌊ M / m(s + r · O) ⌋      running = ⌊ M / m(s + max(r, ½) · O) ⌋
 *
 * M memory for the cache of one accelerator [B] · m(n) cache of n tokens on it, see cacheBytesOf [B] · s prompt, O answer [tokens] ·
 * r share of the answer that is set aside when a request starts [1]; half of it is held on average when requests are at
 * different points of their answers. Both at most what the engine accepts, what prompts come in for, see promptBound, and what states
 * have room for, see statePoolBound, and at least one.
 *
 * Leaves out: prefixes kept for reuse.
 * Source: definition; r: guaranteed completion in TensorRT-LLM, preemption in vLLM, Kwon et al. 2023,
 * https://arxiv.org/abs/2309.06180 (from memory).
 */
export function runningLimits(
  serving: Serving,
  shape: RequestShape,
  accepted: number = serving.constants.largestBatch,
): RunningLimits {
  const cache = Math.max(0, servingMemory(serving).cache);
  const reserved = serving.constants.reservedAnswer;
  const answer = (shape.beams ?? 1) * shape.outputTokens;
  const fit = (share: number): number =>
    Math.max(
      1,
      Math.min(
        accepted,
        promptBound(serving, shape),
        statePoolBound(serving, shape.inputTokens + share * answer),
        Math.floor(cache / cacheBytesOf(serving, shape.inputTokens + share * answer)),
      ),
    );
  return { started: fit(reserved), running: fit(Math.max(reserved, 0.5)) };
}

/**
 * Requests that can have tokens to make at a time where prompts share the steps of answers: a step takes no more tokens of prompts than
 * its budget, so that one further request starts every s / budget steps and ends after O of them.
 *
 *   B = (1 + P · O · budget / s) / (1 + O / s)
 *
 * O output tokens, s prompt tokens to be processed [1] · budget tokens of prompts per step and attention group [1] · P stages, each with a
 * step under way [1]; a token of each of the B / P that step together comes off the budget. No bound where prompts have steps of their own.
 *
 * Leaves out: that the answers of a run's end have the budget for themselves.
 * Source: Agrawal et al. 2024, Sarathi-Serve, https://arxiv.org/abs/2403.02310 (from memory); vLLM 0.11 under bursts of prompts of
 * 2,000 to 32,000 tokens holds 81, 51 and 6 requests of 94 to 107 tokens (Little's law), the bound is 92, 54 and 7.
 */
export function promptBound(serving: Serving, shape: RequestShape): number {
  const { constants, attentionGroups, pipelineParallel } = serving;
  const isPooled = serving.promptPoolBusyShare !== undefined;
  if (constants.mixesPrompts <= 0 || isPooled) return Infinity;
  const budget = constants.prefillTokens * attentionGroups;
  const perPrompt = Math.max(1, promptParts(shape).fresh) / (budget * pipelineParallel);
  const { fresh } = promptParts(shape);
  const ofAnswers = shape.outputTokens / Math.max(1, fresh);
  return Math.floor((1 + shape.outputTokens / perPrompt) / (1 + ofAnswers));
}
