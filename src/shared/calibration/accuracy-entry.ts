import { z } from 'zod';

export const errorsSchema = z.object({ median: z.number(), p90: z.number() });

export const accuracyEntrySchema = z.object({
  name: z.string(),
  rows: z.number(),
  fitted: errorsSchema,
  leftOut: errorsSchema,
});

/** Errors of one group of published runs, in and out of the fit; an error is |predicted / measured − 1|. */
export type AccuracyEntry = z.infer<typeof accuracyEntrySchema>;
