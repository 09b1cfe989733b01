import { replicasFor } from '../inference/staffing';
import type { TaskWorkload } from '../plan';
import type { Finding, TaskReport } from '../report';
import { dailyLoad } from '../service/daily-load';
import { kindName } from '../catalogue/kind-name';
import { evaluateTask, whyNoBatch, type EvaluatedTask } from './evaluated-task';
import { taskWords, type TaskContext } from './task-context';
import { taskFigures } from './task-figures';
import { taskFindings } from './task-findings';

/** Sizes, times and prices one service that answers in one piece. */
export function reportTask(
  workload: TaskWorkload,
  context: TaskContext,
): { report: TaskReport; findings: Finding[] } {
  const evaluated = evaluateTask(workload, context);
  const { sizing, peakRequestsPerSecond } = evaluated;
  const findings = taskFindings(evaluated);
  const given =
    sizing.accelerators === null || sizing.accelerators === 0
      ? null
      : peakRequestsPerSecond / sizing.accelerators;
  const report: TaskReport = {
    kind: 'task',
    workloadId: workload.id,
    isFeasible: sizing.batch !== null && !findings.some(({ level }) => level === 'problem'),
    decomposition: decomposition(evaluated),
    bound: bound(evaluated),
    ...taskFigures(evaluated),
    batchParts: (sizing.batch?.parts ?? []).map(({ key, label, seconds }) => ({
      key,
      label,
      value: seconds,
      unit: 's',
    })),
    dailyLoad: dailyLoad(
      peakRequestsPerSecond,
      workload.meanLoadFraction.value,
      given === null ? null : (rate) => replicasFor(rate, given),
    ),
  };
  return { report, findings };
}

const count = new Intl.NumberFormat('en');

function decomposition(evaluated: EvaluatedTask): string {
  const { sizing, workload, context } = evaluated;
  const { batch, accelerators } = sizing;
  if (batch === null || accelerators === null) return whyNoBatch(evaluated);
  const name = kindName[context.accelerator.kind];
  const { requests, request } = taskWords[workload.task];
  const together =
    batch.requests === 1 ? `one ${request}` : `up to ${count.format(batch.requests)} ${requests}`;
  const each =
    accelerators === 1 ? `1 ${name} with` : `${count.format(accelerators)} ${name}s, each with`;
  return `${each} a copy of the model and ${together} at a time`;
}

/** The largest share of the time of a batch. */
function bound({ sizing }: EvaluatedTask): string {
  const parts = sizing.batch?.parts ?? [];
  const largest = parts.reduce<(typeof parts)[number] | null>(
    (most, part) => (most === null || part.seconds > most.seconds ? part : most),
    null,
  );
  return largest === null ? '' : largest.label.charAt(0).toLowerCase() + largest.label.slice(1);
}
