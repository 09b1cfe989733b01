import type { DecodeStep } from './decode';
import { promptParts, type RequestShape } from './request-shape';
import { prefillSecondsPerRequest, promptsPerStep } from './prefill';
import type { Serving } from './serving';

/** Machine time of one prompt among those of B requests, with nothing else to do. */
export function promptAloneSeconds(serving: Serving, shape: RequestShape, batch: number): number {
  const { cached, fresh } = promptParts(shape);
  return prefillSecondsPerRequest(serving, batch, fresh, cached);
}

/**
 * Prompts that come together to a replica with B requests in flight: of answers of one length all, of those that differ, which end
 * in any step, those of the m + 1 steps that pass while a request is on its way or waits for a scheduler that takes several together,
 * see intakeSteps.
 *
 *   n = 1 + (B − 1) · min(1, (1 + m) / O)
 *
 * O output tokens per request [1]
 *
 * Leaves out: the first ones of a run. Source: as promptLine.
 */
export function promptsTogether(shape: RequestShape, batch: number, missedSteps: number): number {
  const isCut = shape.longestAnswer !== undefined;
  const differ = isCut || shape.hasVariedAnswers === true || (shape.answerSpread ?? 0) > 0;
  if (!differ) return batch;
  return 1 + Math.max(0, batch - 1) * Math.min(1, (1 + missedSteps) / shape.outputTokens);
}

/**
 * What one prompt adds to the time of a replica with B requests in flight. An engine that processes prompts in steps of their
 * own stops the answers meanwhile; one that puts the tokens of prompts and answers into one step reads the weights and
 * launches the kernels once for both.
 *
 *   t = t_prompt − x · min(k, O / B) · max(0, t_matmul + t_TP + t_shared − B · t_prompt / s),   k = max(1 / n, s / budget)
 *
 * t_prompt machine time of a prompt among those that come together, with nothing else to do [s] · x 1 where the engine mixes, else 0 · k steps per prompt, n prompts per step · O output
 * tokens: no more steps than those of its answer can be shared · t_matmul, t_TP, t_shared parts of the decode step that are
 * spared [s], less the arithmetic of the B further rows · s prompt tokens · budget tokens per step. At least a tenth of t_prompt.
 *
 * Leaves out: reading the cache again when a prompt is cut into chunks.
 * Source: Agrawal et al. 2024, Sarathi-Serve, https://arxiv.org/abs/2403.02310 (from memory); which engines mix is in the catalogue.
 */
export function promptAddedSeconds(
  serving: Serving,
  shape: RequestShape,
  batch: number,
  decode: DecodeStep,
  together = batch,
): number {
  const alone = promptAloneSeconds(serving, shape, together);
  const { constants, attentionGroups, pipelineParallel } = serving;
  const { outputTokens } = shape;
  const { fresh } = promptParts(shape);
  if (constants.mixesPrompts <= 0) return alone;
  const budget = constants.prefillTokens * attentionGroups;
  const prompts = promptsPerStep(serving, together, fresh);
  const steps = Math.max(1 / prompts, fresh / budget) / pipelineParallel;
  const bookkeeping = (constants.sequenceOverheadSeconds * batch) / attentionGroups;
  // Weights out of the host's memory come once for both, caches do not.
  const streamed = serving.hostBytesPerAccelerator > 0 ? decode.host : 0;
  const once = decode.matmul + decode.collective + decode.overhead + streamed - bookkeeping;
  const spared = Math.max(0, once - (batch * alone) / fresh);
  const shared = Math.min(steps, outputTokens / batch);
  return Math.max(0.1 * alone, alone - constants.mixesPrompts * shared * spared);
}
