import { describe, expect, it } from 'vitest';
import { besideUnit } from '../../../src/renderer/document/quantity-field';
import { limitsOf, settleWhole, whyOutOfBounds } from '../../../src/renderer/document/limits';
import {
  findQuantityField,
  quantityFields,
  type QuantityField,
} from '../../../src/renderer/document/quantity-fields';
import { partIdsOf, sectionOf, selectionFor } from '../../../src/renderer/document/sections';
import {
  findPart,
  isQuantity,
  quantityAt,
  type PartKind,
} from '../../../src/renderer/document/subject';
import { samplePlan } from './sample-plan';

const kinds = Object.keys(quantityFields) as PartKind[];
const sampleIds = {
  site: 'site-1',
  cluster: 'cluster-1',
  training: 'training-1',
  inference: 'inference-1',
  task: 'image-1',
  costs: 'costs',
  timeline: 'timeline',
} as const;

function fieldOf(kind: PartKind, key: string): QuantityField {
  const field = findQuantityField(kind, key);
  if (!field) throw new Error(`There is no field ${kind}.${key}.`);
  return field;
}

describe('the table of input fields', () => {
  it.each(kinds)('names every quantity of a %s, once', (kind) => {
    const found = findPart(samplePlan, sampleIds[kind]);
    const inPlan = Object.entries(found?.part ?? {})
      .filter(([, value]) => isQuantity(value) || value === null)
      .map(([key]) => key);
    const keys = quantityFields[kind].map(({ key }) => key as string);
    expect(keys.toSorted()).toEqual(inPlan.toSorted());
  });

  it.each(kinds)('has bounds from the schema for every field of a %s', (kind) => {
    for (const { key } of quantityFields[kind]) {
      const { minimum, maximum } = limitsOf(kind, key);
      expect(minimum).toBeLessThan(maximum);
    }
  });

  it('refuses what the schema would refuse, in a sentence with the field’s unit', () => {
    const pue = fieldOf('site', 'powerUsageEffectiveness');
    expect(whyOutOfBounds('site', pue, { value: 0.9 })).toBe('Enter at least 1.');
    expect(whyOutOfBounds('site', pue, { value: 1.1 })).toBeNull();
    const load = fieldOf('inference', 'meanLoadFraction');
    expect(whyOutOfBounds('inference', load, { value: 1.2 })).toBe('Enter at most 100 %.');
    const range = { value: 0.5, low: 0.2, high: 1.5 };
    expect(whyOutOfBounds('inference', load, range)).toBe('Enter at most 100 %.');
    const cap = fieldOf('site', 'powerCapKw');
    expect(whyOutOfBounds('site', cap, { value: -1 })).toBe('Enter at least 0 kW.');
    const tokens = fieldOf('training', 'tokens');
    expect(whyOutOfBounds('training', tokens, { value: 0 })).toBe('Enter at least 1 token.');
  });

  it('wants whole nodes and rounds the middle of a range', () => {
    const nodes = fieldOf('cluster', 'nodes');
    expect(whyOutOfBounds('cluster', nodes, { value: 1.5 })).toBe('Enter a whole number.');
    const range = settleWhole(nodes, { value: 6.5, low: 5, high: 8 });
    expect(range).toEqual({ value: 7, low: 5, high: 8 });
    expect(whyOutOfBounds('cluster', nodes, range)).toBeNull();
  });
});

describe('parts and sections', () => {
  it('finds a quantity, an empty field, and no field', () => {
    const site = findPart(samplePlan, 'site-1');
    if (!site) throw new Error('There is no site.');
    expect(quantityAt(site, 'powerUsageEffectiveness')).toEqual({ value: 1.2, origin: 'default' });
    expect(quantityAt(site, 'powerCapKw')).toBeNull();
    expect(quantityAt(site, 'regionId')).toBeUndefined();
  });

  it('shows each kind of part in its own section', () => {
    expect(Object.values(sampleIds).map((id) => sectionOf(samplePlan, id))).toEqual([
      'energy',
      'cluster',
      'training',
      'inference',
      'inference',
      'cost',
      'timeline',
    ]);
    expect(sectionOf(samplePlan, null)).toBe('overview');
  });

  it('keeps to the relatives of what was selected when the section changes', () => {
    expect(selectionFor(samplePlan, 'inference', 'cluster-3')).toBe('inference-2');
    expect(selectionFor(samplePlan, 'cluster', 'inference-2')).toBe('cluster-3');
    expect(selectionFor(samplePlan, 'energy', 'inference-2')).toBe('site-2');
    expect(selectionFor(samplePlan, 'training', 'cluster-3')).toBe('training-1');
    expect(selectionFor(samplePlan, 'cluster', 'cluster-2')).toBe('cluster-2');
    expect(selectionFor(samplePlan, 'overview', 'cluster-2')).toBeNull();
    const empty = { ...samplePlan, workloads: [] };
    expect(selectionFor(empty, 'training', 'cluster-1')).toBeNull();
    expect(partIdsOf(samplePlan, 'cost')).toEqual(['costs']);
  });
});

describe('what an empty field means', () => {
  it.each([
    ['6,100 USD/kW', 'USD/kW', '6,100'],
    ['6,100\u00a0USD/kW', 'USD/kW', '6,100'],
    ['None', 'TB', 'None'],
    ['30 %', '', '30 %'],
    ['3 minutes', 's', '3 minutes'],
    ['180 s', 's', '180'],
  ])('%s beside “%s” reads %s', (text, symbol, expected) => {
    expect(besideUnit(text, symbol)).toBe(expected);
  });

  it('is nothing where nothing is said', () => {
    expect(besideUnit(null, 'W')).toBeUndefined();
  });
});
