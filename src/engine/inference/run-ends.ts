import { decodeStep } from './decode';
import type { OperatingPoint } from './operating-point';
import { promptsPerStep } from './prefill';
import { meanContextTokens, promptParts, type RequestShape } from './request-shape';
import type { Serving } from './serving';

const eulerGamma = 0.5772156649;
const terms = 40;
/** Tokens of the shortest answers that load generators take from data sets of conversations. */
const shortestAnswer = 4;

/** ∫ from x to ∞ of e^(−t) / t: its series up to one, its continued fraction beyond (Abramowitz and Stegun, 5.1.11 and 5.1.22, from memory). */
export function exponentialIntegral(x: number): number {
  if (x > 1) {
    let fraction = 0;
    for (let k = terms; k > 0; k -= 1) fraction = k / (1 + k / (x + fraction));
    return Math.exp(-x) / (x + fraction);
  }
  let sum = -eulerGamma - Math.log(x);
  let term = -1;
  for (let k = 1; k <= terms; k += 1) {
    term *= -x / k;
    sum += term / k;
  }
  return sum;
}

/** How lengths of answers vary: hardly, evenly up to twice the mean, or as those that end by themselves do. */
function lengthsOf({
  hasVariedAnswers,
  answerSpread = 0,
}: RequestShape): 'alike' | 'even' | 'exponential' {
  if (hasVariedAnswers) return 'exponential';
  return answerSpread > 1 ? 'even' : 'alike';
}

/** Share of its tokens that a request of the rush makes beside prompts of others, on average over requests whose answers vary. */
function variedShare(phase: number): number {
  const decay = Math.exp(-phase);
  const seen = phase - 1 + decay + (phase * phase * exponentialIntegral(phase)) / 2;
  return (seen + (1 - (1 + phase) * decay) / 2) / phase;
}

/** The same where lengths are drawn evenly up to twice the mean. */
function evenShare(phase: number): number {
  const within = Math.min(2, phase);
  const part = (within * within * (1.5 + Math.log(2 / within))) / 4;
  return (part + Math.max(0, phase - 2)) / phase;
}

/**
 * What prompts add to the time per token of those that all come at once, beyond what they would add if all answers were of one length.
 *
 *   x = 1: Δ = (h(κ) − min(1, κ / 2)) · budget / s · t,   κ = (N · s / budget − 1) / O,   h(κ) = 1 / κ · ∫₀^κ (1 − e^(−r) + r · E₁(r)) dr
 *   x = 0: Δ = (N − n) / 2 · t · (E₁(4 / O) − 1) / O
 *   lengths drawn evenly up to 2 · O: h(κ) = κ / 4 · (3 / 2 + ln(2 / κ)) up to κ = 2, and ln(2 · O) / 2 in place of E₁(4 / O)
 *
 * Times per token are averaged over requests, not tokens: a short answer makes few tokens, of which more pass while prompts are
 * processed. Lengths vary about exponentially around O output tokens, a request whose prompt comes early has up to κ · O of its steps beside
 * prompts (x = 1, prompts and answers share steps), or waits once for all prompts after its own (x = 0), which counts E₁(4 / O) times as much per
 * token, since data sets are cut to answers of four tokens and more [1] · N requests that come at once, n of them in a step [1] · s tokens of a prompt, budget tokens of a step [1] · t what a prompt adds, see
 * promptAddedSeconds [s] · E₁ exponential integral [1]
 *
 * Leaves out: that lengths of prompts vary. Source: definition of the mean over requests, which vllm bench serve and
 * sglang.bench_serving print; compared with a simulation in tests/engine/inference/run-ends.test.ts.
 */
export function rushInterruption(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  requests: number,
): number {
  const { constants, attentionGroups } = serving;
  const answer = shape.outputTokens;
  const { fresh } = promptParts(shape);
  const together = promptsPerStep(serving, requests, fresh);
  const prompt = point.promptSeconds;
  const lengths = lengthsOf(shape);
  if (lengths === 'alike' || requests <= together || answer <= 1) return 0;
  const isEven = lengths === 'even';
  if (constants.mixesPrompts <= 0) {
    const often = isEven ? Math.log(2 * answer) / 2 : exponentialIntegral(shortestAnswer / answer);
    return (((requests - together) / 2) * prompt * Math.max(0, often - 1)) / answer;
  }
  const perStep = (constants.prefillTokens * attentionGroups) / fresh;
  const phase = Math.max(1e-9, requests / perStep - 1) / answer;
  const seen = isEven ? evenShare(phase) : variedShare(phase);
  return Math.max(0, seen - Math.min(1, phase / 2)) * perStep * prompt;
}

/** How much longer a run takes because its last answers are longer than others, and end almost alone. */
export function drainSeconds(serving: Serving, shape: RequestShape, batch: number): number {
  const longer = lastAnswer(shape, batch) - shape.outputTokens;
  return longer > 0 ? longer * decodeStep(serving, 1, meanContextTokens(shape)).total : 0;
}

/**
 * The longest of B answers: H(B) means where lengths vary exponentially, at most four and what they are cut off at; 2 · B / (B + 1) means where they are drawn evenly up to
 * twice the mean.
 */
function lastAnswer(shape: RequestShape, batch: number): number {
  const { outputTokens } = shape;
  switch (lengthsOf(shape)) {
    case 'alike':
      return shape.longestAnswer ?? outputTokens;
    case 'even':
      return outputTokens * Math.max(1, (2 * batch) / (batch + 1));
    case 'exponential':
      return Math.min(
        shape.longestAnswer ?? Infinity,
        outputTokens * Math.min(4, eulerGamma + Math.log(Math.max(2, batch))),
      );
  }
}

/**
 * How much less the time per token is of those that end a run with nobody after them.
 *
 *   Δ = (1 − ln 2) · (t_decode(B) − t_decode(1))
 *
 * Their load falls as exp(−j / O) over the steps j, of which a request sees ln 2 on average where lengths vary exponentially; of one that
 * falls evenly, where they are drawn evenly up to twice the mean, three quarters.
 *
 * Leaves out: prompts. Source: definition.
 */
export function easedAtEnd(serving: Serving, shape: RequestShape, point: OperatingPoint): number {
  const lengths = lengthsOf(shape);
  if (lengths === 'alike') return 0;
  const alone = decodeStep(serving, 1, meanContextTokens(shape)).total;
  return (lengths === 'even' ? 1 / 4 : 1 - Math.LN2) * (point.decode.total - alone);
}
