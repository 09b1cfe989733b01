import { z } from 'zod';
import { writtenNumber } from './written-number';

/** More than there is of anything that is counted in a cluster. */
const mostOfAnything = 1e12;
/** More than the tokens or parameters of any run. */
const mostOfAmounts = 1e20;

/** A field that is missing, null or of the wrong type counts as not given; numbers may be written as text. */
export const text = z.string().nullish().catch(null);
export const positive = z.preprocess(
  writtenNumber,
  z.number().positive().max(mostOfAmounts).nullish().catch(null),
);
export const amount = z.preprocess(
  writtenNumber,
  z.number().nonnegative().max(mostOfAmounts).nullish().catch(null),
);
const counted = z.int().positive().max(mostOfAnything).nullish().catch(null);
export const whole = z.preprocess(writtenNumber, counted);
/** Numbers by which a field says that there is none, by the field's schema. */
const nonesOf = new Map<unknown, readonly unknown[]>();
/** A whole number of something that a run may do without: 0 says so. */
export const optionalWhole = countedUnless([0]);
/** A limit that software was told; 0 and -1 mean none to some. */
export const limit = countedUnless([0, -1]);
/** How many requests are in flight, or how they arrive in words. */
export const load = z
  .union([z.number().positive().max(mostOfAnything), z.string()])
  .nullish()
  .catch(null);
/** A switch or a word: true, 'full'. */
export const setting = z.union([z.string(), z.number(), z.boolean()]).nullish().catch(null);

const shown = new Intl.NumberFormat('en');
const range = `from 1 to ${shown.format(mostOfAnything)}`;
const expectations = new Map<unknown, string>([
  [positive, `a number above 0 and up to ${shown.format(mostOfAmounts)}`],
  [amount, `a number from 0 to ${shown.format(mostOfAmounts)}`],
  [whole, `a whole number ${range}`],
  [optionalWhole, `a whole number ${range}, or 0 for none,`],
  [limit, `a whole number ${range}, or -1 for none,`],
  [load, `a number above 0, or words such as 'open-loop 2 req/s',`],
]);

export interface Misstatement {
  /** the field with its part before it: training.tp */
  readonly field: string;
  readonly value: unknown;
  /** what the field takes */
  readonly expected: string;
  /** whether it holds a number, which no run can have; other values may be words that are not understood */
  readonly isNumber: boolean;
}

/** Fields of a part of a case that take a number and hold none that could be meant, named with a prefix. */
export function misstatements(
  prefix: string,
  shape: Readonly<Record<string, z.ZodType>>,
  raw: unknown,
): Misstatement[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  const fields: Readonly<Record<string, unknown>> = { ...raw };
  return Object.entries(fields).flatMap(([name, value]) => {
    const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const expected = expectations.get(schema);
    if (expected === undefined || isNothing(value)) return [];
    const isNone = nonesOf.get(schema)?.includes(writtenNumber(value)) ?? false;
    if (isNone || !isNothing(schema?.parse(value))) return [];
    return [{ field: `${prefix}${name}`, value, expected, isNumber: isNumeral(value) }];
  });
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function countedUnless(nones: readonly unknown[]) {
  const schema = z.preprocess((value) => {
    const number = writtenNumber(value);
    return nones.includes(number) ? null : number;
  }, counted);
  nonesOf.set(schema, nones);
  return schema;
}

function isNumeral(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Number(value)));
}
