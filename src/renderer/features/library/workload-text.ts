import type { PlanSummary } from '@shared/ipc/contract';

/** "2 sites"; null where there are none. */
export function counted(count: number, singular: string, plural: string): string | null {
  if (count === 0) return null;
  return `${count} ${count === 1 ? singular : plural}`;
}

/** What a plan runs, counted. */
export function workloadText({ trainingJobs, inferenceServices }: PlanSummary): string {
  const parts = [
    counted(trainingJobs, 'training job', 'training jobs'),
    counted(inferenceServices, 'inference service', 'inference services'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'None' : parts.join(', ');
}
