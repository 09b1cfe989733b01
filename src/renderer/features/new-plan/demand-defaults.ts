import type { ImportedModel, Quantity, TaskKind } from '@engine/plan';
import { taskSize, type TaskSize } from '@engine/tasks/task-size';
import { findTaskModel } from '@engine/tasks/task-context';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  emptyPlan,
  firstModelId,
  firstSystemId,
  firstTaskModelId,
  newCluster,
  newInference,
  newTask,
  newTraining,
} from '../../document/new-parts';
import { bringing } from './brought-model';
import { isTaskDemand, type DemandKind, type DemandValues, type TaskSizeKey } from './demand-form';

/** Days that the form starts with; the user’s to change. */
const startingDeadlineDays = 90;
/** Requests of a day that the form starts with for a language model. */
const startingRequestsPerDay = 1e6;

/** The form's first numbers: what a new workload with this model would start with. */
export function demandDefaults(
  kind: DemandKind,
  modelId: string,
  importedModels: readonly ImportedModel[] = [],
): DemandValues {
  const languageModelId = isTaskDemand(kind) ? firstModelId : modelId;
  const base = bringing(emptyPlan('Demand', null), languageModelId, importedModels);
  const cluster = newCluster(base, base.sites[0]?.id ?? '', firstSystemId, 1);
  const plan = { ...base, clusters: [cluster] };
  const service = newInference(plan, cluster, languageModelId);
  const job = newTraining(plan, cluster, languageModelId);
  const task = isTaskDemand(kind) ? kind : 'image';
  const answers = newTask(plan, cluster, task);
  const daily = isTaskDemand(kind) ? answers.requestsPerDay : byDefault(startingRequestsPerDay);
  const { meanLoadFraction } = isTaskDemand(kind) ? answers : service;
  return {
    concurrentUsers: service.concurrentUsers,
    requestsPerDay: daily,
    tokensPerDay: byDefault(
      startingRequestsPerDay * (service.inputTokens.value + service.outputTokens.value),
    ),
    peakToMean: byDefault(Math.round(100 / meanLoadFraction.value) / 100),
    requestsPerUserHour: service.requestsPerUserHour,
    inputTokens: service.inputTokens,
    outputTokens: service.outputTokens,
    timeToFirstTokenTargetMs: service.timeToFirstTokenTargetMs,
    timePerOutputTokenTargetMs: service.timePerOutputTokenTargetMs,
    tokens: job.tokens,
    sequenceLength: job.sequenceLength,
    globalBatchSequences: job.globalBatchSequences,
    deadlineDays: byDefault(startingDeadlineDays),
    targetSeconds: answers.targetSeconds,
    ...requestDefaults(kind, modelId),
  };
}

function byDefault(value: number): Quantity {
  return { value, origin: 'default' };
}

/** What a request of a model asks for where nothing else is said. */
function usualSize<Kind extends TaskKind>(
  task: Kind,
  modelId: string,
): Extract<TaskSize, { task: Kind }>;
function usualSize(task: TaskKind, modelId: string): TaskSize {
  const model =
    findTaskModel(bundledCatalogue, task, modelId) ??
    findTaskModel(bundledCatalogue, task, firstTaskModelId(task));
  if (model === null) throw new Error(`The catalogue has no model for the task "${task}".`);
  return taskSize({}, model, bundledCatalogue.assumptions);
}

function requestDefaults(kind: DemandKind, modelId: string): Pick<DemandValues, TaskSizeKey> {
  const idFor = (task: TaskKind): string => (kind === task ? modelId : firstTaskModelId(task));
  const image = usualSize('image', idFor('image'));
  const video = usualSize('video', idFor('video'));
  return {
    imageSteps: byDefault(image.steps),
    imageEdge: byDefault(image.edge),
    videoSeconds: byDefault(Math.round(100 * video.seconds) / 100),
    videoLines: byDefault(video.height),
    videoSteps: byDefault(video.steps),
    textTokens: byDefault(usualSize('embedding', idFor('embedding')).tokens),
    audioSeconds: byDefault(usualSize('speech', idFor('speech')).audioSeconds),
  };
}
