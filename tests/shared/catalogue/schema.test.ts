import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  acceleratorSchema,
  assumptionsSchema,
  modelSchema,
  regionSchema,
  rentalQuoteSchema,
  sourceSchema,
  systemSchema,
} from '@shared/catalogue/schema';

function first<Row>(rows: Iterable<Row>): Row {
  for (const row of rows) return row;
  throw new Error('The catalogue is empty.');
}

const tables: readonly (readonly [string, z.ZodType, readonly object[]])[] = [
  ['accelerators', acceleratorSchema, [...catalogue.accelerators.values()]],
  ['systems', systemSchema, [...catalogue.systems.values()]],
  ['models', modelSchema, [...catalogue.models.values()]],
  ['regions', regionSchema, [...catalogue.regions.values()]],
  ['rental quotes', rentalQuoteSchema, catalogue.rentalQuotes],
  ['sources', sourceSchema, [...catalogue.sources.values()]],
];

/** Facts that came after users had saved parts of their own. */
const added = new Set(['hostMemory']);

describe.each(tables)('a row of %s', (_name, schema, rows) => {
  const [row = {}] = rows;

  it('in the bundled catalogue passes unchanged', () => {
    for (const each of rows) expect(schema.parse(structuredClone(each))).toEqual(each);
  });

  it('may lack none of its fields but those that came later', () => {
    for (const key of Object.keys(row)) {
      const without = Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
      expect(schema.safeParse(without).success, key).toBe(added.has(key));
    }
  });

  it('may have no field that nobody knows, so that a slip of the pen is seen', () => {
    expect(schema.safeParse({ ...row, colour: 'black' }).success).toBe(false);
  });

  it('needs an identifier without capitals and spaces', () => {
    for (const id of ['', 'H100', 'h 100', '-h100', '.h', 'ä', 7, null]) {
      expect(schema.safeParse({ ...row, id }).success, String(id)).toBe(false);
    }
    expect(schema.safeParse({ ...row, id: 'a-part.2' }).success).toBe(true);
  });
});

describe('a fact', () => {
  const [key, fact] = first(Object.entries(catalogue.assumptions));
  const isAccepted = (change: object): boolean =>
    assumptionsSchema.safeParse({ [key]: { ...fact, low: 0, high: 1e12, ...change } }).success;

  it.each<[string, object, boolean]>([
    ['inside its range', { value: 5, low: 4, high: 6 }, true],
    ['at the end of its range', { value: 5, low: 5, high: 5 }, true],
    ['below its range', { value: 3, low: 4, high: 6 }, false],
    ['above its range', { value: 7, low: 4, high: 6 }, false],
    ['with its range upside down', { value: 5, low: 6, high: 4 }, false],
    ['without a unit', { unit: '' }, false],
    ['without a source', { source: '' }, false],
    ['of a quality that nobody defined', { quality: 'hearsay' }, false],
    ['that is a text', { value: '5' }, false],
    ['that is not a number', { value: Number.NaN }, false],
    ['without a label', { label: '' }, false],
  ])('%s', (_what, change, expected) => {
    expect(isAccepted(change)).toBe(expected);
  });
});

describe('a date', () => {
  const quote = first(catalogue.rentalQuotes);

  it.each([
    ['2026', true],
    ['2026-11', true],
    ['2026-11-23', true],
    ['23.11.2026', false],
    ['2026-1-1', false],
    ['yesterday', false],
    ['', false],
  ])('written %j is accepted: %s', (date, expected) => {
    expect(rentalQuoteSchema.safeParse({ ...quote, date }).success).toBe(expected);
  });

  it('on which a source was read may be missing only in so many words', () => {
    const source = first(catalogue.sources.values());
    expect(sourceSchema.safeParse({ ...source, readOn: 'not read' }).success).toBe(true);
    expect(sourceSchema.safeParse({ ...source, readOn: null }).success).toBe(false);
    expect(sourceSchema.safeParse({ ...source, url: 'not an address' }).success).toBe(false);
  });
});

describe('an architecture', () => {
  const model = first(catalogue.models.values());
  const isAccepted = (change: object): boolean =>
    modelSchema.safeParse({ ...model, architecture: { ...model.architecture, ...change } }).success;

  it.each(['layers', 'hidden', 'heads', 'keyValueHeads', 'headDim', 'ffn', 'vocabulary'])(
    'counts its %s from one, in whole numbers',
    (field) => {
      expect(isAccepted({ [field]: 1 })).toBe(true);
      for (const wrong of [0, -1, 1.5, '8', null])
        expect(isAccepted({ [field]: wrong })).toBe(false);
    },
  );

  it('may have experts, some of them shared or none', () => {
    const experts = { experts: 8, expertsPerToken: 2, expertFfn: 1_024, denseLayers: 0 };
    expect(isAccepted({ mixtureOfExperts: { ...experts, sharedExperts: 0 } })).toBe(true);
    expect(isAccepted({ mixtureOfExperts: { ...experts, sharedExperts: -1 } })).toBe(false);
    expect(isAccepted({ mixtureOfExperts: experts })).toBe(false);
  });
});
