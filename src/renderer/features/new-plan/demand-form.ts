import type { Demand, InferenceDemand, TaskDemand, TrainingDemand } from '@engine/sizing/demand';
import { usersOfVolume, type DemandVolume } from '@engine/sizing/volume';
import type { Precision } from '@engine/catalogue/types';
import type { CostAssumptions, Quantity, TaskKind } from '@engine/plan';
import { taskWords } from '@engine/tasks/task-context';

/** What is asked for: people to be served by a language model, a model to be trained, or answers in one piece. */
export type DemandKind = Exclude<Demand['kind'], 'services' | 'task'> | TaskKind;
export type FormDemand = InferenceDemand | TaskDemand | TrainingDemand;
export type VolumeKind = DemandVolume['kind'];
export type Acquisition = CostAssumptions['acquisition'];

export function isTaskDemand(kind: DemandKind): kind is TaskKind {
  return kind in taskWords;
}

/** What is said of the size of an answer that comes in one piece. */
export type TaskSizeKey =
  | 'imageSteps'
  | 'imageEdge'
  | 'videoSeconds'
  | 'videoLines'
  | 'videoSteps'
  | 'textTokens'
  | 'audioSeconds';

export type DemandKey =
  | 'concurrentUsers'
  | 'requestsPerUserHour'
  | 'inputTokens'
  | 'outputTokens'
  | 'timeToFirstTokenTargetMs'
  | 'timePerOutputTokenTargetMs'
  | 'tokens'
  | 'sequenceLength'
  | 'globalBatchSequences'
  | 'deadlineDays'
  | 'requestsPerDay'
  | 'tokensPerDay'
  | 'peakToMean'
  | 'targetSeconds'
  | TaskSizeKey;

/** The numbers of a demand as they stand in the form. */
export type DemandValues = Readonly<Record<DemandKey, Quantity>>;

/** What the search is asked. The middle of a range is what it goes by. */
export function demandOf(
  kind: DemandKind,
  modelId: string,
  values: DemandValues,
  volume: VolumeKind = 'users',
  weightPrecision: Precision | null = null,
): FormDemand {
  if (isTaskDemand(kind)) return taskDemandOf(kind, modelId, values, weightPrecision);
  if (kind === 'training') {
    return {
      kind,
      modelId,
      tokens: values.tokens.value,
      sequenceLength: values.sequenceLength.value,
      globalBatchSequences: values.globalBatchSequences.value,
      deadlineDays: values.deadlineDays.value,
      precision: 'bf16',
    };
  }
  const request = {
    requestsPerUserHour: values.requestsPerUserHour.value,
    inputTokens: values.inputTokens.value,
    outputTokens: values.outputTokens.value,
  };
  return {
    kind,
    modelId,
    ...request,
    concurrentUsers: Math.ceil(usersOfVolume(volumeOf(volume, values), request)),
    timeToFirstTokenTargetMs: values.timeToFirstTokenTargetMs.value,
    timePerOutputTokenTargetMs: values.timePerOutputTokenTargetMs.value,
    weightPrecision,
  };
}

function taskDemandOf(
  task: TaskKind,
  modelId: string,
  values: DemandValues,
  precision: Precision | null,
): TaskDemand {
  return {
    kind: 'task',
    task,
    modelId,
    requestsPerDay: values.requestsPerDay.value,
    peakToMean: values.peakToMean.value,
    targetSeconds: values.targetSeconds.value,
    precision,
    imageSteps: task === 'image' ? values.imageSteps.value : null,
    imageEdge: task === 'image' ? values.imageEdge.value : null,
    videoSeconds: task === 'video' ? values.videoSeconds.value : null,
    videoLines: task === 'video' ? values.videoLines.value : null,
    videoSteps: task === 'video' ? values.videoSteps.value : null,
    textTokens: task === 'embedding' ? values.textTokens.value : null,
    audioSeconds: task === 'speech' ? values.audioSeconds.value : null,
  };
}

function volumeOf(kind: VolumeKind, values: DemandValues): DemandVolume {
  const peak = { peakToMean: values.peakToMean.value };
  switch (kind) {
    case 'users':
      return { kind, concurrentUsers: values.concurrentUsers.value };
    case 'requests':
      return { kind, requestsPerDay: values.requestsPerDay.value, ...peak };
    case 'tokens':
      return { kind, tokensPerDay: values.tokensPerDay.value, ...peak };
  }
}
