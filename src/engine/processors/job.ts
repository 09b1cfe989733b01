import type { Precision } from '../catalogue/types';

/** One optimizer step of a model. */
export interface TrainingStepJob {
  readonly kind: 'training step';
  readonly modelId: string;
  readonly precision: Precision;
  readonly sequences: number;
  readonly sequenceLength: number;
}

/** A number of answers, all asked at once. */
export interface AnswersJob {
  readonly kind: 'answers';
  readonly modelId: string;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly answers: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The same work for every machine of a comparison. */
export type ProcessorJob = TrainingStepJob | AnswersJob;

/** How long a machine takes for a job, or why it cannot do it. */
export type JobTime =
  | {
      readonly isDone: true;
      readonly seconds: number;
      /** how the processors share the work, in words */
      readonly layout: string;
      /** what most of the time goes into, in words */
      readonly bound: string;
    }
  | { readonly isDone: false; readonly reason: string };
