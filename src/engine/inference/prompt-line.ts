import { cutShare } from './cut-answers';
import { intakeSteps, type IntakeSteps } from './intake';
import type { OperatingPoint } from './operating-point';
import { promptsPerStep } from './prefill';
import { promptParts, type RequestShape } from './request-shape';
import type { Serving } from './serving';

/** Later rounds are like this one. */
const mostRounds = 100;

/** Requests that each user of a closed loop sends. */
export function roundsOf({ constants }: Serving, { rounds }: RequestShape): number {
  return Math.max(1, Math.round(rounds ?? constants.benchmarkRounds));
}

/** Answers end at different lengths: longest minus shortest over the mean. */
function spreadOf({ hasVariedAnswers, answerSpread }: RequestShape): number {
  return hasVariedAnswers ? 1 : (answerSpread ?? 0);
}

/** Steps over which the answers of the round before end, of a number of rounds alike. */
interface LaterRound {
  readonly count: number;
  readonly steps: number;
  /** share of the users who have always been in step, as all their answers were cut off at one length, see cutShare */
  readonly inStep: number;
}

/** What decides how the requests of a closed loop come. */
interface Arrivals {
  readonly perStep: number;
  /** share of the users whose prompts come together, where answers end over so many steps */
  readonly togetherIn: (steps: number) => number;
  /** the same for those that find the scheduler looking */
  readonly atOnceIn: (steps: number) => number;
  readonly intakeIn: (steps: number) => IntakeSteps;
}

function arrivalsOf(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): Arrivals {
  const { constants, attentionGroups } = serving;
  const perStep = (constants.prefillTokens * attentionGroups) / promptParts(shape).fresh;
  const turn = constants.requestOverheadSeconds + point.handingSeconds;
  const missed = turn / Math.max(1e-9, point.decode.total);
  const intakeIn = (steps: number): IntakeSteps =>
    intakeSteps(shape.intake, users / Math.max(1, steps), perStep);
  const within = (missing: number, steps: number): number =>
    Math.min(1, (1 + missing) / Math.max(1, steps));
  return {
    perStep,
    intakeIn,
    atOnceIn: (steps) => within(missed, steps),
    togetherIn: (steps) => within(missed + intakeIn(steps).together, steps),
  };
}

/** The rounds after the first, which comes all at once, one after the other; of a load that has settled a single one that stands for all. */
function laterRounds(
  serving: Serving,
  shape: RequestShape,
  { perStep, togetherIn }: Arrivals,
  users: number,
): LaterRound[] {
  const { mixesPrompts } = serving.constants;
  const answer = shape.outputTokens;
  const drift = spreadOf(shape) * answer;
  const rounds = roundsOf(serving, shape);
  if (shape.isSettled)
    return [
      {
        count: rounds,
        steps: mixesPrompts > 0 ? answer : Math.min(answer, drift),
        inStep: 1,
      },
    ];
  const told = Math.min(rounds, mostRounds);
  const later: LaterRound[] = [];
  let apart = drift;
  let inStep = 1;
  for (let round = 1; round < told; round += 1) {
    inStep *= cutShare(shape);
    const steps = Math.min(answer, apart + (mixesPrompts * users * inStep) / perStep);
    apart = Math.sqrt(apart * apart * (1 - togetherIn(steps)) + drift * drift);
    later.push({
      count: round === told - 1 ? rounds - round : 1,
      steps,
      inStep,
    });
  }
  return later;
}

/** Rounds from which on the request in the middle is none of the first round. */
const roundsOfMedian = 3;

/** Whether a time is that of a request in the middle, which is not one of those that all come at once. */
export function passesOverFirst(serving: Serving, shape: RequestShape): boolean {
  return shape.countsMedian === true && roundsOf(serving, shape) >= roundsOfMedian;
}

/** Average over the rounds of what a request waits, given the first ones' and that of each later round; of a median only over these. */
function overRounds(
  serving: Serving,
  shape: RequestShape,
  first: number,
  later: readonly LaterRound[],
  waitIn: (round: LaterRound) => number,
): number {
  const known = later.reduce((sum, { count }) => sum + count, 0);
  const rounds = passesOverFirst(serving, shape) ? known : roundsOf(serving, shape);
  const waits = later.reduce((sum, round) => sum + round.count * waitIn(round), 0);
  return (first * (rounds - known) + waits) / rounds;
}

/** What a request finds before it, on average. */
export interface PromptLine {
  readonly seconds: number;
  /** those whose time that is, but for answers in the same steps */
  readonly prompts: number;
}

/**
 * How long a request of a closed loop stands in line behind prompts of others on the replica that also decodes, on average over
 * the rounds.
 *
 *   w = h + Σ_k w_k / r,   w_0 = w(N − 1) · (1 + b / (2 · t)),   w(a) = (a + min(n, a + 1) − 1) / 2 · t,   m = (t_request + t_users) / t_decode + g
 *   w_k = min(w(N − 1), w((N − 1) · c_k) + x · min(N / S_k, budget / s) · t),   c_k = min(1, (1 + m) / S_k)
 *   S_k = min(O, d_k + x · N · s / budget),   d_1 = v · O,   d_(k+1)² = d_k² · (1 − c_k) + d_1²
 *
 * h see aheadSeconds [s] · r requests per user, whose first ones all come at once · N users · n prompts processed together, which end together · t
 * machine time per prompt in a line [s] · b what answers of all others in the same steps add to it, see answersBeside; in the first round half of them are there on average [s] · S_k steps over which the answers of a round end: d_k because of their lengths, v
 * longest minus shortest over the mean, and, where prompts and answers share a step (x = 1), those over which the first prompts were
 * spread, s prompt tokens each and budget tokens per step · m steps that pass while an answer goes out and the next request
 * comes in, g those whose requests a scheduler takes together, see intakeSteps. Nobody decodes while prompts are processed by themselves, and few steps pass while they share them, so that what
 * counts is not when requests come but the step in which they do: those of m + 1 steps come together, and stay together, as they
 * then decode side by side. Sharing a step, they also wait for the one under way, with the prompts of those that ended before.
 *
 * Where answers are cut off at one length, only those stay together all of whose answers ran to it, a share p^k of the users after k rounds, see cutShare; the
 * others' prompts come one by one.
 *
 * A benchmark that counts only after its load has settled has no first round; where prompts and answers share steps, its answers
 * then end in any step, S = O.
 *
 * Leaves out: pauses of users, prompts of uneven length. Source: the scheduler of the engines, step by step; compared with a
 * simulation of it in tests/engine/simulation/waves.test.ts.
 */
export function promptLine(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): PromptLine {
  const prompt = point.linePromptSeconds;
  if (users <= 1 || prompt <= 0) return { seconds: 0, prompts: 0 };
  const { mixesPrompts } = serving.constants;
  const atOnce = promptsPerStep(serving, users, promptParts(shape).fresh);
  const arrivals = arrivalsOf(serving, shape, point, users);
  const beside = answersBeside(serving, shape, point);
  const behind = (others: number): number => (others + Math.min(atOnce, others + 1) - 1) / 2;
  const first = behind(users - 1);
  const later = laterRounds(serving, shape, arrivals, users);
  const onAverage = (rush: number): number =>
    overRounds(serving, shape, first * rush, later, ({ steps, inStep }) => {
      const underWay = Math.min((users * inStep) / Math.max(1, steps), arrivals.perStep);
      const together = behind((users - 1) * inStep * arrivals.togetherIn(steps));
      const apart = mixesPrompts * Math.min(users / shape.outputTokens, arrivals.perStep);
      return Math.min(first, inStep * (together + mixesPrompts * underWay) + (1 - inStep) * apart);
    });
  const prompts = onAverage(1);
  const ahead = aheadSeconds(serving, shape, point, users);
  return { prompts, seconds: prompt * onAverage(1 + beside / 2 / prompt) + ahead };
}

/**
 * What prompts that come together wait for the first of them, with which a scheduler starts as soon as it is there.
 *
 *   h = Σ_k h_k / r,   h_k = m_k / (1 + m_k) · (t_own − t),   h_0 = max(0, (N − 1) / N · (t_own − t) − N · t_admit)
 *
 * m_k others whose prompts come with that of a request in a later round, (N − 1) · c_k as in promptLine [1] · t_own time of a prompt by itself, t machine time per
 * prompt in a line [s]: the same for long prompts, of which a step takes one; launching kernels holds a short one up that is alone [s] · N · t_admit
 * what receiving everybody takes before any is processed, see closedLoop [s]
 *
 * Nothing within the process of the engine, to which all are handed before it starts.
 *
 * Leaves out: schedulers that are told to gather prompts; that some more may be there in time.
 * Source: the loops of vLLM's engine core and SGLang's scheduler, which block for a request when there is none and start with what has come (from memory).
 */
function aheadSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): number {
  const longer = point.ownPrompt - point.linePromptSeconds;
  if (shape.isInProcess || longer <= 0) return 0;
  const arrivals = arrivalsOf(serving, shape, point, users);
  const later = laterRounds(serving, shape, arrivals, users);
  const received = users * serving.constants.admissionSeconds;
  const first = Math.max(0, (1 - 1 / users) * longer - received);
  return overRounds(serving, shape, first, later, ({ steps, inStep }) => {
    const others = (users - 1) * inStep * arrivals.togetherIn(steps);
    return (others / (1 + others)) * longer;
  });
}

/**
 * What answers of others add to a prompt whose steps they share.
 *
 *   b = x · s / budget · (t_attention + B / g · t_sequence)
 *
 * x 1 where the engine mixes, else 0 · s tokens of the prompt, budget tokens of a step [1] · t_attention, t_sequence of B requests that decode in
 * g attention groups, see decodeStep [s]: what a step does for each by itself
 *
 * Leaves out: their rows in matrix products. Source: definition.
 */
function answersBeside(
  serving: Serving,
  shape: RequestShape,
  { batch, decode }: OperatingPoint,
): number {
  const { mixesPrompts, sequenceOverheadSeconds, prefillTokens } = serving.constants;
  const steps = promptParts(shape).fresh / (prefillTokens * serving.attentionGroups);
  const bookkeeping = (sequenceOverheadSeconds * batch) / serving.attentionGroups;
  return mixesPrompts * steps * (decode.cache + bookkeeping);
}

/**
 * How long a request of a closed loop waits for a scheduler that takes requests only now and then, on average over the rounds: the
 * steps of intakeSteps, except for those that come when nobody decodes, with whom everybody else comes as well.
 *
 *   w = Σ_k w_k / r,   w_0 = 0,   w_k = (1 − c_k) · w · t_decode
 *
 * r rounds, c_k share of the users that come together as in lineSeconds, w see intakeSteps [1] · t_decode step without prompts [s]
 *
 * Leaves out: requests at random (open loops), steps with prompts of others. Source: definition.
 */
export function intakeSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): number {
  if (users <= 1 || shape.intake === undefined) return 0;
  const arrivals = arrivalsOf(serving, shape, point, users);
  const later = laterRounds(serving, shape, arrivals, users);
  const waitIn = ({ steps }: LaterRound): number =>
    (1 - arrivals.atOnceIn(steps)) * arrivals.intakeIn(steps).wait * point.decode.total;
  return overRounds(serving, shape, 0, later, waitIn);
}

/**
 * How long a request of a closed loop stands in line before replicas that only process prompts, on average over the rounds.
 *
 *   w = Σ_k w_k / r,   w_0 = (N + n − 2) / 2 · t,   w_k = N · t · ½ (u + √(u² + 2 / N)),   u = 1 − O · t_token / (N · t)
 *
 * r, N, n, t as in lineSeconds · O output tokens · w_k wait in a later round: prompts are taken one by one, so that those of a user
 * follow each other after N · t where the line never empties, of which its answer takes O · t_token: N · t − O · t_token; where it does
 * empty, N · t² / (2 · O · t_token), that of requests at random
 *
 * Leaves out: pauses of users. Source: definition; w_k joins the limits of the queue with constant service.
 */
export function pooledLineSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): number {
  const prompt = point.linePromptSeconds;
  const line = users * prompt;
  if (users <= 1 || line <= 0) return 0;
  const over = 1 - (shape.outputTokens * point.timePerOutputToken) / line;
  const atOnce = promptsPerStep(serving, users, shape.inputTokens);
  const first = ((users + Math.min(users, atOnce) - 2) / 2) * prompt;
  const later = (line / 2) * (over + Math.sqrt(over * over + 2 / users));
  if (shape.isSettled) return later;
  const rounds = roundsOf(serving, shape);
  return (first + (rounds - 1) * later) / rounds;
}
