import { evaluateWorkloads } from '@engine/evaluate-workloads';
import type { Plan, TrainingLayout } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  emptyPlan,
  newCluster,
  newTraining,
  usualSequenceLength,
} from '../../../document/new-parts';
import { acceleratorsPerNode, trainingSystemId, type TrainingChoice } from './training-choice';

/** All that a layout depends on: tokens only lengthen the run. */
export type TrainingQuestion = Pick<TrainingChoice, 'modelId' | 'nodes' | 'batchTokens'>;

/** One point of the curve: days on a number of accelerators. */
export interface DaysPoint {
  readonly accelerators: number;
  readonly days: number;
  readonly low: number;
  readonly high: number;
}

/** The layout that was found, and how long a trillion tokens take with it; null where the model does not fit. */
export interface TrainingAnswer {
  readonly layout: TrainingLayout;
  readonly perTrillion: DaysPoint | null;
}

export function questionKey({ modelId, nodes, batchTokens }: TrainingQuestion): string {
  return `${modelId} ${nodes} ${batchTokens}`;
}

/** The choice as a plan, with the given layout or one that is searched now. */
export function planWith(choice: TrainingChoice, layout: TrainingLayout | undefined): Plan {
  const { modelId, tokens, nodes, batchTokens } = choice;
  const model = bundledCatalogue.models.get(modelId);
  const accelerators = (nodes * acceleratorsPerNode).toLocaleString('en');
  const base = emptyPlan(`${model?.name ?? modelId} on ${accelerators} H100`, null);
  const cluster = newCluster(base, base.sites[0]?.id ?? '', trainingSystemId, nodes);
  const plan = { ...base, clusters: [cluster] };
  const job = newTraining(plan, cluster, modelId, {
    tokens: { value: tokens, origin: 'yours' },
    globalBatchSequences: {
      value: Math.max(1, Math.round(batchTokens / usualSequenceLength(modelId))),
      origin: 'yours',
    },
    ...(layout === undefined ? {} : { layout }),
  });
  return { ...plan, workloads: [job] };
}

/** The training run of a plan by the engine; null where it has none. */
export function trainingOf(plan: Plan): TrainingReport | null {
  const [training] = evaluateWorkloads(plan, bundledCatalogue);
  return training?.kind === 'training' ? training : null;
}

/** Searches the layout and times a trillion tokens with it: too long for a frame. */
export function answerTraining(question: TrainingQuestion): TrainingAnswer {
  const plan = planWith({ ...question, tokens: 1e12 }, undefined);
  const [job] = plan.workloads;
  if (job?.kind !== 'training') throw new Error('The plan of a training run trains nothing.');
  const run = trainingOf(plan);
  const { value = null, low, high } = run?.days ?? {};
  const fits = run !== null && run.isFeasible && value !== null;
  return {
    layout: job.layout,
    perTrillion: fits
      ? {
          accelerators: question.nodes * acceleratorsPerNode,
          days: value,
          low: low ?? value,
          high: high ?? value,
        }
      : null,
  };
}
