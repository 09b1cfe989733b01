import { z } from 'zod';
import report from '../../../docs/calibration/inference.json';
import { accuracyEntrySchema, errorsSchema } from './accuracy-entry';

const reportSchema = z.object({
  rows: z.number(),
  families: z.number(),
  /** of throughput */
  fitted: errorsSchema,
  leftOut: errorsSchema,
  /** power of the factor of a range, for sources that nobody has seen */
  novelty: z.number(),
  /** share of the left-out measurements within their range */
  coverage: z.number(),
  byMetric: z.array(accuracyEntrySchema),
  byFamily: z.array(accuracyEntrySchema),
  byAccelerator: z.array(accuracyEntrySchema),
});

export type InferenceAccuracy = z.infer<typeof reportSchema>;

/** What the calibration of inference found, as written by the fit. */
export const inferenceAccuracy: InferenceAccuracy = reportSchema.parse(report);
