import { expect, test } from 'vitest';
import { foldedForSearch, planFacts, planSearchText } from '@shared/plan/summary';
import { fixturePlan } from '../../fixtures/plan-fixture';
import { fixtureCatalogue } from '../../fixtures/catalogue-fixture';

test('accelerators are nodes times accelerators per node, over all clusters', () => {
  const plan = fixturePlan();
  const twice = { ...plan, clusters: plan.clusters.flatMap((cluster) => [cluster, cluster]) };
  expect(planFacts(twice, fixtureCatalogue)).toEqual({
    accelerators: 2 * 16 * 8,
    acceleratorNames: ['NVIDIA H100 SXM'],
    sites: 1,
    trainingJobs: 1,
    inferenceServices: 1,
  });
});

test('an unknown system is named by its id and counts nothing', () => {
  const plan = fixturePlan();
  const clusters = plan.clusters.map((cluster) => ({ ...cluster, systemId: 'my-own-node' }));
  expect(planFacts({ ...plan, clusters }, fixtureCatalogue)).toMatchObject({
    accelerators: 0,
    acceleratorNames: ['my-own-node'],
  });
});

test.each([
  '试验',
  'north hall',
  'FINE-TUNING',
  'inputs of a test',
  'dgx-h100',
  'nvidia h100',
  'Llama 3.1 70B',
])('a search for %s finds the plan', (words) => {
  expect(planSearchText(fixturePlan(), fixtureCatalogue)).toContain(foldedForSearch(words));
});

test('composed and decomposed letters are the same', () => {
  expect(foldedForSearch('CAFE\u0301')).toBe(foldedForSearch('caf\u00e9'));
});
