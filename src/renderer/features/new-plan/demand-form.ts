import type { Demand, InferenceDemand, TrainingDemand } from '@engine/sizing/demand';
import { usersOfVolume, type DemandVolume } from '@engine/sizing/volume';
import type { Precision } from '@engine/catalogue/types';
import type { CostAssumptions, Quantity } from '@engine/plan';
import type { QuantityRead } from '@shared/quantity-text/parse';
import type { InputUnitName } from '@shared/quantity-text/unit';
import { whyOutOfBounds } from '../../document/limits';
import { findQuantityField, type QuantityField } from '../../document/quantity-fields';

export type DemandKind = Exclude<Demand['kind'], 'services'>;
export type FormDemand = InferenceDemand | TrainingDemand;
export type VolumeKind = DemandVolume['kind'];
export type Acquisition = CostAssumptions['acquisition'];

const inferenceKeys = [
  'requestsPerUserHour',
  'inputTokens',
  'outputTokens',
  'timeToFirstTokenTargetMs',
  'timePerOutputTokenTargetMs',
] as const;

const trainingKeys = ['tokens', 'sequenceLength', 'globalBatchSequences'] as const;

type PlanKey = 'concurrentUsers' | (typeof inferenceKeys)[number] | (typeof trainingKeys)[number];
type FormKey = 'deadlineDays' | 'requestsPerDay' | 'tokensPerDay' | 'peakToMean';

/** The numbers of a demand as they stand in the form. */
export type DemandValues = Readonly<Record<PlanKey | FormKey, Quantity>>;

export interface DemandField {
  readonly key: PlanKey | FormKey;
  readonly field: QuantityField;
  readonly whyInvalid: (read: QuantityRead) => string | null;
}

function formField(
  key: FormKey,
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
const requestsPerDay = formField(
  'requestsPerDay',
  'Requests per day',
  'count',
  'All requests of a day.',
  moreThanNone('requests'),
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

function planField(kind: DemandKind, key: PlanKey): DemandField[] {
  const field = findQuantityField(kind, key);
  return field ? [{ key, field, whyInvalid: (read) => whyOutOfBounds(kind, field, read) }] : [];
}

/** How the volume of a service is asked for. */
export const volumeFields: Readonly<Record<VolumeKind, readonly DemandField[]>> = {
  users: planField('inference', 'concurrentUsers'),
  requests: [requestsPerDay, peakToMean],
  tokens: [tokensPerDay, peakToMean],
};

/** The further inputs of a demand: those of the workload that it will become, and for training the deadline. */
export const demandFields: Readonly<Record<DemandKind, readonly DemandField[]>> = {
  inference: inferenceKeys.flatMap((key) => planField('inference', key)),
  training: [...trainingKeys.flatMap((key) => planField('training', key)), deadline],
};

/** What the search is asked. The middle of a range is what it goes by. */
export function demandOf(
  kind: DemandKind,
  modelId: string,
  values: DemandValues,
  volume: VolumeKind = 'users',
  weightPrecision: Precision | null = null,
): FormDemand {
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
