import { transferSeconds } from '@engine/inference/cache-transfer';
import { decodeStep } from '@engine/inference/decode';
import { runningLimits, type LoadedReplica } from '@engine/inference/loaded-replica';
import {
  meanContextTokens,
  operatingPoint,
  type OperatingPoint,
  type RequestShape,
} from '@engine/inference/operating-point';
import { prefillSecondsPerRequest } from '@engine/inference/prefill';
import { pooledLineSeconds } from '@engine/inference/prompt-line';
import type { Serving } from '@engine/inference/serving';
import type { Replicas } from './choose-replicas';
import type { Subject } from './replica-load';

/** Share of a fleet's replicas that process prompts when the case does not say. */
const promptShare = 0.35;

/**
 * Prompts and answers on replicas of their own: the decode step is never interrupted, prompts wait only for prompts.
 *
 *   t_token = t_decode(B)        X = B / t_decode(B)        t_first = t_request + t_users + t_prompt + w + t_transfer + t_decode
 *
 * B requests in flight on a decode replica [1] · t_users waiting for the tokens of others to go out, as in
 * operatingPoint [s] · w wait in line, see pooledLineSeconds [s] · t_transfer sending the prompt's cache to the decode replica, see
 * transferSeconds [s]; a phase measured by itself has all replicas and sends nothing.
 *
 * Leaves out: replicas of different layouts, and what transferSeconds leaves out.
 * Source: Zhong et al. 2024, DistServe, https://arxiv.org/abs/2401.09670 (from memory).
 */
export function estimateDisaggregated(
  { given, shape, load }: Subject,
  { serving, count }: Replicas,
): LoadedReplica {
  const isPhase = Boolean(given.phase);
  const decodeShare = isPhase ? 1 : 1 - promptShare;
  const { running } = runningLimits(
    serving,
    shape,
    serving.constants.largestBatch * serving.attentionGroups,
  );
  const onDecoding = (all: number): number => all / (count * decodeShare);
  const users =
    load.kind === 'requests in flight'
      ? onDecoding(load.requests)
      : load.kind === 'request rate'
        ? inFlightAt(serving, shape, onDecoding(load.requestsPerSecond), running)
        : running;
  const batch = Math.max(1, Math.min(users, running));
  const mixed = operatingPoint(serving, shape, batch);
  const decode = decodeStep(serving, batch, meanContextTokens(shape));
  const perPrompt = prefillSecondsPerRequest(
    serving,
    batch * serving.attentionGroups,
    shape.inputTokens,
  );
  const isPrefill = given.phase === 'prefill';
  const point: OperatingPoint = {
    ...mixed,
    decode,
    prefillShare: 0,
    promptSeconds: perPrompt,
    linePromptSeconds: perPrompt,
    timePerOutputToken: decode.total,
    tokensPerSecond: isPrefill ? shape.outputTokens / perPrompt : batch / decode.total,
  };
  const inLine = pooledLineSeconds(serving, shape, point, batch);
  const offered =
    load.kind === 'request rate' ? (load.requestsPerSecond / count) * shape.outputTokens : Infinity;
  const perReplica = isPrefill
    ? shape.outputTokens / perPrompt
    : Math.min(offered, point.tokensPerSecond * decodeShare);
  return {
    point,
    tokensPerSecond: perReplica,
    timeToFirstToken:
      serving.constants.requestOverheadSeconds +
      mixed.handingSeconds +
      mixed.ownPrompt +
      inLine +
      (isPhase ? 0 : transferSeconds(serving, shape.inputTokens)) +
      decode.total,
    timePerOutputToken: decode.total,
  };
}

/** Requests in flight on a decoding replica at a rate: B = λ · O · t_decode(B), at most those that fit. */
function inFlightAt(
  serving: Serving,
  shape: RequestShape,
  requestsPerSecond: number,
  most: number,
): number {
  const context = meanContextTokens(shape);
  let batch = 1;
  for (let round = 0; round < 30; round += 1) {
    const seconds = decodeStep(serving, batch, context).total;
    const next = Math.min(most, Math.max(1, requestsPerSecond * shape.outputTokens * seconds));
    if (Math.abs(next - batch) < 1e-3 * batch) return next;
    batch = (batch + next) / 2;
  }
  return batch;
}
