import type { Catalogue } from '@engine/catalogue/types';
import { assumptionValue } from '@engine/hardware/constants';
import { memoryParts } from '@engine/inference/curves';
import { servingErrorKeys } from '@engine/inference/latency-figures';
import {
  meanContextTokens,
  type OperatingPoint,
  type RequestShape,
} from '@engine/inference/operating-point';
import type { Serving } from '@engine/inference/serving';
import { intervalOf, type Interval } from './case';
import type { Machine } from './case-hardware';
import type { Load } from './load';

/** How one serving case is run. */
export interface Situation {
  readonly load: Load;
  readonly largest: number;
  readonly replicas: number;
  readonly machine: Machine;
}

/** The metrics of one serving case, named as in the cases. */
export function servingMetrics(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  { load, largest, replicas, machine }: Situation,
): Record<string, number> {
  const capacity = point.tokensPerSecond * replicas;
  const offered =
    load.kind === 'request rate' ? load.requestsPerSecond * shape.outputTokens : Infinity;
  const outputRate = Math.min(capacity, offered);
  const memoryGb = memoryParts(serving, point.batch, meanContextTokens(shape)).reduce(
    (sum, part) => sum + part.value,
    0,
  );
  const firstToken =
    point.timeToFirstToken + closedLoopWait(serving, shape, point, load, largest, replicas);
  return {
    output_tokens_per_s_total: outputRate,
    total_tokens_per_s:
      (outputRate * (shape.inputTokens + shape.outputTokens)) / shape.outputTokens,
    tokens_per_s_per_gpu: outputRate / machine.count,
    requests_per_s: outputRate / shape.outputTokens,
    ttft_ms: firstToken * 1e3,
    tpot_ms: point.timePerOutputToken * 1e3,
    memory_gb_per_gpu: memoryGb,
  };
}

/**
 * Extra wait of a closed-loop run: part of the prompts arrive together and stand in line, and requests beyond what fits
 * wait for a place.
 */
function closedLoopWait(
  serving: Serving,
  shape: RequestShape,
  point: OperatingPoint,
  load: Load,
  largest: number,
  replicas: number,
): number {
  if (load.kind !== 'requests in flight' || load.requests <= 1) return 0;
  const perReplica = load.requests / replicas;
  const promptSeconds = (point.prefillShare * shape.outputTokens) / point.batch;
  const together = serving.constants.closedLoopBurst * ((point.batch - 1) / 2) * promptSeconds;
  const waiting = Math.max(0, perReplica - largest);
  return together + waiting / point.requestsPerSecond;
}

/** The range of every metric; wider for a case that does not state what throughput depends on most. */
export function servingIntervals(
  predicted: Record<string, number>,
  catalogue: Catalogue,
  load: Load,
  isFullyDescribed: boolean,
): Record<string, Interval> {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  const least = isFullyDescribed ? 0 : known('serving.incompleteCaseError');
  const error = (key: string): number => Math.max(known(key), least);
  const firstTokenKey =
    load.kind === 'requests in flight'
      ? 'serving.closedLoopFirstTokenError'
      : servingErrorKeys.timeToFirstToken;
  const errorOf: Readonly<Record<string, number>> = {
    output_tokens_per_s_total: error(servingErrorKeys.throughput),
    total_tokens_per_s: error(servingErrorKeys.throughput),
    tokens_per_s_per_gpu: error(servingErrorKeys.throughput),
    requests_per_s: error(servingErrorKeys.throughput),
    ttft_ms: error(firstTokenKey),
    tpot_ms: error(servingErrorKeys.timePerOutputToken),
  };
  return Object.fromEntries(
    Object.entries(predicted).flatMap(([metric, value]) => {
      const relative = errorOf[metric];
      return relative === undefined ? [] : [[metric, intervalOf(value, relative)]];
    }),
  );
}
