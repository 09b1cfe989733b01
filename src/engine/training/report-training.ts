import type { Finding, TrainingReport } from '../report';
import type { TrainingWorkload } from '../plan';
import { boundOf, memoryParts, stepParts } from './breakdown';
import {
  evaluateTraining,
  type EvaluatedTraining,
  type TrainingContext,
} from './evaluated-training';
import { trainingFigures } from './figures';
import { trainingFindings } from './findings';
import { acceleratorsPerReplica } from './job';
import { goodputReport } from './run-goodput';
import { memoryStages } from './stage-report';
import { trainingLossStages } from './loss-stages';

const count = new Intl.NumberFormat('en');
const nouns = { gpu: 'GPUs', tpu: 'TPUs', npu: 'accelerators', cpu: 'CPUs' } as const;

/** Sizes, times and prices one training job of a plan. */
export function reportTraining(
  workload: TrainingWorkload,
  context: TrainingContext,
): { report: TrainingReport; findings: Finding[] } {
  const evaluated = evaluateTraining(workload, context);
  const { modelled, stepSeconds, memory, device, job } = evaluated;
  const findings = trainingFindings(evaluated);
  const isTimed =
    modelled !== null && stepSeconds !== null && Number.isFinite(modelled.total + stepSeconds);
  const fits = memory.total <= device.memoryBytes;
  const figures = trainingFigures(evaluated);
  const report: TrainingReport = {
    kind: 'training',
    workloadId: workload.id,
    isFeasible: isTimed && !findings.some((found) => found.level === 'problem'),
    decomposition: decomposition(evaluated),
    bound: isTimed ? (fits ? boundOf(modelled) : 'memory capacity') : 'number of accelerators',
    dataParallel: modelled === null ? null : job.dataParallel,
    ...figures,
    memoryParts: memoryParts(memory),
    memoryStages: memoryStages(evaluated),
    goodput: goodputReport(evaluated, figures.tokensPerSecond),
    stepParts: isTimed ? stepParts(modelled, stepSeconds) : [],
    lossStages: isTimed ? trainingLossStages(evaluated, modelled, stepSeconds) : [],
  };
  return { report, findings };
}

function decomposition(evaluated: EvaluatedTraining): string {
  const { job, modelled, accelerators, clusterAccelerators } = evaluated;
  const noun = nouns[evaluated.context.accelerator.kind];
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel } = job.layout;
  const degrees = [
    `TP ${tensorParallel}`,
    `PP ${pipelineParallel}`,
    ...(contextParallel > 1 ? [`CP ${contextParallel}`] : []),
  ].join(' × ');
  if (modelled === null) {
    const needed = count.format(acceleratorsPerReplica(job.layout));
    return `${degrees} needs ${needed} ${noun} and there are ${count.format(clusterAccelerators)}`;
  }
  const experts = expertParallel > 1 ? `, experts over ${expertParallel}` : '';
  return `${count.format(accelerators)} ${noun} = ${degrees} × DP ${count.format(job.dataParallel)}${experts}`;
}
