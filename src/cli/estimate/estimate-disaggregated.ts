import { transferSeconds } from '@engine/inference/cache-transfer';
import { decodeStep } from '@engine/inference/decode';
import { runningLimits, type LoadedReplica } from '@engine/inference/loaded-replica';
import {
  meanContextTokens,
  operatingPoint,
  type OperatingPoint,
} from '@engine/inference/operating-point';
import { prefillSecondsPerRequest } from '@engine/inference/prefill';
import { pooledLineSeconds } from '@engine/inference/prompt-line';
import type { CaseServing } from './case';
import type { Replicas } from './choose-replicas';
import type { Subject } from './replica-load';

/** Share of the accelerators that process prompts where they are too few for two replicas. */
const promptShare = 0.35;

/** Replicas of both pools; parts of one where a fleet is counted as an average. */
interface Pools {
  readonly prompts: number;
  readonly answers: number;
}

/** What both pools do together; times in seconds. */
interface PooledLoad {
  readonly batch: number;
  readonly step: number;
  readonly requestsPerSecond: number;
  /** wait in line before a prompt */
  readonly inLine: number;
}

/**
 * Prompts and answers on replicas of their own: the decode step is never interrupted, prompts wait only for prompts.
 *
 *   t_first = t_request + t_users + t_prompt + w + t_transfer + t_decode
 *   closed loop of N users: R_d · B / (O · t_decode(B)) = min(R_p / t_p, N / (w_0 + O · t_decode(B)))
 *   open loop: B = λ / R_d · O · t_decode(B), at most those that fit
 *
 * R_p, R_d replicas for prompts and for answers: those that a case states, else the whole numbers that serve most · B requests in
 * flight on a decoding replica · O output tokens · t_p machine time per prompt [s] · w wait in line, see pooledLineSeconds [s] · w_0
 * what a request takes before it decodes when nothing is in line [s] · t_users waiting for the tokens of others to go out, as in
 * operatingPoint [s] · t_transfer sending the prompt's cache to the decode replica, see transferSeconds [s]; a phase measured by itself
 * has all replicas and sends nothing.
 *
 * Leaves out: replicas of different layouts, and what transferSeconds leaves out.
 * Source: Zhong et al. 2024, DistServe, https://arxiv.org/abs/2401.09670 (from memory).
 */
export function estimateDisaggregated(subject: Subject, replicas: Replicas): LoadedReplica {
  const { given, shape } = subject;
  const { serving, count } = replicas;
  const isPhase = isOnePhase(given, count);
  const loads = poolsOf(given, count).map((pools) => pooledLoad(subject, replicas, pools));
  const { batch, step, requestsPerSecond, inLine } = loads.reduce((best, next) =>
    next.requestsPerSecond > best.requestsPerSecond * 1.0001 ? next : best,
  );
  const mixed = operatingPoint(serving, shape, batch);
  const perPrompt = promptSecondsOf(subject, replicas, batch);
  const isPrefill = given.phase === 'prefill';
  const point: OperatingPoint = {
    ...mixed,
    decode: decodeStep(serving, batch, meanContextTokens(shape)),
    prefillShare: 0,
    promptSeconds: perPrompt,
    linePromptSeconds: perPrompt,
    timePerOutputToken: step,
    tokensPerSecond: isPrefill ? shape.outputTokens / perPrompt : batch / step,
  };
  return {
    point,
    tokensPerSecond: isPrefill
      ? shape.outputTokens / perPrompt
      : (requestsPerSecond * shape.outputTokens) / count,
    timeToFirstToken:
      serving.constants.requestOverheadSeconds +
      mixed.handingSeconds +
      mixed.ownPrompt +
      inLine +
      (isPhase ? 0 : transferSeconds(serving, shape.inputTokens)) +
      step,
    timePerOutputToken: step,
  };
}

/** A phase measured by itself; nodes that are a part of one replica cannot hold both. */
function isOnePhase(given: CaseServing, count: number): boolean {
  return Boolean(given.phase) || count < 1;
}

/** Splits of the replicas: the one that is stated, all whole ones, or a usual share where there are too few. */
function poolsOf(given: CaseServing, count: number): readonly Pools[] {
  if (isOnePhase(given, count)) return [{ prompts: count, answers: count }];
  const { prefill_workers: prompts, decode_workers: answers } = given;
  if (prompts && answers) {
    const one = count / (prompts + answers);
    return [{ prompts: prompts * one, answers: answers * one }];
  }
  if (count < 2) return [{ prompts: count * promptShare, answers: count * (1 - promptShare) }];
  return Array.from({ length: Math.ceil(count) - 1 }, (_, index) => ({
    prompts: index + 1,
    answers: count - index - 1,
  }));
}

/** Machine time per prompt of a replica for prompts that always has some in line. */
function promptSecondsOf({ shape }: Subject, { serving }: Replicas, batch: number): number {
  return prefillSecondsPerRequest(serving, batch * serving.attentionGroups, shape.inputTokens);
}

function pooledLoad(subject: Subject, replicas: Replicas, pools: Pools): PooledLoad {
  const { given, shape, load } = subject;
  const { serving } = replicas;
  const accepted = serving.constants.largestBatch * serving.attentionGroups;
  const { running } = runningLimits(serving, shape, accepted);
  const stepOf = (batch: number): number =>
    decodeStep(serving, batch, meanContextTokens(shape)).total;
  const decoded = (batch: number): number =>
    (pools.answers * batch) / (shape.outputTokens * stepOf(batch));
  const at = (batch: number, users: number, most: number): PooledLoad => {
    const step = stepOf(batch);
    const perPrompt = promptSecondsOf(subject, replicas, users);
    const mixed = operatingPoint(serving, shape, batch);
    const point = { ...mixed, linePromptSeconds: perPrompt, timePerOutputToken: step };
    return {
      batch,
      step,
      requestsPerSecond: Math.min(most, decoded(batch)),
      inLine: pooledLineSeconds(serving, shape, point, users),
    };
  };
  if (load.kind === 'request rate') {
    const batch = largestAt(1, running, (one) => decoded(one) <= load.requestsPerSecond);
    return at(batch, batch, load.requestsPerSecond);
  }
  const users = load.kind === 'requests in flight' ? load.requests : running * pools.answers;
  const onDecoding = Math.max(1, Math.min(running, users / pools.answers));
  const inLine = users / pools.prompts;
  // A phase by itself keeps as many in flight as are stated, whatever the other one could do.
  if (isOnePhase(given, replicas.count)) return at(onDecoding, onDecoding, Infinity);
  const unhindered =
    operatingPoint(serving, shape, 1).timeToFirstToken +
    transferSeconds(serving, shape.inputTokens);
  const prompted = pools.prompts / promptSecondsOf(subject, replicas, inLine);
  const arriving = (batch: number): number =>
    Math.min(prompted, users / (unhindered + shape.outputTokens * stepOf(batch)));
  const batch = largestAt(1, onDecoding, (one) => decoded(one) <= arriving(one));
  return at(batch, inLine, prompted);
}

/** The largest number between two that a condition holds for, which holds up to some number; the smaller where it holds for none. */
function largestAt(low: number, high: number, holds: (value: number) => boolean): number {
  if (high <= low || holds(high)) return Math.max(low, high);
  let [met, failed] = [low, high];
  for (let round = 0; round < 30; round += 1) {
    const middle = (met + failed) / 2;
    if (holds(middle)) met = middle;
    else failed = middle;
  }
  return met;
}
