import { z } from 'zod';
import report from '../../../docs/calibration/training.json';
import { accuracyEntrySchema, errorsSchema } from './accuracy-entry';

const reportSchema = z.object({
  rows: z.number(),
  families: z.number(),
  fitted: errorsSchema,
  leftOut: errorsSchema,
  /** power of the factor of a range, for sources that nobody has seen */
  novelty: z.number(),
  coverage: z.array(z.number()),
  ranges: z.array(z.object({ kind: z.string(), rows: z.number(), error: z.number() })),
  byFamily: z.array(accuracyEntrySchema).optional(),
  byAccelerator: z.array(accuracyEntrySchema).optional(),
  byModelKind: z.array(accuracyEntrySchema).optional(),
});

export type TrainingAccuracy = z.infer<typeof reportSchema>;

/** What the calibration of training found, as written by the fit. */
export const trainingAccuracy: TrainingAccuracy = reportSchema.parse(report);
