import { z } from 'zod';
import report from '../../../docs/calibration/training.json';

const errors = z.object({ median: z.number(), p90: z.number() });

const entry = z.object({
  name: z.string(),
  rows: z.number(),
  fitted: errors,
  leftOut: errors,
});

const reportSchema = z.object({
  rows: z.number(),
  families: z.number(),
  fitted: errors,
  leftOut: errors,
  coverage: z.array(z.number()),
  ranges: z.array(z.object({ kind: z.string(), rows: z.number(), error: z.number() })),
  byFamily: z.array(entry).optional(),
  byAccelerator: z.array(entry).optional(),
  byModelKind: z.array(entry).optional(),
});

/** Errors of one group of published runs, in and out of the fit; an error is |predicted / measured − 1|. */
export type AccuracyEntry = z.infer<typeof entry>;
export type TrainingAccuracy = z.infer<typeof reportSchema>;

/** What the calibration of training found, as written by the fit. */
export const trainingAccuracy: TrainingAccuracy = reportSchema.parse(report);
