import type { OperatingPoint } from '../inference/operating-point';
import { type Service } from '../inference/service';
import { replicasFor } from '../inference/staffing';
import type { InferenceWorkload } from '../plan';
import type { Finding } from '../report';

/**
 * A service whose operating point was measured.
 *
 *   t_first = measured      t_token = measured, its parts scaled alike      X = measured, or X_model · t_model / t_token      n = ⌈ λ / (share · X / O) ⌉
 *
 * t_first time to first token [s] · t_token time per output token [s] · X output tokens per second of a replica [1/s] · λ requests per second at the peak ·
 * O output tokens per request · n replicas
 *
 * Leaves out: other batches than the operating one; that a slower step also delays the first token. Source: definition.
 */
export function withMeasurement(
  service: Service,
  workload: InferenceWorkload,
  peakRequestsPerSecond: number,
): Service {
  const { point } = service;
  const first = workload.measuredTimeToFirstTokenMs?.value ?? null;
  const time = workload.measuredTimePerOutputTokenMs?.value ?? null;
  const rate = workload.measuredTokensPerSecond?.value ?? null;
  if (point === null || (first === null && time === null && rate === null)) return service;
  const slowdown = time === null ? 1 : time / 1e3 / point.timePerOutputToken;
  const tokensPerSecond = rate ?? point.tokensPerSecond / slowdown;
  const measured: OperatingPoint = {
    ...point,
    decode: {
      matmul: point.decode.matmul * slowdown,
      cache: point.decode.cache * slowdown,
      collective: point.decode.collective * slowdown,
      overhead: point.decode.overhead * slowdown,
      host: point.decode.host * slowdown,
      total: point.decode.total * slowdown,
    },
    prefillShare: point.prefillShare * slowdown,
    timePerOutputToken: point.timePerOutputToken * slowdown,
    timeToFirstToken: first === null ? point.timeToFirstToken : first / 1e3,
    tokensPerSecond,
    requestsPerSecond: tokensPerSecond / workload.outputTokens.value,
    decodeRequestsPerSecond: point.decodeRequestsPerSecond / slowdown,
  };
  const given = measured.requestsPerSecond * service.loadShare;
  // A measured rate is that of a mean replica: those for prompts stay as many as they are.
  const replicasNeeded = Math.max(
    service.promptReplicas + (service.promptReplicas > 0 ? 1 : 0),
    replicasFor(peakRequestsPerSecond, given),
  );
  return {
    ...service,
    point: measured,
    replicasNeeded,
    acceleratorsNeeded: replicasNeeded * service.acceleratorsPerReplica,
    requestsServedPerSecond: service.replicasAvailable * given,
  };
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

const targetOf = {
  measuredTimeToFirstTokenMs: 'timeToFirstTokenTargetMs',
  measuredTimePerOutputTokenMs: 'timePerOutputTokenTargetMs',
} as const;

/** How far the model was from each measurement, and which measurement misses its target. */
export function measurementFindings(modelled: Service, workload: InferenceWorkload): Finding[] {
  const { point } = modelled;
  if (point === null) return [];
  const note = (
    field: keyof typeof targetOf | 'measuredTokensPerSecond',
    name: string,
    unit: string,
    model: number,
  ): Finding[] => {
    const measured = workload[field]?.value;
    if (measured === undefined) return [];
    const error = model / measured - 1;
    return [
      {
        level: 'note',
        code: 'inference.measured',
        subjectId: workload.id,
        field,
        title: `The model is ${percent.format(Math.abs(error))} ${error < 0 ? 'below' : 'above'} the measured ${name}`,
        cause: `Measured ${number.format(measured)} ${unit}, modelled ${number.format(model)} ${unit}.`,
        advice: 'The measured value is used in its place.',
        fix: null,
      },
      ...(field === 'measuredTokensPerSecond' ? [] : missed(field, name, measured)),
    ];
  };
  const missed = (field: keyof typeof targetOf, name: string, measured: number): Finding[] => {
    const target = workload[targetOf[field]].value;
    if (measured <= target) return [];
    return [
      {
        level: 'warning',
        code: 'inference.measuredMisses',
        subjectId: workload.id,
        field,
        title: `The measured ${name} misses its target`,
        cause: `Measured ${number.format(measured)} ms with ${number.format(point.batch)} requests in flight; the target is ${number.format(target)} ms.`,
        advice:
          'Measure with fewer requests in flight, relax the target, or use more accelerators.',
        fix: null,
      },
    ];
  };
  return [
    ...note(
      'measuredTimeToFirstTokenMs',
      'time to first token',
      'ms',
      point.timeToFirstToken * 1e3,
    ),
    ...note(
      'measuredTimePerOutputTokenMs',
      'time per output token',
      'ms',
      point.timePerOutputToken * 1e3,
    ),
    ...note('measuredTokensPerSecond', 'rate of a replica', 'tokens/s', point.tokensPerSecond),
  ];
}
