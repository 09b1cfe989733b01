import { inferenceAccuracy } from '@shared/calibration/inference-accuracy';
import { trainingAccuracy } from '@shared/calibration/training-accuracy';
import { unseenAccuracy, type UnseenAccuracy } from '@shared/calibration/unseen-accuracy';
import type { AccuracyEntry } from '@shared/calibration/accuracy-entry';

export type AccuracySubject = 'training' | 'inference';

interface Errors {
  readonly median: number;
  readonly p90: number;
}

/** What one calibration found, in the words of its subject. */
interface AccuracyOf {
  readonly rows: number;
  readonly families: number;
  readonly fitted: Errors;
  readonly leftOut: Errors;
  /** what was compared, and whose errors are given */
  readonly compared: string;
  readonly errorsOf: string;
  /** how ranges are set, and the shares that they hold */
  readonly rangeRule: string;
  readonly rangeHeld: (shares: string) => string;
  readonly coverage: readonly number[];
  /** on measurements that nothing is fitted to */
  readonly unseen: UnseenAccuracy;
  readonly ranges: readonly {
    readonly kind: string;
    readonly rows: number;
    readonly error: number;
  }[];
  readonly tables: readonly AccuracyGroups[];
}

export interface AccuracyGroups {
  /** what the groups are: "metric", "source" */
  readonly by: string;
  readonly rows: readonly AccuracyEntry[];
  /** also where there is room for little */
  readonly isAlwaysShown: boolean;
}

function groups(
  by: string,
  rows: readonly AccuracyEntry[] = [],
  isAlwaysShown = false,
): AccuracyGroups {
  return { by, rows, isAlwaysShown };
}

export const accuracyOf: Readonly<Record<AccuracySubject, AccuracyOf>> = {
  training: {
    ...trainingAccuracy,
    unseen: unseenAccuracy.training,
    compared: 'published runs',
    errorsOf: 'runs',
    rangeRule: `A range divides and multiplies the prediction by 1 + e. The factor that holds four of five left-out errors of the kind of run is raised to the power ${trainingAccuracy.novelty} for sources that nobody has seen.`,
    rangeHeld: (shares) =>
      `Learned from half of the sources, the ranges hold ${shares} of the other half.`,
    tables: [
      groups('kind of model', trainingAccuracy.byModelKind),
      groups('accelerator', trainingAccuracy.byAccelerator),
      groups('source', trainingAccuracy.byFamily),
    ],
  },
  inference: {
    ...inferenceAccuracy,
    unseen: unseenAccuracy.inference,
    compared: 'published figures',
    errorsOf: 'throughputs',
    rangeRule: `A range comes from the factors that hold four of five left-out errors of the kind of run, raised to the power ${inferenceAccuracy.novelty} for sources that nobody has seen.`,
    rangeHeld: (shares) => `Over all of them the ranges hold ${shares}.`,
    coverage: [inferenceAccuracy.coverage],
    ranges: [],
    tables: [
      groups('metric', inferenceAccuracy.byMetric, true),
      groups('accelerator, throughput', inferenceAccuracy.byAccelerator),
      groups('source', inferenceAccuracy.byFamily),
    ],
  },
};
