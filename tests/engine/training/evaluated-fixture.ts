import type { Plan, TrainingLayout, TrainingWorkload } from '@engine/plan';
import { evaluateTraining, type EvaluatedTraining } from '@engine/training/evaluated-training';
import { resolvePlan } from '@engine/checks/resolve';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { laidOut, templatePlan, templateRows, withTraining } from '../../fixtures/engine-fixture';

/** The first training job of a plan, evaluated. */
export function evaluatedOf(plan: Plan): EvaluatedTraining {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.kind === 'training',
  );
  if (found?.workload.kind !== 'training') throw new Error('The plan trains nothing.');
  return evaluateTraining(found.workload, { catalogue, ...found.on, model: found.model });
}

export const largeRun = templatePlan('llama-3-405b');

/** The template of Llama 3 405B with its job and its layout changed. */
export function evaluatedRun(
  layout: Partial<TrainingLayout> = {},
  change: Partial<TrainingWorkload> = {},
): EvaluatedTraining {
  return evaluatedOf(laidOut(withTraining(largeRun, change), layout));
}

/** Templates that train, by name. */
export const trainingRows = templateRows.filter(([, plan]) =>
  plan.workloads.some(({ kind }) => kind === 'training'),
);
