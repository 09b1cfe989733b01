import type { RequestStream, SimulationTrace } from './types';

/** The middle, the slow tenth and the slowest hundredth of a measure, and its mean. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly mean: number;
}

/** What the users of a simulated fleet saw; times in seconds. */
export interface SimulationSummary {
  /** from arrival to the first token */
  readonly timeToFirstToken: Percentiles;
  /** per request: from the first token to the last, over the tokens after the first */
  readonly timePerOutputToken: Percentiles;
  readonly endToEnd: Percentiles;
  /** from arrival to the moment that the prompt is begun */
  readonly queueing: Percentiles;
  readonly finished: number;
  readonly rejected: number;
  readonly preempted: number;
  readonly restarted: number;
  readonly outputTokensPerSecond: number;
  readonly requestsPerSecond: number;
  /** share of the replicas' time that is spent on steps, 0–1 */
  readonly utilisation: number;
  readonly meanRequestsInFleet: number;
  readonly meanReplicas: number;
  readonly largestReplicas: number;
  /** share of all requests that are answered within both targets, 0–1; null without targets */
  readonly withinTargets: number | null;
  readonly simulatedSeconds: number;
  readonly events: number;
  readonly isCancelled: boolean;
}

export interface Targets {
  readonly timeToFirstTokenSeconds: number;
  readonly timePerOutputTokenSeconds: number;
}

const nothing: Percentiles = { p50: 0, p90: 0, p99: 0, mean: 0 };

/** Percentiles of the first `count` numbers: the value at or above which the rest lies, without interpolation. */
function percentiles(values: Float64Array): Percentiles {
  if (values.length === 0) return nothing;
  let sum = 0;
  for (const value of values) sum += value;
  values.sort();
  const at = (share: number): number =>
    values[Math.min(values.length - 1, Math.ceil(share * values.length) - 1)] as number;
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), mean: sum / values.length };
}

/** Time of one measure for every finished request, in no order. */
export function measured(
  stream: RequestStream,
  trace: SimulationTrace,
  measure: 'timeToFirstToken' | 'timePerOutputToken' | 'endToEnd' | 'queueing',
): Float64Array {
  const values = new Float64Array(stream.arrival.length);
  let count = 0;
  for (let request = 0; request < values.length; request += 1) {
    const finish = trace.finish[request] as number;
    if (Number.isNaN(finish)) continue;
    const arrival = stream.arrival[request] as number;
    const first = trace.firstToken[request] as number;
    const later = (stream.output[request] as number) - 1;
    if (measure === 'timePerOutputToken' && later < 1) continue;
    values[count] =
      measure === 'timeToFirstToken'
        ? first - arrival
        : measure === 'timePerOutputToken'
          ? (finish - first) / later
          : measure === 'endToEnd'
            ? finish - arrival
            : (trace.start[request] as number) - arrival;
    count += 1;
  }
  return values.slice(0, count);
}

/** Brings a trace together; rates and shares are zero where nothing was finished. */
export function summarise(
  stream: RequestStream,
  trace: SimulationTrace,
  targets: Targets | null = null,
): SimulationSummary {
  const seconds = trace.endSeconds;
  const rate = (count: number): number => (seconds > 0 ? count / seconds : 0);
  const { availableSeconds } = trace;
  const of = (measure: Parameters<typeof measured>[2]): Percentiles =>
    percentiles(measured(stream, trace, measure));
  return {
    timeToFirstToken: of('timeToFirstToken'),
    timePerOutputToken: of('timePerOutputToken'),
    endToEnd: of('endToEnd'),
    queueing: of('queueing'),
    finished: trace.finished,
    rejected: trace.rejected,
    preempted: trace.preempted,
    restarted: trace.restarted,
    outputTokensPerSecond: rate(trace.tokens),
    requestsPerSecond: rate(trace.finished),
    utilisation: availableSeconds > 0 ? Math.min(1, trace.busySeconds / availableSeconds) : 0,
    meanRequestsInFleet: rate(trace.requestSeconds),
    meanReplicas: rate(availableSeconds),
    largestReplicas: trace.largestReplicas,
    withinTargets: targets === null ? null : shareWithin(stream, trace, targets),
    simulatedSeconds: seconds,
    events: trace.events,
    isCancelled: trace.isCancelled,
  };
}

function shareWithin(stream: RequestStream, trace: SimulationTrace, targets: Targets): number {
  let within = 0;
  for (let request = 0; request < stream.arrival.length; request += 1) {
    const first = trace.firstToken[request] as number;
    const finish = trace.finish[request] as number;
    const later = Math.max(1, (stream.output[request] as number) - 1);
    if (
      first - (stream.arrival[request] as number) <= targets.timeToFirstTokenSeconds &&
      (finish - first) / later <= targets.timePerOutputTokenSeconds
    ) {
      within += 1;
    }
  }
  return stream.arrival.length === 0 ? 0 : within / stream.arrival.length;
}
