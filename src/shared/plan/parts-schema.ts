import { z } from 'zod';
import type { OwnPart, PartOverride } from '@engine/catalogue/own-parts';

/** Most parts of its own that a plan holds. */
export const ownPartLimit = 10_000;

const identifier = z.string().min(1).max(64);
const kind = z.enum(['accelerator', 'system', 'switch', 'transceiver', 'networkCard', 'region']);

// Numbers have no bounds here: a negative price is a problem of its part that the engine names, and the file opens.
const value = {
  value: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  note: z.string().max(2_000).optional(),
};

export const ownPartSchema: z.ZodType<OwnPart> = z.strictObject({
  kind,
  id: identifier,
  name: z.string().trim().min(1).max(200),
  basedOn: identifier.nullable(),
  acceleratorId: identifier.optional(),
  values: z.record(z.string().max(64), z.strictObject(value)),
  note: z.string().max(2_000).optional(),
});

export const partOverrideSchema: z.ZodType<PartOverride> = z.strictObject({
  kind,
  partId: identifier,
  field: z.string().min(1).max(64),
  ...value,
});
