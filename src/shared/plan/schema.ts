import { z } from 'zod';
import type { Plan } from '@engine/plan';
import { keptTraceProblem, longestKeptRows } from '../trace/kept-trace';
import { importedModelSchema } from './imported-model-schema';
import { ownPartLimit, ownPartSchema, partOverrideSchema } from './parts-schema';

/** The newest version of the plan document that this build writes. */
export const planSchemaVersion = 1;

/** File extension of a plan, without the dot. */
export const planFileExtension = 'clusterplan';

const identifier = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(200);
const count = z.int().min(1).max(1e9);

/** A quantity whose value and range stay within [minimum, maximum]. */
function quantity(minimum: number, maximum: number) {
  const bounded = z.number().min(minimum).max(maximum);
  return z
    .strictObject({
      value: bounded,
      origin: z.enum(['default', 'yours', 'imported', 'measured']),
      low: bounded.optional(),
      high: bounded.optional(),
      note: z.string().max(2_000).optional(),
    })
    .refine((range) => (range.low ?? range.value) <= (range.high ?? range.value), {
      error: 'The low end of the range is above its high end.',
      path: ['low'],
    });
}

const fraction = quantity(0, 1);

/** A field that may be empty or missing; what that means stands in the engine's plan.ts. */
function optional(minimum: number, maximum: number) {
  return quantity(minimum, maximum).nullable().optional();
}

const isoDate = z.iso.date({ error: 'A date is written as 2027-01-31.' });
const change = optional(-0.9, 10);
const precision = z.enum(['fp64', 'fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4']);

const site = z.strictObject({
  id: identifier,
  name,
  regionId: identifier,
  powerCapKw: quantity(0, 1e9).nullable(),
  powerUsageEffectiveness: quantity(1, 10),
  electricityUsdPerKwh: quantity(0, 100),
  gridGramsCo2PerKwh: quantity(0, 10_000),
  demandChargeUsdPerKwMonth: optional(0, 10_000),
  marketGramsCo2PerKwh: optional(0, 10_000),
  waterLitresPerKwh: optional(0, 1_000),
  powerRedundancy: z.enum(['N', 'N+1', '2N']).nullable().optional(),
  rackWeightKg: optional(1, 1e6),
  floorSquareMetres: optional(1, 1e9),
  gridLeadTimeMonths: optional(0, 600),
  transformerLeadTimeMonths: optional(0, 600),
  linkGbps: optional(0, 1e9),
  linkKm: optional(0, 1e6),
  linkUsdPerMonth: optional(0, 1e12),
});

const rentalTerm = z.enum([
  'on demand',
  'spot',
  'reserved 1 year',
  'reserved 3 years',
  'capacity block',
  'market',
]);

const cluster = z.strictObject({
  id: identifier,
  name,
  siteId: identifier,
  systemId: identifier,
  nodes: quantity(1, 1e9),
  scaleOutGbpsPerAccelerator: quantity(0, 1e6),
  rentUsdPerAcceleratorHour: quantity(0, 1e6),
  purchaseUsdPerNode: quantity(0, 1e12),
  oversubscription: quantity(1, 100).nullable().optional(),
  spineOversubscription: quantity(1, 100).nullable().optional(),
  topology: z
    .enum(['fat tree', 'rail-optimised', 'rail-only', 'dragonfly+', '2D torus', '3D torus'])
    .nullable()
    .optional(),
  networkAdapter: z.literal('elastic').optional(),
  switchId: identifier.nullable().optional(),
  planes: quantity(1, 64).nullable().optional(),
  rackPowerKw: quantity(0.1, 10_000).nullable().optional(),
  rentTerm: rentalTerm.optional(),
  rentStorageTb: optional(0, 1e9),
  rentEgressTbPerMonth: optional(0, 1e9),
  inServiceOn: isoDate.nullable().optional(),
  leadTimeMonths: optional(0, 600),
});

const trainingLayout = z.strictObject({
  tensorParallel: count,
  pipelineParallel: count,
  virtualStages: count,
  contextParallel: count,
  expertParallel: count,
  microBatch: count,
  recompute: z.enum(['none', 'selective', 'full']),
  zeroStage: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  schedule: z.enum(['zero-bubble', 'dualpipe']).optional(),
  recomputedLayers: z.int().min(0).max(1e9).optional(),
  contextExchange: z.enum(['all-gather', 'ring', 'ulysses']).optional(),
  shardGroup: count.optional(),
  capacityFactor: z.number().min(0.1).max(100).optional(),
  optimizer: z.enum(['muon', 'lion', 'adafactor', 'sgd']).optional(),
  offloadsOptimizer: z.boolean().optional(),
  offloadsWeights: z.boolean().optional(),
  offloadedLayers: z.int().min(1).max(1e9).optional(),
  momentPrecision: z.enum(['32-bit', '16-bit', '8-bit']).optional(),
  software: z.enum(['early', 'fused', 'current']).optional(),
});

const trainingWorkload = z.strictObject({
  kind: z.literal('training'),
  id: identifier,
  name,
  clusterId: identifier,
  modelId: identifier,
  precision,
  tokens: quantity(1, 1e18),
  sequenceLength: quantity(1, 1e8),
  globalBatchSequences: quantity(1, 1e9),
  layout: trainingLayout,
  effectiveTimeFraction: quantity(0.01, 1),
  yearsBetweenInterruptions: optional(1e-4, 1e6),
  detectionSeconds: optional(0, 1e7),
  restartSeconds: optional(0, 1e7),
  checkpointGigabytesPerSecond: optional(1e-3, 1e9),
  spareNodes: optional(0, 1e6),
  repairDays: optional(0, 3650),
  measuredStepSeconds: quantity(1e-6, 1e7).nullable(),
  otherClusterIds: z.array(identifier).max(1_000).optional(),
});

const regionShares = z
  .array(z.strictObject({ regionId: identifier, share: quantity(0, 1e6) }))
  .max(1_000);

const inferenceWorkload = z.strictObject({
  kind: z.literal('inference'),
  id: identifier,
  name,
  clusterId: identifier,
  modelId: identifier,
  weightPrecision: precision,
  keyValuePrecision: precision,
  tensorParallel: count,
  inputTokens: quantity(1, 1e8),
  outputTokens: quantity(1, 1e8),
  concurrentUsers: quantity(0, 1e11),
  requestsPerUserHour: quantity(0, 1e6),
  timeToFirstTokenTargetMs: quantity(0.001, 1e9),
  timePerOutputTokenTargetMs: quantity(0.001, 1e9),
  meanLoadFraction: quantity(0.001, 1),
  measuredTimeToFirstTokenMs: optional(1e-3, 1e9),
  measuredTimePerOutputTokenMs: optional(1e-3, 1e9),
  measuredTokensPerSecond: optional(1e-6, 1e12),
  apiUsdPerMillionInputTokens: optional(0, 1e9),
  apiUsdPerMillionOutputTokens: optional(0, 1e9),
  simulation: z
    .strictObject({
      requests: z.int().min(1).max(1e6),
      seed: z
        .int()
        .min(1)
        .max(2 ** 31 - 1),
      arrivals: z.enum(['steady', 'bursty', 'daily']),
      hasFailedNode: z.boolean(),
      trace: z
        .strictObject({
          name: z.string().min(1).max(200),
          rows: z
            .string()
            .max(longestKeptRows)
            .superRefine((rows, context) => {
              const message = keptTraceProblem(rows);
              if (message !== null) context.addIssue({ code: 'custom', message });
            }),
        })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
  hostCacheGigabytes: optional(0, 1e6),
  promptPoolBusyFraction: optional(0.05, 0.95),
  cachedPrefixFraction: fraction.nullable().optional(),
  speculativeTokens: quantity(0, 64).nullable().optional(),
  acceptanceFraction: fraction.nullable().optional(),
  offloadedWeightFraction: fraction.nullable().optional(),
  pipelineParallel: count.optional(),
  expertParallel: count.optional(),
  attentionDataParallel: count.optional(),
  replicaStartMinutes: optional(0, 1_440),
  adapterCount: optional(0, 1e6),
  adapterRank: optional(1, 4_096),
  regions: regionShares.optional(),
});

const taskWorkload = z.strictObject({
  kind: z.literal('task'),
  task: z.enum(['image', 'video', 'embedding', 'speech']),
  id: identifier,
  name,
  clusterId: identifier,
  modelId: identifier,
  precision,
  requestsPerDay: quantity(0, 1e15),
  meanLoadFraction: quantity(0.001, 1),
  targetSeconds: quantity(1e-4, 1e7),
  imageSteps: optional(1, 10_000),
  imageEdge: optional(16, 16_384),
  videoSteps: optional(1, 10_000),
  videoSeconds: optional(0.04, 3_600),
  videoLines: optional(16, 4_320),
  textTokens: optional(1, 1e7),
  audioSeconds: optional(0.1, 1e6),
  measuredRequestsPerSecond: optional(1e-6, 1e9),
  regions: regionShares.optional(),
});

const costs = z.strictObject({
  acquisition: z.enum(['rent', 'buy', 'build', 'hybrid']),
  horizonYears: quantity(0.1, 50),
  utilisationFraction: quantity(0.001, 1),
  networkAndStorageFraction: quantity(0, 10),
  maintenanceFractionPerYear: fraction,
  colocationUsdPerKwMonth: quantity(0, 1e6),
  residualFraction: fraction,
  discountRatePerYear: fraction,
  depreciationYears: optional(0.1, 50),
  staffUsdPerAcceleratorYear: optional(0, 1e9),
  softwareUsdPerAcceleratorYear: optional(0, 1e9),
  installationFraction: optional(0, 10),
  facilityUsdPerKw: optional(0, 1e9),
  hybridOwnedFraction: optional(0, 1),
  rentChangePerYear: change,
  electricityChangePerYear: change,
  rentSupportFraction: optional(0, 10),
  rentGoodputFraction: optional(0.01, 1),
  storageUsdPerTbMonth: optional(0, 1e6),
  egressUsdPerTb: optional(0, 1e6),
  currency: z
    .strictObject({
      code: z.string().regex(/^[A-Z]{3}$/, { error: 'A currency has three letters, such as EUR.' }),
      perUsd: z.number().min(1e-6).max(1e9),
      date: isoDate,
    })
    .nullable()
    .optional(),
});

const trend = optional(0.1, 100);

const timeline = z.strictObject({
  startOn: isoDate.nullable().optional(),
  demandGrowthPerYear: optional(-0.9, 100),
  delayUsdPerMonth: optional(0, 1e15),
  chipPerYear: trend,
  perDollarPerYear: trend,
  perWattPerYear: trend,
  fleetPerYear: trend,
});

const fleet = z.strictObject({
  routing: z.enum(['latency', 'price', 'carbon']),
  demand: regionShares,
  headroomFraction: optional(0, 100),
});

/** The whole document. Strict: an unknown field is an error that names it, so nothing is dropped on the next save. */
export const planSchema: z.ZodType<Plan> = z.strictObject({
  schemaVersion: z.literal(planSchemaVersion),
  name,
  notes: z.string().max(100_000),
  sites: z.array(site).min(1).max(1_000),
  clusters: z.array(cluster).max(10_000),
  workloads: z
    .array(z.discriminatedUnion('kind', [trainingWorkload, inferenceWorkload, taskWorkload]))
    .max(10_000),
  costs,
  fleet: fleet.nullable().optional(),
  timeline: timeline.nullable().optional(),
  importedModels: z.array(importedModelSchema).max(1_000).optional(),
  ownParts: z.array(ownPartSchema).max(ownPartLimit).optional(),
  partOverrides: z.array(partOverrideSchema).max(ownPartLimit).optional(),
});
