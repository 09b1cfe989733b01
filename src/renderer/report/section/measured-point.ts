import type { InferenceWorkload, Plan } from '@engine/plan';
import type { BatchPoint, InferenceReport } from '@engine/report';

/** Whether anything of a service was measured. */
export function hasMeasurement(service: InferenceWorkload): boolean {
  return [
    service.measuredTimeToFirstTokenMs,
    service.measuredTimePerOutputTokenMs,
    service.measuredTokensPerSecond,
  ].some(Boolean);
}

/** The operating point of a service whose pace was measured; null where only the model speaks of it. */
export function measuredPoint(
  plan: Plan,
  { workloadId, ...result }: InferenceReport,
): Omit<BatchPoint, 'batch'> | null {
  const service = plan.workloads.find(({ id }) => id === workloadId);
  const time = result.timePerOutputTokenMs.value;
  const rate = result.tokensPerSecondPerReplica.value;
  if (service?.kind !== 'inference' || time === null || rate === null) return null;
  return service.measuredTimePerOutputTokenMs || service.measuredTokensPerSecond
    ? { timePerOutputTokenMs: time, tokensPerSecond: rate }
    : null;
}
