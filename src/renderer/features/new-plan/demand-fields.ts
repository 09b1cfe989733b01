import type { TaskKind } from '@engine/plan';
import { taskWords } from '@engine/tasks/task-context';
import type { QuantityRead } from '@shared/quantity-text/parse';
import type { InputUnitName } from '@shared/quantity-text/unit';
import { whyOutOfBounds } from '../../document/limits';
import { findQuantityField, type QuantityField } from '../../document/quantity-fields';
import type { DemandKind, DemandKey, VolumeKind } from './demand-form';

export interface DemandField {
  readonly key: DemandKey;
  readonly field: QuantityField;
  readonly whyInvalid: (read: QuantityRead) => string | null;
}

function formField(
  key: DemandKey,
  label: string,
  unit: InputUnitName,
  help: string,
  whyInvalid: DemandField['whyInvalid'],
): DemandField {
  const field = { key, label, unit, help, group: 'Demand', keywords: '', isWhole: false };
  return { key, field: { ...field, emptyMeans: null }, whyInvalid };
}

function moreThanNone(what: string): DemandField['whyInvalid'] {
  return ({ value }) => (value > 0 ? null : `Enter more than 0 ${what}.`);
}

const deadline = formField(
  'deadlineDays',
  'Deadline',
  'days',
  'Longest acceptable time from the first step to the last.',
  moreThanNone('days'),
);
const tokensPerDay = formField(
  'tokensPerDay',
  'Tokens per day',
  'tokens',
  'Input and output tokens of a day together.',
  moreThanNone('tokens'),
);
const peakToMean = formField(
  'peakToMean',
  'Peak over mean',
  'ratio',
  'Load of the busiest moment over the mean of the day.',
  ({ value }) => (value >= 1 ? null : 'Enter at least 1: the peak is not below the mean.'),
);

function dailyField(requests: string): DemandField {
  const label = `${requests.charAt(0).toUpperCase()}${requests.slice(1)} per day`;
  const help = `All ${requests} of a day.`;
  return formField('requestsPerDay', label, 'count', help, moreThanNone(requests));
}

/** A field of the workload that the demand will become; the form fills it where the plan may leave it empty. */
function planFields(
  kind: 'inference' | 'training' | 'task',
  ...keys: readonly DemandKey[]
): DemandField[] {
  return keys.flatMap((key) => {
    const field = findQuantityField(kind, key);
    if (field === null) return [];
    const filled = { ...field, emptyMeans: null };
    return [{ key, field: filled, whyInvalid: (read) => whyOutOfBounds(kind, field, read) }];
  });
}

/** How the volume of a service of a language model is asked for. */
export const volumeFields: Readonly<Record<VolumeKind, readonly DemandField[]>> = {
  users: planFields('inference', 'concurrentUsers'),
  requests: [dailyField('requests'), peakToMean],
  tokens: [tokensPerDay, peakToMean],
};

function taskDemandFields(task: TaskKind, ...size: readonly DemandKey[]): readonly DemandField[] {
  const { requests } = taskWords[task];
  return [dailyField(requests), peakToMean, ...planFields('task', ...size, 'targetSeconds')];
}

/** The further inputs of a demand: those of the workload that it will become, and for training the deadline. */
export const demandFields: Readonly<Record<DemandKind, readonly DemandField[]>> = {
  inference: planFields(
    'inference',
    'requestsPerUserHour',
    'inputTokens',
    'outputTokens',
    'timeToFirstTokenTargetMs',
    'timePerOutputTokenTargetMs',
  ),
  training: [
    ...planFields('training', 'tokens', 'sequenceLength', 'globalBatchSequences'),
    deadline,
  ],
  image: taskDemandFields('image', 'imageSteps', 'imageEdge'),
  video: taskDemandFields('video', 'videoSeconds', 'videoLines', 'videoSteps'),
  embedding: taskDemandFields('embedding', 'textTokens'),
  speech: taskDemandFields('speech', 'audioSeconds'),
};
