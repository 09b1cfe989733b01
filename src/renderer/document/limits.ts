import { z } from 'zod';
import { planSchema } from '@shared/plan/schema';
import { writeQuantityText } from '@shared/quantity-text/write';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { inputUnits } from '@shared/quantity-text/unit';
import type { QuantityField } from './quantity-fields';
import type { PartKind } from './subject';

interface Limits {
  readonly minimum: number;
  readonly maximum: number;
}

function at(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, key)?.value;
  }, node);
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Where a kind of part stands in the document's JSON Schema. */
function partSchema(schema: unknown, kind: PartKind): unknown {
  const properties = at(schema, 'properties');
  switch (kind) {
    case 'costs':
      return at(properties, 'costs');
    case 'timeline': {
      const timeline = at(properties, 'timeline');
      return asList(at(timeline, 'anyOf')).find((option) => at(option, 'properties'));
    }
    case 'site':
      return at(properties, 'sites', 'items');
    case 'cluster':
      return at(properties, 'clusters', 'items');
    case 'training':
    case 'inference':
    case 'task': {
      const items = at(properties, 'workloads', 'items');
      const options = [...asList(at(items, 'oneOf')), ...asList(at(items, 'anyOf'))];
      return options.find((option) => at(option, 'properties', 'kind', 'const') === kind);
    }
  }
}

let documentSchema: unknown;

/** The bounds that the document schema sets for a field: one truth for the file format and the inputs. */
export function limitsOf(kind: PartKind, key: string): Limits {
  documentSchema ??= z.toJSONSchema(planSchema, { io: 'input' });
  const field = at(partSchema(documentSchema, kind), 'properties', key);
  const quantity = asList(at(field, 'anyOf')).find((option) => at(option, 'properties')) ?? field;
  const minimum = at(quantity, 'properties', 'value', 'minimum');
  const maximum = at(quantity, 'properties', 'value', 'maximum');
  if (typeof minimum !== 'number' || typeof maximum !== 'number') {
    throw new Error(`The plan schema has no bounds for ${kind}.${key}.`);
  }
  return { minimum, maximum };
}

/** Whole-number fields round the middle of a range: "5 to 8" nodes means 7, from 5 to 8. */
export function settleWhole(field: QuantityField, read: QuantityRead): QuantityRead {
  const isRange = read.low !== undefined || read.high !== undefined;
  return field.isWhole && isRange ? { ...read, value: Math.round(read.value) } : read;
}

/** "tokens" as one of them; abbreviations stay. */
function singular(symbol: string): string {
  return /^[a-z]{4,}s$/.test(symbol) ? symbol.slice(0, -1) : symbol;
}

/** Why a value cannot stand in a field, in one sentence; null when it can. */
export function whyOutOfBounds(
  kind: PartKind,
  field: QuantityField,
  read: QuantityRead,
): string | null {
  const { minimum, maximum } = limitsOf(kind, field.key);
  const ends = [read.value, read.low ?? read.value, read.high ?? read.value];
  const { symbol } = inputUnits[field.unit];
  const shown = (value: number) =>
    `${writeQuantityText({ value }, field.unit)} ${value === 1 ? singular(symbol) : symbol}`.trim();
  if (ends.some((end) => end < minimum)) return `Enter at least ${shown(minimum)}.`;
  if (ends.some((end) => end > maximum)) return `Enter at most ${shown(maximum)}.`;
  if (field.isWhole && ends.some((end) => !Number.isInteger(end))) {
    return 'Enter a whole number.';
  }
  return null;
}
