import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import type { Plan, Workload } from '@engine/plan';
import type { Part, WorkloadReport } from '@engine/report';
import { systemById } from '@engine/sizing/stand-in-system';
import { taskWords } from '@engine/tasks/task-context';
import { formatValue } from '@shared/format/value';
import { largestPart } from '../chart/parts';

/** The accelerator that a cluster is made of; null when plan or catalogue does not know it. */
export function acceleratorOfCluster(
  plan: Plan,
  catalogue: Catalogue,
  clusterId: string,
): Accelerator | null {
  const cluster = plan.clusters.find(({ id }) => id === clusterId);
  const system = cluster === undefined ? undefined : systemById(catalogue, cluster.systemId);
  return (
    (system === undefined ? undefined : catalogue.accelerators.get(system.acceleratorId)) ?? null
  );
}

/** The line of a memory bar: what one accelerator holds. */
export function memoryCapacity(
  accelerator: Accelerator | null,
): { readonly label: string; readonly value: number } | null {
  return accelerator === null
    ? null
    : { label: `${accelerator.name} holds`, value: accelerator.memoryCapacity.value };
}

/** "Optimizer states: 46 % of the memory used, the largest part": the message of a breakdown. */
export function largestPartTitle(parts: readonly Part[], whole: string, locale: string): string {
  const largest = largestPart(parts);
  if (largest === null) return `Parts of ${whole}`;
  return `${largest.part.label}: ${formatValue(Math.round(largest.share * 100), '%', locale)} of ${whole}, the largest part`;
}

/** The name of a site, cluster or workload of the plan. */
export function subjectName(plan: Plan, subjectId: string): string | null {
  const subjects = [...plan.sites, ...plan.clusters, ...plan.workloads];
  return subjects.find(({ id }) => id === subjectId)?.name ?? null;
}

/** What a workload's loss diagram starts from. */
export function wholeOf(report: WorkloadReport): string {
  return report.kind === 'training' ? 'peak rate' : 'hardware limit';
}

/** What a workload is called by its kind. */
export function workloadKindName(workload: Workload): string {
  switch (workload.kind) {
    case 'training':
      return 'Training job';
    case 'inference':
      return 'Inference service';
    case 'task':
      return taskWords[workload.task].service;
  }
}
