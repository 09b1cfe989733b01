import { transferSeconds } from '@engine/inference/cache-transfer';
import { decodePerToken, type DecodeStep } from '@engine/inference/decode';
import type { LoadedReplica } from '@engine/inference/closed-loop';
import { drainSeconds } from '@engine/inference/run-ends';
import { runningLimits } from '@engine/inference/running-limits';
import {
  meanContextTokens,
  operatingPoint,
  type OperatingPoint,
} from '@engine/inference/operating-point';
import { prefillSecondsPerRequest } from '@engine/inference/prefill';
import { pooledLineSeconds, roundsOf } from '@engine/inference/prompt-line';
import type { Serving } from '@engine/inference/serving';
import type { RequestShape } from '@engine/inference/request-shape';
import type { Replicas } from './choose-replicas';
import { requestsOfRun, type Subject } from './replica-load';

/** Workers of both kinds of a fleet: whole replicas where it has several. */
interface Workers {
  readonly prompts: number;
  readonly answers: number;
}

/** Time of a request before it decodes, and of the machine per prompt of one worker, in seconds. */
interface Before {
  readonly unhindered: number;
  readonly perPrompt: number;
}

/**
 * Prompts and answers on workers of their own: the decode step is never interrupted, prompts wait only for prompts.
 *
 *   t_token = t_decode(b)        X = min(n_p / t_prompt, n_d · b / (O · t_decode(b)))        t_first = t_0 + w + t_decode(b)
 *   t_0 = t_request + t_users + t_own + t_transfer
 *
 * n_p, n_d workers for prompts and for answers [1] · b requests in flight on one of the latter, see inFlight [1] · O output tokens per request [1] ·
 * X requests per second · t_users waiting for the tokens of others to go out, as in operatingPoint [s] · w wait in line, see pooledLineSeconds [s],
 * or, where the workers for prompts cannot keep up, what is left of a request's time by Little's law · t_transfer sending the
 * prompt's cache, see transferSeconds [s]; a phase measured by itself, or a part of one worker, waits for no other phase and sends nothing.
 * A run takes as long as its requests come or are served, and its last answers longer.
 *
 * Workers for prompts may be laid out in another way than those that decode; they send with what a case says of the former.
 *
 * Leaves out: what transferSeconds leaves out.
 * Source: Zhong et al. 2024, DistServe, https://arxiv.org/abs/2401.09670; Little 1961 (both from memory).
 */
export function estimateDisaggregated(
  subject: Subject,
  replicas: Replicas,
  apart?: Replicas,
): LoadedReplica {
  const { given, shape, load } = subject;
  const { serving, count } = replicas;
  const prompting = apart?.serving ?? serving;
  const isPrefill = given.phase === 'prefill';
  // A part of one replica is a node of a fleet whose other phase is elsewhere.
  const isPhase = !apart && (Boolean(given.phase) || count < 1);
  const { running } = runningLimits(serving, shape, acceptedOn(subject, replicas));
  const perPrompt = prefillSecondsPerRequest(
    prompting,
    load.kind === 'requests in flight' && isPhase ? load.requests / count : Infinity,
    shape.inputTokens,
  );
  const workers = workersOf(subject, replicas, apart, isPhase, perPrompt, running);
  const alone = operatingPoint(prompting, shape, 1);
  const before: Before = {
    perPrompt: isPhase && !isPrefill ? 0 : perPrompt,
    unhindered:
      serving.constants.requestOverheadSeconds +
      alone.ownPrompt +
      (isPhase ? 0 : transferSeconds(prompting, shape.inputTokens)),
  };
  const batch = inFlight(subject, serving, workers, running, before);
  const decode = decodeOf(serving, shape, batch);
  const mixed = operatingPoint(serving, shape, batch);
  const onDecoding = batch / decode.total / shape.outputTokens;
  const requestsPerSecond = isPrefill
    ? workers.prompts / perPrompt
    : Math.min(
        workers.answers * onDecoding,
        before.perPrompt > 0 ? workers.prompts / before.perPrompt : Infinity,
        load.kind === 'request rate' ? load.requestsPerSecond : Infinity,
      );
  const point: OperatingPoint = {
    ...mixed,
    decode,
    prefillShare: 0,
    promptSeconds: perPrompt,
    linePromptSeconds: perPrompt,
    timePerOutputToken: decode.total,
    tokensPerSecond: (requestsPerSecond * shape.outputTokens) / count,
    requestsPerSecond: requestsPerSecond / count,
  };
  const unhindered = before.unhindered + mixed.handingSeconds;
  const perLine = (batch * workers.answers) / workers.prompts;
  const inLine = pooledLineSeconds(prompting, shape, point, perLine);
  const left =
    load.kind === 'requests in flight' && !isPhase
      ? load.requests / requestsPerSecond - shape.outputTokens * decode.total - unhindered
      : 0;
  const longer = isPrefill ? 0 : runLonger(subject, serving, point, batch, workers, unhindered);
  return {
    point,
    tokensPerSecond: point.tokensPerSecond / (1 + longer),
    timeToFirstToken: unhindered + Math.max(inLine, left) + decode.total,
    timePerOutputToken: decode.total,
  };
}

/** Time per token of so many requests on a worker that decodes. */
function decodeOf(serving: Serving, shape: RequestShape, batch: number): DecodeStep {
  return decodePerToken(serving, batch, meanContextTokens(shape), shape.speculation);
}

/** Requests that a worker accepts: what was stated ran, whatever an engine accepts by default. */
function acceptedOn({ load }: Subject, { serving, count }: Replicas): number {
  const usual = serving.constants.largestBatch * serving.attentionGroups;
  return load.kind === 'requests in flight' ? Math.max(usual, load.requests / count) : usual;
}

/**
 * The workers that a case states, or all of one phase measured by itself, else as many of each kind as keep both busy at full load, one of each at least.
 *
 *   n_p = R · t_prompt / (t_prompt + O · t_decode(b) / b)
 *
 * R replicas in all [1] · symbols as in estimateDisaggregated. Source: definition.
 */
function workersOf(
  { given, shape, load }: Subject,
  { serving, count }: Replicas,
  apart: Replicas | undefined,
  isPhase: boolean,
  perPrompt: number,
  running: number,
): Workers {
  if (apart) return { prompts: apart.count, answers: count };
  if (isPhase) return { prompts: count, answers: count };
  const { prefill_workers: prompts, decode_workers: answers } = given;
  if (prompts && answers) {
    const share = count / (prompts + answers);
    return { prompts: prompts * share, answers: answers * share };
  }
  const all = load.kind === 'requests in flight' ? load.requests / count : running;
  const batch = Math.max(1, Math.min(running, all));
  const perAnswer = (shape.outputTokens * decodeOf(serving, shape, batch).total) / batch;
  const even = (count * perPrompt) / (perPrompt + perAnswer);
  if (count < 2) return { prompts: even, answers: count - even };
  const whole = Math.min(count - 1, Math.max(1, Math.round(even)));
  return { prompts: whole, answers: count - whole };
}

/**
 * Requests in flight on one worker that decodes.
 *
 *   closed loop:  n_d · b + X · t_0 = N        open loop:  b = λ / n_d · O · t_decode(b)
 *
 * N users · λ requests per second, X and the others as in estimateDisaggregated; at most those that fit, and no more than the workers for
 * prompts keep busy. Both sides grow with b, which is found by bisection. Source: Little 1961 (from memory).
 */
function inFlight(
  { shape, load }: Subject,
  serving: Serving,
  { prompts, answers }: Workers,
  running: number,
  { unhindered, perPrompt }: Before,
): number {
  const mostPerSecond = perPrompt > 0 ? prompts / perPrompt : Infinity;
  const rateOf = (batch: number): number =>
    (answers * batch) / (shape.outputTokens * decodeOf(serving, shape, batch).total);
  const isTooMany = (batch: number): boolean => {
    const rate = rateOf(batch);
    if (rate > mostPerSecond) return true;
    if (load.kind === 'requests in flight')
      return answers * batch + rate * (perPrompt > 0 ? unhindered : 0) > load.requests;
    return load.kind === 'request rate' && rate > load.requestsPerSecond;
  };
  const all = load.kind === 'requests in flight' ? load.requests / answers : Infinity;
  const most = Math.min(running, all);
  if (!isTooMany(most)) return Math.max(1, most);
  let low = 0;
  let high = most;
  for (let round = 0; round < 40 && high - low > 1e-3 * high; round += 1) {
    const middle = (low + high) / 2;
    if (isTooMany(middle)) high = middle;
    else low = middle;
  }
  return Math.max(1, high);
}

/** How much longer a run takes than its requests at the settled rate, as a share: those under way at the end of an open loop, the longest answers of a closed one. */
function runLonger(
  { given, catalogue, shape, load }: Subject,
  serving: Serving,
  { requestsPerSecond, decode }: OperatingPoint,
  batch: number,
  { answers }: Workers,
  unhindered: number,
): number {
  if (shape.isSettled || load.kind === 'unknown') return 0;
  const drain = drainSeconds(serving, shape, batch);
  if (load.kind === 'requests in flight') {
    const requests = load.requests * roundsOf(serving, shape);
    return (drain * requestsPerSecond * Math.max(1, answers)) / requests;
  }
  const requests = load.requests ?? requestsOfRun(given, catalogue);
  const own = unhindered + shape.outputTokens * decode.total + drain;
  return (own * load.requestsPerSecond) / requests;
}
