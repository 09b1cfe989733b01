import { assumptionOf } from '@engine/catalogue/assumption';
import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import type { Fact } from '@engine/catalogue/types';
import type { Report, TrainingReport } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  emptyPlan,
  newCluster,
  newTraining,
  usualSequenceLength,
} from '../../../document/new-parts';
import {
  acceleratorsPerNode,
  nodeSteps,
  trainingSystemId,
  type TrainingChoice,
} from './training-choice';

/** The choice as a plan: what the chapter computes with, and what opens when the reader takes it along. */
export function trainingPlan({ modelId, tokens, nodes, batchTokens }: TrainingChoice): Plan {
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
  });
  return { ...plan, workloads: [job] };
}

export interface TrainingRun {
  readonly choice: TrainingChoice;
  readonly accelerators: number;
  readonly report: Report;
  readonly training: TrainingReport;
}

/** The engine's prediction; null where it predicts nothing. */
export function trainingRun(choice: TrainingChoice): TrainingRun | null {
  const report = evaluate(trainingPlan(choice), bundledCatalogue);
  const [training] = report.workloads;
  if (training?.kind !== 'training') return null;
  return { choice, accelerators: choice.nodes * acceleratorsPerNode, report, training };
}

/** One point of the curve: days on a number of accelerators. */
export interface DaysPoint {
  readonly accelerators: number;
  readonly days: number;
  readonly low: number;
  readonly high: number;
}

const daysPerTrillion = new Map<string, DaysPoint | null>();

/** Days do not depend on the tokens but in proportion: one evaluation holds for every number of them. */
function pointPerTrillion(choice: TrainingChoice): DaysPoint | null {
  const key = `${choice.modelId} ${choice.nodes} ${choice.batchTokens}`;
  const known = daysPerTrillion.get(key);
  if (known !== undefined) return known;
  const run = trainingRun({ ...choice, tokens: 1e12 });
  const { value = null, low, high } = run?.training.days ?? {};
  const point =
    run === null || value === null || !run.training.isFeasible
      ? null
      : { accelerators: run.accelerators, days: value, low: low ?? value, high: high ?? value };
  daysPerTrillion.set(key, point);
  return point;
}

/** Days against accelerators for the chosen model, tokens and batch; numbers on which it does not fit are left out. */
export function daysCurve(choice: TrainingChoice): readonly DaysPoint[] {
  const scale = choice.tokens / 1e12;
  return nodeSteps.flatMap((nodes) => {
    const point = pointPerTrillion({ ...choice, nodes });
    if (point === null) return [];
    const { accelerators, days, low, high } = point;
    return [{ accelerators, days: days * scale, low: low * scale, high: high * scale }];
  });
}

export interface PublishedRun {
  readonly hours: Fact;
  /** null where only the hours were published */
  readonly accelerators: Fact | null;
  readonly tokens: number;
}

/** What the makers of a model say their run took; null where they do not. */
export function publishedRun(modelId: string): PublishedRun | null {
  const { assumptions } = bundledCatalogue;
  const key = `run.${modelId}.acceleratorHours`;
  const tokens = bundledCatalogue.models.get(modelId)?.publishedTokens;
  if (assumptions[key] === undefined || !tokens) return null;
  return {
    hours: assumptionOf(assumptions, key),
    accelerators: assumptions[`run.${modelId}.accelerators`] ?? null,
    tokens: tokens.value,
  };
}
