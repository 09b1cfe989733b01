import type { Plan, SoftwareGeneration, TrainingWorkload } from '@engine/plan';
import { nearestLayout } from '@engine/search/nearest-layout';
import { planSearch, usualSearch } from '@engine/search/plan-search';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { emptyPlan, newCluster, newTraining } from '../../../document/new-parts';
import { publishedModelIds, publishedRun, type PublishedRun } from './published-runs';
import { trainingOf } from './training-answer';

/** A published run beside what the engine makes of the same model, tokens and accelerators. */
export interface PredictedRun {
  readonly published: PublishedRun;
  readonly publishedDays: number;
  /** null where the catalogue has no node with the part: nothing is predicted then */
  readonly predicted: { readonly days: number; readonly low: number; readonly high: number } | null;
}

/** Runs whose layout was published are templates; the engine chooses the layout of the others. */
const templateOf: Readonly<Record<string, string>> = {
  'llama-3.1-405b': 'llama-3-405b',
  'deepseek-v3': 'deepseek-v3',
};

const systemOf: Readonly<Record<string, string>> = {
  V100: 'dgx-1-v100-32gb',
  A100: 'dgx-a100-80',
  H100: 'dgx-h100',
};

/** Runs older than what their part usually runs today: GPT-3 of 2020, BLOOM of 2022. */
const softwareOf: Readonly<Record<string, SoftwareGeneration>> = {
  'gpt-3-175b': 'early',
  'bloom-176b': 'early',
};

function planOf(run: PublishedRun, accelerators: number): Plan | null {
  const template = planTemplates.find(({ id }) => id === templateOf[run.modelId]);
  if (template !== undefined) return template.plan;
  const system = bundledCatalogue.systems.get(systemOf[run.part] ?? '');
  if (system === undefined) return null;
  const base = emptyPlan(run.name, null);
  const nodes = accelerators / system.acceleratorsPerNode.value;
  const cluster = newCluster(base, base.sites[0]?.id ?? '', system.id, nodes);
  const plan = { ...base, clusters: [cluster] };
  const tokens = { value: run.tokens, origin: 'default' } as const;
  const job = newTraining(plan, cluster, run.modelId, { tokens });
  const software = softwareOf[run.modelId];
  return withNearestLayout(plan, { ...job, layout: { ...job.layout, software } });
}

/** The plan with the fastest layout of nearly its accelerators and nearly its batch: 10,000 accelerators divide badly. */
function withNearestLayout(plan: Plan, job: TrainingWorkload): Plan | null {
  const request = planSearch({ ...plan, workloads: [job] }, job.id, bundledCatalogue, usualSearch);
  if (request === null) return null;
  const { question, device, constants, options } = request;
  const near = nearestLayout(question, device, constants, options.constraints);
  if (near === null) return null;
  const globalBatchSequences = { ...job.globalBatchSequences, value: near.question.globalBatch };
  const { layout } = near.chosen;
  return { ...plan, workloads: [{ ...job, globalBatchSequences, layout }] };
}

function predict(run: PublishedRun, accelerators: number): PredictedRun['predicted'] {
  const plan = planOf(run, accelerators);
  const { value = null, low, high } = (plan === null ? null : trainingOf(plan))?.days ?? {};
  return value === null ? null : { days: value, low: low ?? value, high: high ?? value };
}

/** The prediction of one published run, for which a layout is searched. Null where its accelerators are not published. */
export function predictedRun(modelId: string): PredictedRun | null {
  const published = publishedRun(modelId);
  if (published === null || published.accelerators === null) return null;
  const accelerators = published.accelerators.value;
  return {
    published,
    publishedDays: published.hours.value / accelerators / 24,
    predicted: predict(published, accelerators),
  };
}

/** Runs with a published number of accelerators. */
export const comparedModelIds: readonly string[] = publishedModelIds.filter(
  (id) => publishedRun(id)?.accelerators !== null,
);
