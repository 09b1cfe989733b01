import type { Catalogue } from '../catalogue/types';
import { acceleratorPrice } from '../cost/accelerator-price';
import { pricedPlan } from '../cost/priced-plan';
import type { Plan } from '../plan';
import { evaluateTraining } from './evaluated-training';
import { pipelineTimeline, type PipelineTimeline } from './pipeline-timeline';
import { trainingScaling, type Scaling } from './scaling';
import { trainingSensitivity, type Sensitivity } from './sensitivity';

/** What a training job is looked at with beyond its report: each is computed when asked for, because it takes many steps. */
export interface TrainingDetail {
  /** that the layout uses */
  readonly accelerators: number;
  readonly timeline: () => PipelineTimeline | null;
  readonly scaling: () => Scaling;
  readonly sensitivity: () => Sensitivity | null;
}

/** Timeline, scaling and sensitivity of one training job of a plan. Null where an id leads nowhere. */
export function trainingDetail(
  plan: Plan,
  workloadId: string,
  catalogue: Catalogue,
): TrainingDetail | null {
  const found = pricedPlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'training') return null;
  const evaluated = evaluateTraining(found.workload, {
    catalogue,
    ...found.on,
    model: found.model,
  });
  return {
    accelerators: evaluated.accelerators,
    timeline: () => pipelineTimeline(evaluated),
    scaling: () => trainingScaling(evaluated),
    sensitivity: () => trainingSensitivity(evaluated, acceleratorPrice(found.on).usdPerHour),
  };
}
