import { importedIdPrefix } from '@engine/catalogue/imported-models';
import type { ImportedModel } from '@engine/plan';
import { z } from 'zod';
import { architectureSchema } from '../catalogue/schema';

/** No model has more layers, and no other number of an architecture is larger. */
const mostLayers = 10_000;
const largest = 1e9;

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** A model that a plan brings along. Its numbers are bounded, because a plan file may come from anywhere. */
export const importedModelSchema: z.ZodType<ImportedModel> = z.strictObject({
  id: z
    .string()
    .max(64)
    .refine((id) => id.startsWith(importedIdPrefix), {
      error: `The id of an imported model begins with ${importedIdPrefix}.`,
    }),
  name: z.string().trim().min(1).max(200),
  modelType: z.string().min(1).max(60),
  importedOn: z.iso.date(),
  weightPrecision: z
    .enum(['fp64', 'fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'])
    .optional(),
  architecture: architectureSchema
    .refine(({ layers }) => layers <= mostLayers, {
      error: `More than ${mostLayers} layers.`,
      path: ['layers'],
    })
    .refine((architecture) => numbersIn(architecture).every((value) => value <= largest), {
      error: `A number above ${largest}.`,
    }),
  assumptions: z.array(z.string().max(500)).max(100),
});
