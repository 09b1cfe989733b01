import { maximumBatch } from './capacity';
import { decodePerToken, largestCapturedBatch, type DecodeStep } from './decode';
import { intakeSteps } from './intake';
import { promptAddedSeconds, promptAloneSeconds, promptsTogether } from './mixed-steps';
import { ownPromptSeconds } from './prefill';
import { promptPool, type PromptPool } from './prompt-pool';
import { meanContextTokens, promptParts, type RequestShape } from './request-shape';
import type { Serving } from './serving';
import { loadShareOf } from './staffing';

export { meanContextTokens, type RequestShape } from './request-shape';

/** What one replica does with B requests in flight, in seconds. */
export interface OperatingPoint {
  readonly batch: number;
  readonly decode: DecodeStep;
  /** prompts of others processed between two tokens of a request */
  readonly prefillShare: number;
  /** what one prompt adds to the machine's time, see promptAddedSeconds */
  readonly promptSeconds: number;
  /** machine time of one prompt in a line of prompts with nothing else to do */
  readonly linePromptSeconds: number;
  /** what receiving a request waits for the tokens of others to go out */
  readonly handingSeconds: number;
  /** what a request waits for prompts of others that come at random */
  readonly promptWait: number;
  /** the request's own prompt, processed alone */
  readonly ownPrompt: number;
  readonly timePerOutputToken: number;
  readonly timeToFirstToken: number;
  readonly tokensPerSecond: number;
  readonly requestsPerSecond: number;
  /** requests per second of a replica that decodes: the same, unless prompts have replicas of their own */
  readonly decodeRequestsPerSecond: number;
  /** null where prompts and answers share replicas */
  readonly pool: PromptPool | null;
}

/**
 * Steady state of continuous batching with B requests in flight.
 *
 *   t_token = t_decode(B) + (B − 1) / O · t_prompt        throughput = B / (t_token + t_prompt / O)
 *   t_first = t_request + (B − 1) / g · t_user + t_prefill(1) · (1 + ρ / (2 (1 − ρ))) + κ · t_token,   ρ = (B / O · t_prompt) / (t_decode(B) + B / O · t_prompt)
 *
 * O output tokens per request [1] · t_request receiving and tokenising [s], and t_user more for
 * each other request whose tokens go out through the same process, of which each attention group (g) has one [s] · t_prompt what one prompt adds to the machine's time [s], see promptAddedSeconds: for every O tokens of a request the machine
 * also processes the prompts of the B requests that replace the finished ones, of which B − 1 delay a given request · κ steps that pass until a new
 * request has its first token [1]; where prompts and answers share steps, no more of them than fit into each step delay a token: those beyond wait, and fewer answers are under way · ρ share of the time spent on prompts, whose
 * queue has Poisson arrivals and constant service (M/D/1). Beams are rows of their own: they share the memory of their prompt's cache, and each reads it.
 *
 * Leaves out: bursts, uneven lengths, time on the wire.
 * Source: Yu et al. 2022, Orca, OSDI (continuous batching); Pollaczek–Khinchine formula; both from memory.
 */
export function operatingPoint(
  serving: Serving,
  shape: RequestShape,
  batch: number,
): OperatingPoint {
  const beams = shape.beams ?? 1;
  const beamTokens = shape.inputTokens + shape.outputTokens / 2;
  const decode = decodePerToken(serving, batch * beams, beamTokens, shape.speculation);
  if (serving.promptPoolBusyShare !== undefined) {
    return pooledPoint(serving, shape, batch, decode);
  }
  const linePromptSeconds = promptAloneSeconds(serving, shape, batch);
  const handingSeconds =
    (serving.constants.userOverheadSeconds * Math.max(0, batch - 1)) / serving.attentionGroups;
  const turnaround = serving.constants.requestOverheadSeconds + handingSeconds;
  const { cached, fresh } = promptParts(shape);
  const { mixesPrompts, prefillTokens } = serving.constants;
  const budget = prefillTokens * serving.attentionGroups;
  // Tokens of answers are part of what a step takes; a tenth is left to prompts where a stated batch is larger than that.
  const answers = mixesPrompts > 0 ? Math.min(batch / serving.pipelineParallel, 0.9 * budget) : 0;
  const perStep = (budget - answers) / fresh;
  const taken = intakeSteps(shape.intake, batch / shape.outputTokens, perStep).together;
  const together = promptsTogether(shape, batch, turnaround / decode.total + taken);
  const promptSeconds = promptAddedSeconds(serving, shape, batch, decode, together);
  const fullStep = linePromptSeconds * perStep;
  const prefillShare = Math.min(
    (Math.max(0, batch - 1) / shape.outputTokens) * promptSeconds,
    mixesPrompts > 0 ? fullStep : Infinity,
  );
  const timePerOutputToken = decode.total + prefillShare;
  const allPrompts = (batch / shape.outputTokens) * promptSeconds;
  const busyShare = allPrompts / (decode.total + allPrompts);
  const ownPrompt = ownPromptSeconds(serving, fresh, cached);
  const promptWait = (ownPrompt * busyShare) / (2 * (1 - busyShare));
  const timeToFirstToken =
    serving.constants.requestOverheadSeconds +
    handingSeconds +
    ownPrompt +
    promptWait +
    serving.constants.firstTokenSteps * timePerOutputToken * Math.min(1, Math.max(0, batch - 1));
  const tokensPerSecond = batch / (decode.total + allPrompts);
  const requestsPerSecond = tokensPerSecond / shape.outputTokens;
  return {
    batch,
    decode,
    prefillShare,
    promptSeconds,
    linePromptSeconds,
    handingSeconds,
    promptWait,
    ownPrompt,
    timePerOutputToken,
    timeToFirstToken,
    tokensPerSecond,
    requestsPerSecond,
    decodeRequestsPerSecond: requestsPerSecond,
    pool: null,
  };
}

/**
 * Steady state of B requests in flight on a replica that only decodes, where prompts have replicas of their own.
 *
 *   t_token = t_decode(B)      x = B / (O · t_decode)      x̄ = 1 / (1 / x + a · kept)
 *   t_first = t_request + t_prefill(1) + w + t_transfer
 *
 * O output tokens per request [1] · x requests per second of a decoding replica, x̄ of a replica of both pools on average [1/s] ·
 * a share of its rate that a decoding replica is given at the peak, see loadShareOf [1] · kept, w, t_transfer of the pool for
 * prompts, see promptPool [s] · t_request as in operatingPoint
 *
 * The first token comes from the prompt and goes with its cache; a replica for prompts has no tokens of others to hand out.
 *
 * Leaves out: bursts, uneven lengths; that pools are whole replicas, see poolsFor; engines that make the first token once more
 * on the decoding replica.
 * Source: Zhong et al. 2024, DistServe, https://arxiv.org/abs/2401.09670 (from memory).
 */
function pooledPoint(
  serving: Serving,
  shape: RequestShape,
  batch: number,
  decode: DecodeStep,
): OperatingPoint {
  const { constants, promptPoolBusyShare = 1 } = serving;
  const pool = promptPool(serving, shape, promptPoolBusyShare);
  const { cached, fresh } = promptParts(shape);
  const ownPrompt = ownPromptSeconds(serving, fresh, cached);
  const decodeRequestsPerSecond = batch / decode.total / shape.outputTokens;
  const given = loadShareOf(batch, constants.burstDeviations);
  const requestsPerSecond = 1 / (1 / decodeRequestsPerSecond + given * pool.kept);
  return {
    batch,
    decode,
    prefillShare: 0,
    promptSeconds: 0,
    linePromptSeconds: pool.prompt,
    handingSeconds: 0,
    promptWait: pool.wait,
    ownPrompt,
    timePerOutputToken: decode.total,
    timeToFirstToken: constants.requestOverheadSeconds + ownPrompt + pool.wait + pool.transfer,
    tokensPerSecond: requestsPerSecond * shape.outputTokens,
    requestsPerSecond,
    decodeRequestsPerSecond,
    pool,
  };
}

export interface LatencyTargets {
  readonly timeToFirstTokenSeconds: number;
  readonly timePerOutputTokenSeconds: number;
}

/** Why the operating batch is not larger. */
export type BatchLimit =
  'memory' | 'engine' | 'captured graphs' | 'time to first token' | 'time per output token';

export interface OperatingBatch {
  /** 0 when not even one request can be served within the targets */
  readonly batch: number;
  readonly limit: BatchLimit;
}

/** What keeps the largest batch from being larger: the memory, or what the engine accepts on a replica. */
export function limitOfLargest(
  { constants }: Serving,
  largest: number,
): Extract<BatchLimit, 'memory' | 'engine'> {
  return largest >= constants.largestBatch ? 'engine' : 'memory';
}

/**
 * That batch, or the largest one whose steps are captured where it serves more requests: beyond it kernels are launched one by one,
 * which takes longer than what more requests win. Both times are less with fewer requests, so that it meets the targets, too.
 *
 * Source: definition.
 */
export function withinCapture(
  found: OperatingBatch,
  serving: Serving,
  { speculation, beams = 1 }: RequestShape,
  at: (batch: number) => OperatingPoint,
): OperatingBatch {
  const rows = beams * (Math.max(0, speculation?.draftTokens ?? 0) + 1);
  const captured = largestCapturedBatch(serving, rows);
  if (captured < 1 || captured >= found.batch) return found;
  const isMore = at(captured).decodeRequestsPerSecond > at(found.batch).decodeRequestsPerSecond;
  return isMore ? { batch: captured, limit: 'captured graphs' } : found;
}

/**
 * The number of requests in flight that serves most within both targets and the memory: the largest, by bisection, as both times
 * grow with it, or the largest with captured steps, see withinCapture.
 *
 * Source: definition.
 */
export function operatingBatch(
  serving: Serving,
  shape: RequestShape,
  targets: LatencyTargets,
): OperatingBatch {
  const largest = maximumBatch(serving, meanContextTokens(shape));
  if (largest < 1) return { batch: 0, limit: 'memory' };
  const at = (batch: number): OperatingPoint => operatingPoint(serving, shape, batch);
  const missed = (batch: number): BatchLimit | null => missedTarget(at(batch), targets);
  const best = (found: OperatingBatch) => withinCapture(found, serving, shape, at);
  const limit = missed(largest);
  if (limit === null) return best({ batch: largest, limit: limitOfLargest(serving, largest) });
  return best(largestWithin({ met: 0, failed: largest, limit }, missed, halfWay));
}

/** The target that a point misses first; null where it meets both. */
export function missedTarget(
  { timePerOutputToken, timeToFirstToken }: OperatingPoint,
  targets: LatencyTargets,
): BatchLimit | null {
  if (timePerOutputToken > targets.timePerOutputTokenSeconds) return 'time per output token';
  return timeToFirstToken > targets.timeToFirstTokenSeconds ? 'time to first token' : null;
}

/** The batch half way between two. */
export function halfWay(met: number, failed: number): number {
  return Math.floor((met + failed) / 2);
}

/**
 * The largest batch that misses nothing, between one that does not and one that misses the limit: what lies between them is asked by
 * guesses until the two are neighbours. The limit is what the next larger batch misses.
 */
export function largestWithin(
  from: { readonly met: number; readonly failed: number; readonly limit: BatchLimit },
  missed: (batch: number) => BatchLimit | null,
  guess: (met: number, failed: number) => number,
): OperatingBatch {
  let { met, failed, limit } = from;
  while (failed - met > 1) {
    const next = guess(met, failed);
    const reason = missed(next);
    if (reason === null) met = next;
    else [failed, limit] = [next, reason];
  }
  return { batch: met, limit };
}
