import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText } from '@shared/plan/parse';
import { anyPlan } from '../../fixtures/plan-arbitrary';
import { fixturePlan } from '../../fixtures/plan-fixture';

function parsed(text: string): Plan {
  const result = parsePlanText(text, 'test.clusterplan');
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test('reading a canonical text gives the plan back, and writing it again gives the same bytes', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const text = canonicalPlan(plan);
      expect(parsed(text)).toEqual(plan);
      expect(canonicalPlan(parsed(text))).toBe(text);
    }),
    { numRuns: 300 },
  );
});

test('the order in which keys were written does not show', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const reversed = JSON.parse(JSON.stringify(plan), (_key, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).toReversed())
          : value,
      ) as Plan;
      expect(canonicalPlan(reversed)).toBe(canonicalPlan(plan));
    }),
    { numRuns: 100 },
  );
});

test('the text is indented by two spaces, starts with the version and ends with one newline', () => {
  const text = canonicalPlan(fixturePlan({ name: 'Ö' }));
  expect(text).toMatch(/^\{\n {2}"schemaVersion": 1,\n {2}"name": "Ö",\n {2}"notes"/);
  expect(text).toMatch(/[^\n]\n$/);
});

test('a lone surrogate survives as an escape, so the bytes are always valid UTF-8', () => {
  const text = canonicalPlan(fixturePlan({ name: 'half \ud83d emoji' }));
  expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
  expect(parsed(text).name).toBe('half \ud83d emoji');
});

test('an invalid plan has no canonical text', () => {
  expect(() => canonicalPlan(fixturePlan({ name: '' }))).toThrow();
});
