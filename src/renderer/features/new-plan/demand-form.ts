import type { Demand } from '@engine/search/demand';
import type { CostAssumptions, Quantity } from '@engine/plan';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { whyOutOfBounds } from '../../document/limits';
import { findQuantityField, type QuantityField } from '../../document/quantity-fields';

export type DemandKind = Demand['kind'];
export type Acquisition = CostAssumptions['acquisition'];

const inferenceKeys = [
  'concurrentUsers',
  'requestsPerUserHour',
  'inputTokens',
  'outputTokens',
  'timeToFirstTokenTargetMs',
  'timePerOutputTokenTargetMs',
] as const;

const trainingKeys = ['tokens', 'sequenceLength', 'globalBatchSequences'] as const;

type DemandKey = (typeof inferenceKeys)[number] | (typeof trainingKeys)[number] | 'deadlineDays';

/** The numbers of a demand as they stand in the form. */
export type DemandValues = Readonly<Record<DemandKey, Quantity>>;

export interface DemandField {
  readonly key: DemandKey;
  readonly field: QuantityField;
  readonly whyInvalid: (read: QuantityRead) => string | null;
}

const deadline: DemandField = {
  key: 'deadlineDays',
  field: {
    key: 'deadlineDays',
    label: 'Deadline',
    unit: 'days',
    group: 'Demand',
    help: 'Longest acceptable time from the first step to the last.',
    keywords: '',
    isWhole: false,
    emptyMeans: null,
  },
  whyInvalid: ({ value }) => (value > 0 ? null : 'Enter more than 0 days.'),
};

function planField(kind: DemandKind, key: Exclude<DemandKey, 'deadlineDays'>): DemandField[] {
  const field = findQuantityField(kind, key);
  return field ? [{ key, field, whyInvalid: (read) => whyOutOfBounds(kind, field, read) }] : [];
}

/** The inputs of a demand: those of the workload that it will become, and for training the deadline. */
export const demandFields: Readonly<Record<DemandKind, readonly DemandField[]>> = {
  inference: inferenceKeys.flatMap((key) => planField('inference', key)),
  training: [...trainingKeys.flatMap((key) => planField('training', key)), deadline],
};

/** What the search is asked. The middle of a range is what it goes by. */
export function demandOf(kind: DemandKind, modelId: string, values: DemandValues): Demand {
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
  return {
    kind,
    modelId,
    concurrentUsers: values.concurrentUsers.value,
    requestsPerUserHour: values.requestsPerUserHour.value,
    inputTokens: values.inputTokens.value,
    outputTokens: values.outputTokens.value,
    timeToFirstTokenTargetMs: values.timeToFirstTokenTargetMs.value,
    timePerOutputTokenTargetMs: values.timePerOutputTokenTargetMs.value,
    weightPrecision: null,
  };
}
