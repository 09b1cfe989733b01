import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planJsonSchema } from '@shared/plan/json-schema';

const file = join(import.meta.dirname, '../../../resources/clusterplan.schema.json');

test('the published schema is current; run scripts/write-plan-schema.mjs after a change', () => {
  expect(readFileSync(file, 'utf8')).toBe(planJsonSchema());
});

test('the fields that need words have them, also inside lists and unions', () => {
  expect(planJsonSchema()).toMatch(/"timeToFirstTokenTargetMs": \{[^$]*?time to first token, ms/);
  expect(planJsonSchema()).toMatch(/"siteId": \{[^}]*The id of an entry of \\"sites\\"/);
});
