import type { Catalogue } from './catalogue/types';
import { resolvePlan, type ResolvedWorkload } from './checks/resolve';
import { finiteWorkload } from './finite';
import { reportInference } from './inference/report-inference';
import type { Plan } from './plan';
import type { Finding, WorkloadReport } from './report';
import { reportTraining } from './training/report-training';

/** One workload of a plan, and what its checks found. */
export function evaluateWorkload(
  { workload, on, model }: ResolvedWorkload,
  catalogue: Catalogue,
): { report: WorkloadReport; findings: readonly Finding[] } {
  const context = { catalogue, ...on, model };
  return workload.kind === 'training'
    ? reportTraining(workload, context)
    : reportInference(workload, context);
}

/**
 * The workloads of a plan as `evaluate` reports them, without its sites, facilities, costs and checks: for curves, which need
 * many points and nothing else. Workloads whose ids lead nowhere are left out.
 */
export function evaluateWorkloads(plan: Plan, catalogue: Catalogue): readonly WorkloadReport[] {
  return resolvePlan(plan, catalogue).workloads.map((entry) =>
    finiteWorkload(evaluateWorkload(entry, catalogue).report),
  );
}
