import type { InferenceDemand, TaskDemand, TrainingDemand } from '@engine/sizing/demand';

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

/** Two million images a day within five seconds. */
export const imageDemand: TaskDemand = {
  kind: 'task',
  task: 'image',
  modelId: 'flux.1-dev',
  requestsPerDay: 2e6,
  peakToMean: 2,
  targetSeconds: 5,
  precision: null,
  imageSteps: 28,
  imageEdge: 1024,
  textTokens: null,
  audioSeconds: null,
};

const noSize = { imageSteps: null, imageEdge: null };

/** A hundred million texts a day within half a second. */
export const textDemand: TaskDemand = {
  ...imageDemand,
  ...noSize,
  task: 'embedding',
  modelId: 'bge-large-en-v1.5',
  requestsPerDay: 1e8,
  targetSeconds: 0.5,
};

/** A million recordings of two minutes a day within half a minute. */
export const speechDemand: TaskDemand = {
  ...imageDemand,
  ...noSize,
  task: 'speech',
  modelId: 'whisper-large-v3',
  requestsPerDay: 1e6,
  targetSeconds: 30,
  audioSeconds: 120,
};
