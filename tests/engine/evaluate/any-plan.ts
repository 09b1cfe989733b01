import fc from 'fast-check';
import type { Plan, Quantity } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planParts } from '../../fixtures/plan-parts';

/** A quantity anywhere in the schema's range, the ends included. */
function quantity(minimum: number, maximum: number): fc.Arbitrary<Quantity> {
  return fc
    .oneof(
      fc.constantFrom(minimum, maximum),
      fc.double({ min: minimum, max: maximum, noNaN: true }),
      fc.double({ min: minimum, max: Math.min(maximum, minimum + 1_000), noNaN: true }),
    )
    .map((value) => ({ value, origin: 'yours' as const }));
}

const identifier = (known: readonly string[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constant('nowhere') },
  );

const parts = planParts({
  name: fc.constant('A part'),
  quantity,
  degree: fc.oneof(fc.constantFrom(1, 2, 4, 8, 16, 64), fc.integer({ min: 1, max: 1e9 })),
  regionId: fc.constantFrom('usa', 'nowhere'),
  systemId: identifier([...catalogue.systems.keys()]),
  modelId: identifier([...catalogue.models.keys()]),
});
const cluster = parts.cluster('cluster', identifier(['site']));
const training = parts.training('training', identifier(['cluster']));
const task = parts.task('task', identifier(['cluster']));
const inference = parts.inference('inference', identifier(['cluster']));

/** Any plan that the schema admits, sensible or not: one site, up to one cluster, a job and services. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  schemaVersion: fc.constant(1 as const),
  name: fc.constant('A plan'),
  notes: fc.constant(''),
  sites: parts.site('site').map((only) => [only]),
  clusters: fc.array(cluster, { maxLength: 1 }),
  workloads: fc.oneof(
    fc.tuple(training, inference, task),
    task.map((only) => [only]),
    training.map((only) => [only]),
    inference.map((only) => [only]),
    fc.constant([]),
  ),
  costs: parts.costs,
});
