import { z } from 'zod';
import report from '../../../docs/calibration/unseen.json';

const errorsSchema = z.object({
  /** figures compared; every source, model and accelerator has one vote */
  rows: z.number(),
  /** of these without a prediction; they count as wholly wrong */
  unanswered: z.number(),
  median: z.number(),
  p90: z.number(),
  /** share of the measurements within the stated range */
  inRange: z.number(),
});
const groupSchema = errorsSchema.extend({ name: z.string() });
const accuracySchema = errorsSchema.extend({
  families: z.number(),
  byMetric: z.array(groupSchema),
  byFamily: z.array(groupSchema),
  byAccelerator: z.array(groupSchema),
});
const reportSchema = z.object({ training: accuracySchema, inference: accuracySchema });

export type UnseenAccuracy = z.infer<typeof accuracySchema>;

/** Errors on published measurements from sources to which nothing is fitted, as tests/calibration/judge-unseen.mjs wrote them. */
export const unseenAccuracy = reportSchema.parse(report);
