import fc from 'fast-check';
import type { Cluster, Plan, Quantity, Site, Workload } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

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

const fraction = quantity(0, 1);
const identifier = (known: readonly string[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constant('nowhere') },
  );
const degree = fc.oneof(fc.constantFrom(1, 2, 4, 8, 16, 64), fc.integer({ min: 1, max: 1e9 }));
const precision = fc.constantFrom('fp64', 'fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4');
const systems = [...catalogue.systems.keys()];
const models = [...catalogue.models.keys()];

const site: fc.Arbitrary<Site> = fc.record({
  id: fc.constant('site'),
  name: fc.constant('A site'),
  regionId: fc.constantFrom('usa', 'nowhere'),
  powerCapKw: fc.option(quantity(0, 1e9), { nil: null }),
  powerUsageEffectiveness: quantity(1, 10),
  electricityUsdPerKwh: quantity(0, 100),
  gridGramsCo2PerKwh: quantity(0, 10_000),
});

const cluster: fc.Arbitrary<Cluster> = fc.record({
  id: fc.constant('cluster'),
  name: fc.constant('A cluster'),
  siteId: identifier(['site']),
  systemId: identifier(systems),
  nodes: quantity(1, 1e9),
  scaleOutGbpsPerAccelerator: quantity(0, 1e6),
  rentUsdPerAcceleratorHour: quantity(0, 1e6),
  purchaseUsdPerNode: quantity(0, 1e12),
});

const training: fc.Arbitrary<Workload> = fc.record({
  kind: fc.constant('training' as const),
  id: fc.constant('training'),
  name: fc.constant('A job'),
  clusterId: identifier(['cluster']),
  modelId: identifier(models),
  precision,
  tokens: quantity(1, 1e18),
  sequenceLength: quantity(1, 1e8),
  globalBatchSequences: quantity(1, 1e9),
  layout: fc.record({
    tensorParallel: degree,
    pipelineParallel: degree,
    virtualStages: degree,
    contextParallel: degree,
    expertParallel: degree,
    microBatch: degree,
    recompute: fc.constantFrom('none', 'selective', 'full'),
    zeroStage: fc.constantFrom(0, 1, 2, 3),
  }),
  effectiveTimeFraction: quantity(0.01, 1),
  measuredStepSeconds: fc.option(quantity(1e-6, 1e7), { nil: null }),
});

const inference: fc.Arbitrary<Workload> = fc.record({
  kind: fc.constant('inference' as const),
  id: fc.constant('inference'),
  name: fc.constant('A service'),
  clusterId: identifier(['cluster']),
  modelId: identifier(models),
  weightPrecision: precision,
  keyValuePrecision: precision,
  tensorParallel: degree,
  inputTokens: quantity(1, 1e8),
  outputTokens: quantity(1, 1e8),
  concurrentUsers: quantity(0, 1e11),
  requestsPerUserHour: quantity(0, 1e6),
  timeToFirstTokenTargetMs: quantity(0.001, 1e9),
  timePerOutputTokenTargetMs: quantity(0.001, 1e9),
  meanLoadFraction: quantity(0.001, 1),
});

/** Any plan that the schema admits, sensible or not: one site, up to one cluster, a job and a service. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  schemaVersion: fc.constant(1 as const),
  name: fc.constant('A plan'),
  notes: fc.constant(''),
  sites: site.map((only) => [only]),
  clusters: fc.array(cluster, { maxLength: 1 }),
  workloads: fc.oneof(
    fc.tuple(training, inference),
    training.map((only) => [only]),
    inference.map((only) => [only]),
    fc.constant([]),
  ),
  costs: fc.record({
    acquisition: fc.constantFrom('rent', 'buy'),
    horizonYears: quantity(0.1, 50),
    utilisationFraction: quantity(0.001, 1),
    networkAndStorageFraction: quantity(0, 10),
    maintenanceFractionPerYear: fraction,
    colocationUsdPerKwMonth: quantity(0, 1e6),
    residualFraction: fraction,
    discountRatePerYear: fraction,
  }),
});
