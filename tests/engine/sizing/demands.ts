import type { InferenceDemand, TrainingDemand } from '@engine/sizing/demand';

/** A chat service for a thousand people. */
export const chatDemand: InferenceDemand = {
  kind: 'inference',
  modelId: 'llama-3.1-8b',
  concurrentUsers: 1_000,
  requestsPerUserHour: 12,
  inputTokens: 1_024,
  outputTokens: 256,
  timeToFirstTokenTargetMs: 2_000,
  timePerOutputTokenTargetMs: 100,
  weightPrecision: null,
};

/** A small pre-training run. */
export const runDemand: TrainingDemand = {
  kind: 'training',
  modelId: 'llama-3.1-8b',
  tokens: 1e11,
  sequenceLength: 4_096,
  globalBatchSequences: 512,
  deadlineDays: 60,
  precision: 'bf16',
};
