import { describe, expect, test } from 'vitest';
import { planSchema } from '@shared/plan/schema';
import { ownPartSchema, partOverrideSchema } from '@shared/plan/parts-schema';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText } from '@shared/plan/parse';
import { fixturePlan } from '../../fixtures/plan-fixture';

const part = {
  kind: 'system',
  id: 'box',
  name: 'Box',
  basedOn: 'dgx-h100',
  acceleratorId: 'h100-sxm',
  values: { price: { value: 250_000, low: 240_000, high: 260_000, note: 'quote' } },
  note: 'ours',
} as const;
const override = {
  kind: 'system',
  partId: 'dgx-h100',
  field: 'price',
  value: 9,
  note: 'why',
} as const;

test('a plan keeps its own parts and values through a file', () => {
  const plan = { ...fixturePlan(), ownParts: [part], partOverrides: [override] };
  const read = parsePlanText(canonicalPlan(plan), 'a.clusterplan');
  expect(read).toEqual({ ok: true, value: plan });
});

test('a plan without them stays as it is', () => {
  const plan = fixturePlan();
  expect('ownParts' in plan).toBe(false);
  expect(planSchema.parse(plan)).toEqual(plan);
});

describe('a part in a file', () => {
  test.each<[string, object, boolean]>([
    [
      'with a negative price opens: the engine names it',
      { values: { price: { value: -1 } } },
      true,
    ],
    ['based on nothing', { basedOn: null }, true],
    ['without a base', { basedOn: undefined }, false],
    ['of no known kind', { kind: 'cable' }, false],
    ['without a name', { name: ' ' }, false],
    ['with a value that is text', { values: { price: { value: '9' } } }, false],
    ['with an infinite value', { values: { price: { value: Infinity } } }, false],
    ['with an unknown field', { colour: 'red' }, false],
  ])('%s', (_what, change, expected) => {
    expect(ownPartSchema.safeParse({ ...part, ...change }).success).toBe(expected);
  });
});

test.each<[string, object, boolean]>([
  ['a value of a field that no part has opens: the engine names it', { field: 'colour' }, true],
  ['a value of no field', { field: '' }, false],
  ['a value of no part', { partId: '' }, false],
  ['a value without a number', { value: null }, false],
])('%s', (_what, change, expected) => {
  expect(partOverrideSchema.safeParse({ ...override, ...change }).success).toBe(expected);
});
