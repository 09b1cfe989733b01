import type { OperatingPoint } from '../inference/operating-point';
import { replicasFor, type Service } from '../inference/service';
import type { InferenceWorkload } from '../plan';
import type { Finding } from '../report';

/**
 * A service whose operating point was measured.
 *
 *   t_token = measured, its parts scaled alike      X = measured, or X_model · t_model / t_token      n = ⌈ λ / (share · X / O) ⌉
 *
 * t_token time per output token [s] · X output tokens per second of a replica [1/s] · λ requests per second at the peak ·
 * O output tokens per request · n replicas
 *
 * Leaves out: other batches than the operating one, the time to first token. Source: definition.
 */
export function withMeasurement(
  service: Service,
  workload: InferenceWorkload,
  peakRequestsPerSecond: number,
): Service {
  const { point } = service;
  const time = workload.measuredTimePerOutputTokenMs?.value ?? null;
  const rate = workload.measuredTokensPerSecond?.value ?? null;
  if (point === null || (time === null && rate === null)) return service;
  const slowdown = time === null ? 1 : time / 1e3 / point.timePerOutputToken;
  const tokensPerSecond = rate ?? point.tokensPerSecond / slowdown;
  const measured: OperatingPoint = {
    ...point,
    decode: {
      matmul: point.decode.matmul * slowdown,
      cache: point.decode.cache * slowdown,
      collective: point.decode.collective * slowdown,
      overhead: point.decode.overhead * slowdown,
      total: point.decode.total * slowdown,
    },
    prefillShare: point.prefillShare * slowdown,
    timePerOutputToken: point.timePerOutputToken * slowdown,
    tokensPerSecond,
    requestsPerSecond: tokensPerSecond / workload.outputTokens.value,
  };
  const given = measured.requestsPerSecond * service.loadShare;
  const replicasNeeded = replicasFor(peakRequestsPerSecond, given);
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

/** How far the model was from each measurement. */
export function measurementFindings(modelled: Service, workload: InferenceWorkload): Finding[] {
  const { point } = modelled;
  if (point === null) return [];
  const note = (
    field: 'measuredTimePerOutputTokenMs' | 'measuredTokensPerSecond',
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
        advice: 'The measured value is used; its parts are scaled to it.',
        fix: null,
      },
    ];
  };
  return [
    ...note(
      'measuredTimePerOutputTokenMs',
      'time per output token',
      'ms',
      point.timePerOutputToken * 1e3,
    ),
    ...note('measuredTokensPerSecond', 'rate of a replica', 'tokens/s', point.tokensPerSecond),
  ];
}
