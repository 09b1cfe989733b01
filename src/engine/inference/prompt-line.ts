import type { OperatingPoint } from './operating-point';
import { promptsPerStep } from './prefill';
import type { RequestShape } from './request-shape';
import type { Serving } from './serving';

/** Later rounds are like this one. */
const mostRounds = 100;

/** Requests that each user of a closed loop sends. */
export function roundsOf({ constants }: Serving, { rounds }: RequestShape): number {
  return Math.max(1, Math.round(rounds ?? constants.benchmarkRounds));
}

/**
 * How long a request of a closed loop stands in line behind prompts of others, on average over the rounds.
 *
 *   w = Σ_k w_k / r,   w_0 = (N + n − 2) / 2 · t,   w_k = (N − 1) / 2 · t · ½ (u + √(u² + 4 / N)),   u = 1 − W_k / (N · t)
 *   W_k = min(1, v · √k) · O · t_token + x · (N · t + N · s / budget · t_decode)
 *
 * r requests per user, whose first ones all come at once · N users · n prompts processed together, which end together · t
 * machine time per prompt in a line [s] · W_k time over which the requests of round k come: v longest minus shortest answer
 * over the mean, whose sum grows with the root of the rounds, at most a whole answer; where prompts and answers share a step (x = 1) the
 * first of a line is N · s / budget tokens ahead of the last ever after, and the steps in which they end are as long as those
 * that took their prompts: filled with prompts of those that ended before · s prompt tokens · budget tokens per step · t_decode
 * the step without prompts [s] · w_k wait of N requests that come at random over W_k and take t each: (N · t − W_k) / 2 where
 * they come much faster than they are taken, N · t² / (2 · W_k) where much slower, √N · t / 2 in between
 *
 * A benchmark that counts only after its load has settled has no first round; a request then waits as behind random ones.
 *
 * Leaves out: pauses of users. Source: definition; w_k joins the limits of the queue with constant service.
 */
export function lineSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): number {
  if (shape.isSettled) return point.promptWait;
  const { constants, attentionGroups } = serving;
  const rounds = roundsOf(serving, shape);
  const told = Math.min(rounds, mostRounds);
  const spread = shape.hasVariedAnswers ? 1 : (shape.answerSpread ?? constants.answerSpread);
  const prompt = point.linePromptSeconds;
  const line = users * prompt;
  if (users <= 1 || line <= 0) return 0;
  const answer = shape.outputTokens * point.timePerOutputToken;
  const steps = (users * shape.inputTokens) / (constants.prefillTokens * attentionGroups);
  const lead = constants.mixesPrompts * (line + steps * point.decode.total);
  const atOnce = promptsPerStep(serving, users, shape.inputTokens);
  let sum = ((users + Math.min(users, atOnce) - 2) / 2) * prompt;
  for (let round = 1; round < told; round += 1) {
    const window = Math.min(1, spread * Math.sqrt(round)) * answer + lead;
    const over = 1 - window / line;
    const wait = ((users - 1) / 4) * prompt * (over + Math.sqrt(over * over + 4 / users));
    sum += wait * (round === told - 1 ? rounds - round : 1);
  }
  return sum / rounds;
}
