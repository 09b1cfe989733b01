import { operatingPoint, type OperatingPoint } from './operating-point';
import { intakeSeconds, passesOverFirst, promptLine, roundsOf } from './prompt-line';
import type { RequestShape } from './request-shape';
import { drainSeconds, easedAtEnd, rushInterruption } from './run-ends';
import type { RunningLimits } from './running-limits';
import type { Serving } from './serving';

/** What a replica does under a load; times are means in seconds. */
export interface LoadedReplica {
  readonly point: OperatingPoint;
  readonly tokensPerSecond: number;
  readonly timeToFirstToken: number;
  readonly timePerOutputToken: number;
}

/**
 * What a replica does for N users who each send the next of r requests when the last answer has ended.
 *
 *   t_first = t_request + t_prompt + w_line + w_place + N · t_admit / r      t_token = (t_decode + t_prompts) · min(N, started) / min(N, running)
 *   run = N · r / X_r + t_drain + t_last wave + N · t_admit
 *
 * min(N, running) requests step together [1]; those started beyond are preempted in turn, which stretches the time per output token;
 * those beyond wait for a place, see placeSeconds. Prompts stand in line, see promptLine, after a scheduler has taken them, see
 * intakeSeconds; as long as a request stands in line it is not interrupted later, so that its time per token is that much less. The first
 * ones all come at once, and the last ones have nobody after them, see rushInterruption, easedAtEnd, drainSeconds.
 * t_admit what each of many requests that come at once takes before any of them is processed [s]: a front end works on all of them in turn, as
 * does the process that sends them, so that the first is ready when nearly all are. None of it where a load has settled, or was
 * handed over within the process of the engine. X_r requests per second.
 *
 * Leaves out: pauses of users, time on the wire.
 * Source: Little 1961; t_admit: 1,000 requests at once on vLLM 0.10 (gpt-oss-120b on two and four H100s, pages of the GPUStack performance lab)
 * have their first tokens from twice the median less the 99th percentile on, 1.0 to 2.0 s after they were sent.
 */
export function closedLoop(
  serving: Serving,
  shape: RequestShape,
  asked: number,
  { running, started }: RunningLimits,
): LoadedReplica {
  const users = Math.max(1, asked);
  // A batch that was stated ran as a whole, whatever an engine sets aside.
  if (shape.isStaticBatch)
    return staticBatch(serving, shape, operatingPoint(serving, shape, users));
  const batch = Math.min(users, running);
  const point = operatingPoint(serving, shape, batch);
  const held = Math.max(batch, Math.min(users, started));
  const rounds = roundsOf(serving, shape);
  // Where not all users have a place, each place takes the requests of several.
  const perPlace = { ...shape, rounds: (rounds * users) / held };
  const line = promptLine(serving, perPlace, point, held);
  const waiting =
    placeSeconds(serving, shape, point, users, held) +
    intakeSeconds(serving, perPlace, point, held);
  const before = Math.min(
    point.prefillShare,
    (line.prompts * point.promptSeconds * (batch - 1)) / Math.max(1, held - 1) / shape.outputTokens,
  );
  // Share of the requests that start a run together, and of those that end it.
  const atEnds = shape.isSettled ? 0 : Math.min(1, held / (users * rounds));
  const ends = rushInterruption(serving, shape, point, held) - easedAtEnd(serving, shape, point);
  const timePerOutputToken = point.timePerOutputToken - before + atEnds * ends;
  const isSent = !shape.isSettled && !shape.isInProcess;
  const admission = isSent ? users * serving.constants.admissionSeconds : 0;
  const drain = shape.isSettled ? 0 : drainSeconds(serving, shape, batch);
  const late = drain + admission + lastWaveSeconds(serving, shape, point, users);
  const longer = (late * point.requestsPerSecond) / (users * (shape.rounds ?? rounds));
  return {
    point: { ...point, prefillShare: point.prefillShare - before, timePerOutputToken },
    tokensPerSecond: point.tokensPerSecond / (1 + longer),
    timeToFirstToken:
      unhinderedFirstToken(serving, point) +
      line.seconds +
      waiting +
      (passesOverFirst(serving, perPlace) ? 0 : admission / rounds),
    timePerOutputToken: (timePerOutputToken * held) / batch,
  };
}

/**
 * How much longer a run takes whose requests are no multiple of its users: the last wave takes nearly as long as a full one.
 *
 *   Δ = b · (1 / X_r(b) − 1 / X_r(N)),   b = n − N · ⌊n / N⌋
 *
 * n requests of N users, which run together and end together, as answers of one length do, so that b are left [1] · X_r requests per
 * second. Nothing where answers vary, see drainSeconds, where users wait for places, or a load has settled.
 *
 * Leaves out: that the time per token of the b is less, which a median does not show. Source: definition.
 */
function lastWaveSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
): number {
  const waves = shape.rounds ?? 1;
  const left = (waves - Math.floor(waves)) * users;
  const isInWaves = !shape.hasVariedAnswers && !shape.isSettled && users <= point.batch;
  if (!isInWaves || left < 0.5) return 0;
  const few = operatingPoint(serving, shape, left);
  return left * (1 / few.requestsPerSecond - 1 / point.requestsPerSecond);
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

/**
 * What one of N users waits for one of R places, on average over r rounds.
 *
 *   w_0 = (N − R) / N · (R · t + (N − R) / (2 · X_r))      w_k = (N − R) / X_r      w = (w_0 + (r − 1) · w_k) / r
 *
 * In the first round R find a place at once, and the prompts of all of them come before those of the others: t machine time per prompt in a
 * line [s] · X_r requests that end per second. A load that has settled has no first round.
 *
 * Leaves out: that those with a place end at different times. Source: Little 1961.
 */
function placeSeconds(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  users: number,
  held: number,
): number {
  const beyond = Math.max(0, users - held);
  const later = beyond / point.requestsPerSecond;
  if (shape.isSettled || beyond === 0 || passesOverFirst(serving, shape)) return later;
  const rounds = roundsOf(serving, shape);
  const first = (beyond / users) * (held * point.linePromptSeconds + later / 2);
  return (first + (rounds - 1) * later) / rounds;
}
