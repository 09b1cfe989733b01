import { cacheBytesOf } from './attention';
import { residentBatch } from './capacity';
import { peakFlopPerSecond } from '../hardware/device';
import { forwardFlopPerToken } from '../model/flop';
import type { BatchPoint, LossStage, Part } from '../report';
import {
  operatingPoint,
  type BatchLimit,
  type OperatingPoint,
  type RequestShape,
} from './operating-point';
import type { Service } from './service';
import type { Serving } from './serving';

/**
 * What a replica does at 1, 2, 4 … requests in flight up to the largest batch that fits, and at the planned one: between two
 * others it is not on the line that joins them, least of all where the engine has captured no graph.
 */
export function batchCurve(
  serving: Serving,
  shape: RequestShape,
  largest: number,
  planned = 0,
): BatchPoint[] {
  const batches: number[] = [];
  for (let batch = 1; batch < largest; batch *= 2) batches.push(batch);
  if (largest >= 1) batches.push(largest);
  if (planned >= 1 && planned < largest && !batches.includes(planned)) batches.push(planned);
  batches.sort((one, other) => one - other);
  return batches.map((batch) => {
    const point = operatingPoint(serving, shape, batch);
    return {
      batch,
      timePerOutputTokenMs: point.timePerOutputToken * 1e3,
      tokensPerSecond: point.tokensPerSecond,
    };
  });
}

/** Where the time between two tokens of a request goes; the parts add up to the time per output token. */
export function decodeParts(point: OperatingPoint): Part[] {
  const part = (key: string, label: string, seconds: number): Part => ({
    key,
    label,
    value: seconds * 1e3,
    unit: 'ms',
  });
  return [
    part('weights', 'Weights and arithmetic', point.decode.matmul),
    part('cache', 'Key–value cache', point.decode.cache),
    part('collective', 'Tensor-parallel communication', point.decode.collective),
    part('overhead', 'Kernel launches and scheduling', point.decode.overhead),
    ...(point.decode.host > 0 ? [part('host', 'Waiting for host memory', point.decode.host)] : []),
    part('prefill', 'Prompts of other requests', point.prefillShare),
  ];
}

/** What fills an accelerator's memory at a batch; the parts add up to the memory used. */
export function memoryParts(serving: Serving, batch: number, contextTokens: number): Part[] {
  const part = (key: string, label: string, bytes: number): Part => ({
    key,
    label,
    value: bytes / 1e9,
    unit: 'GB',
  });
  const held =
    serving.hostCacheBytes === undefined
      ? batch
      : Math.min(batch, residentBatch(serving, contextTokens));
  const cacheBytes = held * cacheBytesOf(serving, contextTokens);
  return [
    part('weights', 'Weights', serving.weightBytesPerAccelerator),
    part('cache', 'Key–value cache', cacheBytes),
    part('workspace', 'Activations and buffers', serving.constants.workspaceBytes),
  ];
}

/** Work of one request, prompt and answer, in forward FLOP. */
export function requestFlop(serving: Serving, shape: RequestShape): number {
  const { inputTokens, outputTokens } = shape;
  const prompt = inputTokens * forwardFlopPerToken(serving.architecture, inputTokens / 2);
  const answer =
    outputTokens * forwardFlopPerToken(serving.architecture, inputTokens + outputTokens / 2);
  return prompt + answer;
}

function whyFewer(limit: BatchLimit): string {
  return limit === 'captured graphs'
    ? 'as larger steps are not captured and would serve fewer'
    : `so that the ${limit} stays within its target`;
}

/**
 * From the arithmetic peak of the accelerators to the tokens that are paid for, as shares of the peak.
 *
 *   peak: P · G / C → largest batch: X(B_max) → targets: X(B) → whole replicas: λ / (n · X) → mean load: u
 *
 * P dense peak [FLOP/s] · G accelerators · C work of one request [FLOP] · X requests per second of a replica ·
 * B requests in flight · λ peak requests per second · n replicas · u mean load as a share of the peak
 *
 * Leaves out: what is lost between peak and achievable inside one kernel is part of the first drop.
 * Source: definition.
 */
export function servingLossStages(
  serving: Serving,
  shape: RequestShape,
  service: Service,
  load: {
    readonly peakRequestsPerSecond: number;
    readonly meanLoadFraction: number;
    readonly usdPerAcceleratorHour: number;
  },
): LossStage[] {
  const { point, replicasNeeded } = service;
  if (point === null || replicasNeeded === null || replicasNeeded === 0) return [];
  const peakPerReplica =
    (peakFlopPerSecond(serving.device, serving.weightPrecision) * service.acceleratorsPerReplica) /
    requestFlop(serving, shape);
  const largest = operatingPoint(serving, shape, service.maximumBatch);
  const best = Math.max(largest.requestsPerSecond, point.requestsPerSecond);
  const inMemory = Math.min(1, best / peakPerReplica);
  const inTargets = Math.min(inMemory, point.requestsPerSecond / peakPerReplica);
  const usedShare = load.peakRequestsPerSecond / (replicasNeeded * point.requestsPerSecond);
  const atPeak = inTargets * Math.min(1, usedShare);
  const usdPerHour = load.usdPerAcceleratorHour * service.acceleratorsPerReplica * replicasNeeded;
  const stages: LossStage[] = [];
  const add = (key: string, label: string, remaining: number, why: string): void => {
    const before = stages.at(-1)?.remaining ?? 1;
    stages.push({ key, label, remaining, usdLostPerHour: (before - remaining) * usdPerHour, why });
  };
  add('peak', 'Peak arithmetic', 1, 'Every accelerator computes at its dense peak.');
  add(
    'batch',
    'Largest batch',
    inMemory,
    `Weights and caches are read for every token; ${service.maximumBatch} requests at once are what memory and the serving engine allow.`,
  );
  add(
    'targets',
    'Latency targets',
    inTargets,
    point.batch === service.maximumBatch
      ? 'The largest batch meets both targets: nothing is lost here.'
      : `${point.batch} requests at once instead of ${service.maximumBatch}, ${whyFewer(service.limit)}.`,
  );
  add('replicas', 'Whole replicas', atPeak, 'The last replica is only partly needed at the peak.');
  add(
    'load',
    'Mean load',
    atPeak * load.meanLoadFraction,
    'Accelerators kept for the peak wait while the load is lower.',
  );
  return stages;
}
