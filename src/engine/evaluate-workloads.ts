import type { Catalogue } from './catalogue/types';
import type { ResolvedPlan, ResolvedTask, ResolvedWorkload } from './checks/resolve';
import { pricedPlan } from './cost/priced-plan';
import { finiteWorkload } from './finite';
import { reportInference } from './inference/report-inference';
import type { Plan } from './plan';
import type { Finding, WorkloadReport } from './report';
import { reportTask } from './tasks/report-task';
import { reportTraining } from './training/report-training';

interface Evaluated {
  readonly report: WorkloadReport;
  readonly findings: readonly Finding[];
}

function evaluateTask({ workload, on, model }: ResolvedTask, catalogue: Catalogue): Evaluated {
  return reportTask(workload, { catalogue, ...on, model });
}

function evaluateLanguage(
  { workload, on, model }: ResolvedWorkload,
  catalogue: Catalogue,
): Evaluated {
  const context = { catalogue, ...on, model };
  return workload.kind === 'training'
    ? reportTraining(workload, context)
    : reportInference(workload, context);
}

/** Every workload of a plan, in its order, and what the checks of each found. */
export function evaluateEach(
  plan: Plan,
  { workloads, tasks }: ResolvedPlan,
  catalogue: Catalogue,
): readonly Evaluated[] {
  const evaluated = new Map([
    ...workloads.map((entry) => [entry.workload.id, evaluateLanguage(entry, catalogue)] as const),
    ...tasks.map((entry) => [entry.workload.id, evaluateTask(entry, catalogue)] as const),
  ]);
  return plan.workloads.flatMap(({ id }) => evaluated.get(id) ?? []);
}

/**
 * The workloads of a plan as `evaluate` reports them, without its sites, facilities, costs and checks: for curves, which need
 * many points and nothing else. Workloads whose ids lead nowhere are left out.
 */
export function evaluateWorkloads(plan: Plan, catalogue: Catalogue): readonly WorkloadReport[] {
  const priced = pricedPlan(plan, catalogue);
  return evaluateEach(plan, priced, catalogue).map(({ report }) => finiteWorkload(report));
}
