import { z } from 'zod';
import sources from '../../../docs/calibration/sources.json';

const sourceSchema = z.object({
  title: z.string(),
  url: z.string().nullable(),
  /** further publications that the family has */
  more: z.number().optional(),
});

export type CalibrationSource = z.infer<typeof sourceSchema>;

const bySource = new Map(Object.entries(z.record(z.string(), sourceSchema).parse(sources)));

/** What a source family of the calibration is called and where it is read; one that the list has not keeps its short name. */
export function calibrationSource(family: string): CalibrationSource {
  return bySource.get(family) ?? { title: family, url: null };
}

/** Addresses of all of them: those that a reader may open. */
export function calibrationAddresses(): readonly (string | null)[] {
  return [...bySource.values()].map(({ url }) => url);
}
