import { assumptionValue } from '@engine/catalogue/assumption';
import type { Catalogue } from '@engine/catalogue/types';
import { memoryParts } from '@engine/inference/curves';
import type { LoadedReplica } from '@engine/inference/closed-loop';
import { meanContextTokens, type RequestShape } from '@engine/inference/operating-point';
import type { Interval } from './case';
import type { Machine } from './case-hardware';
import type { Replicas } from './choose-replicas';

/** The metrics of one serving case, named as in the cases; a prompt phase by itself counts input tokens. */
export function servingMetrics(
  { serving, count }: Replicas,
  shape: RequestShape,
  loaded: LoadedReplica,
  machine: Machine,
  phase: string | null,
): Record<string, number> {
  const outputRate = loaded.tokensPerSecond * count;
  const requestRate = outputRate / shape.outputTokens;
  const context = meanContextTokens(shape);
  const memoryGb = memoryParts(serving, loaded.point.batch, context).reduce(
    (sum, part) => sum + part.value,
    0,
  );
  const counted = shape.inputTokens + (phase === 'prefill' ? 0 : shape.outputTokens);
  return {
    output_tokens_per_s_total: outputRate,
    total_tokens_per_s: requestRate * counted,
    tokens_per_s_per_gpu: outputRate / machine.units,
    requests_per_s: requestRate,
    ttft_ms: loaded.timeToFirstToken * 1e3,
    tpot_ms: loaded.timePerOutputToken * 1e3,
    memory_gb_per_gpu: memoryGb,
  };
}

/** What the error of a prediction depends on most. */
export type IntervalKind = 'complete' | 'partial' | 'benchmark';

/** Metrics and the name that their error goes by. */
const errorNames: Readonly<Record<string, string>> = {
  output_tokens_per_s_total: 'throughput',
  total_tokens_per_s: 'throughput',
  tokens_per_s_per_gpu: 'throughput',
  requests_per_s: 'throughput',
  ttft_ms: 'timeToFirstToken',
  tpot_ms: 'timePerOutputToken',
};

/** The range of every metric: the factors below and above within which four of five measurements of unseen sources should lie. */
export function servingIntervals(
  predicted: Record<string, number>,
  catalogue: Catalogue,
  kind: IntervalKind,
): Record<string, Interval> {
  return Object.fromEntries(
    Object.entries(predicted).flatMap(([metric, value]) => {
      const name = errorNames[metric];
      if (name === undefined) return [];
      const factor = (side: 'low' | 'high'): number =>
        assumptionValue(catalogue.assumptions, `serving.range.${name}.${kind}.${side}`);
      return [[metric, { p10: value * factor('low'), p90: value * factor('high') }]];
    }),
  );
}
