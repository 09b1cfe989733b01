import { cacheBytesOf } from './attention';
import { servingMemory } from './capacity';
import { decodeStep } from './decode';
import {
  meanContextTokens,
  operatingPoint,
  type OperatingPoint,
  type RequestShape,
} from './operating-point';
import { intakeSeconds, lineSeconds, roundsOf } from './prompt-line';
import { promptParts } from './request-shape';
import type { Serving } from './serving';

const eulerGamma = 0.5772;

/** What one replica is given to do. */
export type ReplicaLoad =
  /** users who each send the next request when the last answer has ended */
  | { readonly kind: 'closed loop'; readonly users: number }
  /** requests at a mean rate; infinite: all at once */
  | { readonly kind: 'open loop'; readonly requestsPerSecond: number; readonly requests: number }
  /** as many requests as may run, always waiting */
  | { readonly kind: 'queued' }
  | AtTarget;

/** Poisson arrivals at the highest rate that keeps the mean times within what the targets allow. */
interface AtTarget {
  readonly kind: 'at target';
  readonly timePerOutputTokenSeconds: number;
  readonly timeToFirstTokenSeconds: number;
  /** rate under Poisson arrivals over the rate with all requests queued, 0–1 */
  readonly share: number;
  /** steps that a request waits for others at that rate */
  readonly waitSteps: number;
  /** the rate where it is known; absent: as high as the targets allow */
  readonly requestsPerSecond?: number;
}

/** What a replica then does; times are means in seconds. */
export interface LoadedReplica {
  readonly point: OperatingPoint;
  readonly tokensPerSecond: number;
  readonly timeToFirstToken: number;
  readonly timePerOutputToken: number;
}

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
 * different points of their answers. Both at most what the engine accepts and what prompts come in for, see promptBound, and at
 * least one.
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
        Math.floor(cache / cacheBytesOf(serving, shape.inputTokens + share * answer)),
      ),
    );
  return { started: fit(reserved), running: fit(Math.max(reserved, 0.5)) };
}

/**
 * Requests that can have tokens to make at a time where prompts share the steps of answers: a step takes no more tokens of prompts than
 * its budget, so that one further request starts every s / budget steps and ends after O of them.
 *
 *   B = 1 + P · O · budget / s
 *
 * O output tokens, s prompt tokens to be processed [1] · budget tokens of prompts per step and attention group [1] · P stages, each with a
 * step under way [1]. No bound where prompts have steps of their own.
 *
 * Leaves out: tokens of answers within the budget.
 * Source: Agrawal et al. 2024, Sarathi-Serve, https://arxiv.org/abs/2403.02310 (from memory); vLLM 0.11 under bursts of prompts of
 * 2,000 to 32,000 tokens holds 81, 51 and 6 requests of 94 to 107 tokens (Little's law), the bound is 96, 55 and 7.
 */
function promptBound(serving: Serving, shape: RequestShape): number {
  const { constants, attentionGroups, pipelineParallel } = serving;
  const isPooled = serving.promptPoolBusyShare !== undefined;
  if (constants.mixesPrompts <= 0 || isPooled) return Infinity;
  const budget = constants.prefillTokens * attentionGroups;
  const perPrompt = Math.max(1, promptParts(shape).fresh) / (budget * pipelineParallel);
  return Math.floor(1 + shape.outputTokens / perPrompt);
}

/**
 * What one replica does under a load.
 *
 * Closed loop of N users: min(N, running) step together; those started beyond are preempted in turn, which stretches the
 * time per output token to min(N, started) / X; those beyond wait (N − started) / X_r for a place, in the first of the rounds that
 * a benchmark sends half of that on average. The run of n requests takes n / X_r, and longer where answers vary, as in an open loop.
 * Prompts stand in line, see lineSeconds, after a scheduler has taken them, see intakeSeconds; as long as a request stands in line it is not interrupted later, so that its time per
 * token is that much less.
 * Open loop of n requests at rate λ: B = n · W / (n / λ + W) are in flight over the run, W the time of one (Little's law). The run
 * takes n / λ + W or, past capacity, n / X_r(B), and longer where answers vary: the last ones run almost alone. Their load falls as exp(−j / O) over the
 * steps j, of which a request sees ln 2 on average if all start at once. Past capacity a run waits
 * n / 2 · (1 / capacity − 1 / λ) on average, and as in a closed loop is interrupted that much less by prompts of others. Where
 * more come than may run, only those that start first wait for no place, and only those that start last end almost alone; where prompts
 * are what bounds them, each step of all has its prompts.
 *
 * X tokens and X_r requests per second.
 *
 * Leaves out: bursts of an open loop beyond Poisson arrivals, time on the wire.
 * Source: Little 1961; Pollaczek–Khinchine formula in operatingPoint (both from memory).
 */
export function loadReplica(
  serving: Serving,
  shape: RequestShape,
  load: ReplicaLoad,
  accepted?: number,
): LoadedReplica {
  const limits = runningLimits(serving, shape, accepted);
  switch (load.kind) {
    case 'closed loop':
      return closedLoop(serving, shape, load, limits);
    case 'open loop':
      return openLoop(serving, shape, load, limits);
    case 'queued': {
      const point = operatingPoint(serving, shape, limits.running);
      return asLoaded(point);
    }
    case 'at target':
      return atTarget(serving, shape, load, limits);
  }
}

function asLoaded(point: OperatingPoint): LoadedReplica {
  return {
    point,
    tokensPerSecond: point.tokensPerSecond,
    timeToFirstToken: point.timeToFirstToken,
    timePerOutputToken: point.timePerOutputToken,
  };
}

function closedLoop(
  serving: Serving,
  shape: RequestShape,
  load: Extract<ReplicaLoad, { kind: 'closed loop' }>,
  { running, started }: RunningLimits,
): LoadedReplica {
  const users = Math.max(1, load.users);
  // A batch that was stated ran as a whole, whatever an engine sets aside.
  if (shape.isStaticBatch)
    return staticBatch(serving, shape, operatingPoint(serving, shape, users));
  const batch = Math.min(users, running);
  const point = operatingPoint(serving, shape, batch);
  const held = Math.max(batch, Math.min(users, started));
  const rounds = roundsOf(serving, shape);
  // Where not all users have a place, each place takes the requests of several.
  const perPlace = { ...shape, rounds: (rounds * users) / held };
  const inLine = lineSeconds(serving, perPlace, point, held);
  const ahead = inLine / Math.max(1e-12, point.linePromptSeconds);
  const waiting =
    placeSeconds(serving, shape, users, held) / point.requestsPerSecond +
    intakeSeconds(serving, perPlace, point, held);
  const before = Math.min(
    point.prefillShare,
    (ahead * point.promptSeconds * (batch - 1)) / Math.max(1, held - 1) / shape.outputTokens,
  );
  const timePerOutputToken = point.timePerOutputToken - before;
  const drain = shape.isSettled ? 0 : drainSeconds(serving, shape, batch);
  const longer = (drain * point.requestsPerSecond) / (users * rounds);
  return {
    point: { ...point, prefillShare: point.prefillShare - before, timePerOutputToken },
    tokensPerSecond: point.tokensPerSecond / (1 + longer),
    timeToFirstToken: unhinderedFirstToken(serving, point) + inLine + waiting,
    timePerOutputToken: (timePerOutputToken * held) / batch,
  };
}

/**
 * A batch of B requests of software without a scheduler: t_first = t_request + B · t_prompt for everybody, t_token = t_decode(B), and
 * the run takes t_first + O · t_token.
 *
 * Source: definition; llama.cpp's batched-bench and the benchmarks of Transformers, AutoAWQ and Optimum time both phases so.
 */
function staticBatch(serving: Serving, shape: RequestShape, point: OperatingPoint): LoadedReplica {
  const { batch, decode } = point;
  const prompts = Math.max(point.ownPrompt, batch * point.linePromptSeconds);
  const timeToFirstToken = serving.constants.requestOverheadSeconds + prompts;
  const run = timeToFirstToken + shape.outputTokens * decode.total;
  const requestsPerSecond = batch / run;
  return {
    point: { ...point, prefillShare: 0, timePerOutputToken: decode.total, requestsPerSecond },
    tokensPerSecond: requestsPerSecond * shape.outputTokens,
    timeToFirstToken,
    timePerOutputToken: decode.total,
  };
}

/** Time to first token but for the line of prompts, where a step under way is one without prompts: those are in the line. */
function unhinderedFirstToken({ constants }: Serving, point: OperatingPoint): number {
  const stretched = point.prefillShare * Math.min(1, Math.max(0, point.batch - 1));
  return point.timeToFirstToken - point.promptWait - constants.firstTokenSteps * stretched;
}

/** Requests ahead of one of N users for whom only so many have a place: N − started, but half as many in the first round. */
function placeSeconds(serving: Serving, shape: RequestShape, users: number, held: number): number {
  const beyond = Math.max(0, users - held);
  if (shape.isSettled || beyond === 0) return beyond;
  const rounds = roundsOf(serving, shape);
  return (beyond / rounds) * (beyond / (2 * users) + rounds - 1);
}

/** Requests that come at random end at random, whatever their lengths: their prompts come one by one. */
function atRandom(shape: RequestShape): RequestShape {
  return { ...shape, answerSpread: Math.max(1, shape.answerSpread ?? 0) };
}

function openLoop(
  serving: Serving,
  asked: RequestShape,
  load: Extract<ReplicaLoad, { kind: 'open loop' }>,
  { running }: RunningLimits,
): LoadedReplica {
  const { requests, requestsPerSecond: rate } = load;
  const shape = rate === Infinity ? asked : atRandom(asked);
  const most = Math.max(1, Math.min(running, requests));
  const arriving = requests / rate;
  let batch = 1;
  let inSystem = 0;
  for (let round = 0; round < 40; round += 1) {
    const point = operatingPoint(serving, shape, batch);
    inSystem = point.timeToFirstToken + shape.outputTokens * point.timePerOutputToken;
    const together = (requests * inSystem) / (arriving + inSystem);
    const next = (batch + Math.max(1, Math.min(most, together))) / 2;
    const isSettled = Math.abs(next - batch) < 1e-6 * batch;
    batch = next;
    if (isSettled) break;
  }
  const point = operatingPoint(serving, shape, batch);
  const perRequest = 1 / rate;
  const promptLag = (requests / 2) * Math.max(0, point.linePromptSeconds - perRequest);
  const isFull = batch >= running * 0.98;
  const slotLag = isFull
    ? ((requests - running) / 2) * Math.max(0, 1 / point.requestsPerSecond - perRequest)
    : 0;
  const alone = decodeStep(serving, 1, meanContextTokens(shape)).total;
  const tail = drainSeconds(serving, shape, batch);
  const run = Math.max(arriving + inSystem, requests / point.requestsPerSecond) + tail;
  const burst = inSystem / (arriving + inSystem);
  const perToken = point.promptSeconds / shape.outputTokens;
  const wave = isFull ? Math.min(1, running / requests) : 1;
  const spared = isFull && promptBound(serving, shape) <= running ? 0 : wave * wave;
  const eased = shape.hasVariedAnswers ? (1 - Math.LN2) * burst * wave : 0;
  return {
    point,
    tokensPerSecond: (requests * shape.outputTokens) / run,
    timeToFirstToken: point.timeToFirstToken + Math.max(promptLag, slotLag),
    timePerOutputToken:
      point.timePerOutputToken -
      Math.min(point.prefillShare, spared * (promptLag / point.linePromptSeconds) * perToken) -
      eased * (point.decode.total - alone),
  };
}

/** How much longer a run takes because its last answers are longer than others, and end almost alone. */
export function drainSeconds(serving: Serving, shape: RequestShape, batch: number): number {
  const longer = lastAnswer(shape, batch) - shape.outputTokens;
  return longer > 0 ? longer * decodeStep(serving, 1, meanContextTokens(shape)).total : 0;
}

/** The longest of the answers that end a run: H(B) means where lengths vary exponentially, at most four. */
function lastAnswer({ outputTokens, hasVariedAnswers }: RequestShape, batch: number): number {
  if (!hasVariedAnswers) return outputTokens;
  return outputTokens * Math.min(4, eulerGamma + Math.log(Math.max(2, batch)));
}

function atTarget(
  serving: Serving,
  asked: RequestShape,
  load: AtTarget,
  { running }: RunningLimits,
): LoadedReplica {
  const shape = atRandom(asked);
  const meets = (batch: number): boolean => {
    const { timePerOutputToken, timeToFirstToken } = operatingPoint(serving, shape, batch);
    return (
      timePerOutputToken <= load.timePerOutputTokenSeconds &&
      timeToFirstToken <= load.timeToFirstTokenSeconds
    );
  };
  const full = operatingPoint(serving, asked, running);
  let met = meets(running) ? running : 1;
  let failed = running;
  while (failed - met > 1) {
    const middle = Math.floor((met + failed) / 2);
    if (meets(middle)) met = middle;
    else failed = middle;
  }
  const point = operatingPoint(serving, shape, met);
  return {
    point,
    tokensPerSecond: Math.min(
      point.tokensPerSecond,
      full.tokensPerSecond * load.share,
      (load.requestsPerSecond ?? Infinity) * shape.outputTokens,
    ),
    timeToFirstToken: point.timeToFirstToken + load.waitSteps * point.timePerOutputToken,
    timePerOutputToken: point.timePerOutputToken,
  };
}
