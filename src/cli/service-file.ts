import { z } from 'zod';
import { findModel } from '@engine/catalogue/find';
import { findAccelerator, unknownPart } from '@engine/catalogue/find-part';
import type { Catalogue } from '@engine/catalogue/types';
import { findSoftware } from '@engine/inference/software';
import type { ServiceLoad } from '@engine/simulation/service-load';
import { CommandFailure } from './io';

const precision = z.enum(['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4']);
/** More than any fleet is sent or any request holds. */
const mostOfLoad = 1e12;
const positive = z.number().positive().max(mostOfLoad);
const count = z.int().min(1).max(mostOfLoad);
/** Standard deviation over mean: answers of the widest traces have about 3. */
const variation = z.number().min(0).max(100);

const lengths = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), tokens: positive }),
  z.object({ kind: z.literal('lognormal'), mean: positive, variation }),
  z.object({
    kind: z.literal('histogram'),
    rows: z.array(z.object({ tokens: positive, weight: positive })).min(1),
  }),
]);

const arrivals = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('poisson') }),
  z.object({ kind: z.literal('gamma'), squaredVariation: positive }),
  z.object({
    kind: z.literal('two-state'),
    busyFactor: z.number().min(1),
    busyShare: z.number().gt(0).lt(1),
    spellSeconds: positive,
  }),
  z.object({ kind: z.literal('daily'), peakToMean: z.number().min(1).max(2) }),
]);

const serviceSchema = z.object({
  model: z.string(),
  accelerator: z.string(),
  software: z.string().default('vLLM'),
  tensorParallel: count.default(1),
  weightPrecision: precision.default('bf16'),
  keyValuePrecision: precision.default('bf16'),
  replicas: count,
  requestsPerSecond: positive,
  arrivals: arrivals.default({ kind: 'poisson' }),
  input: lengths,
  output: lengths,
  trace: z.string().nullable().default(null),
  policy: z.enum(['prefill first', 'chunked prefill', 'decode first']).default('chunked prefill'),
  tokenBudget: count.nullable().default(null),
  reservedAnswer: z.number().min(0).max(1).nullable().default(null),
  largestBatch: count.nullable().default(null),
  router: z
    .enum(['round robin', 'least loaded', 'join shortest queue', 'power of two'])
    .default('power of two'),
  queueLimit: z.int().min(0).nullable().default(null),
  prefillReplicas: z.int().min(0).default(0),
  autoscaling: z
    .object({
      minimum: count,
      startUpSeconds: z.number().min(0),
      intervalSeconds: positive,
      requestsPerReplica: positive,
    })
    .nullable()
    .default(null),
  outages: z
    .array(
      z.object({
        at: z.number().min(0),
        seconds: positive,
        firstReplica: z.int().min(0),
        replicas: count,
      }),
    )
    .default([]),
  targets: z
    .object({ timeToFirstTokenMs: positive, timePerOutputTokenMs: positive })
    .nullable()
    .default(null),
});

/** A service file that was read: the load, and where its trace is. */
export interface ServiceFile {
  readonly load: ServiceLoad;
  readonly tracePath: string | null;
}

/** Reads what a service file says; what is wrong with it is named field by field. */
export function readServiceFile(given: unknown, catalogue: Catalogue): ServiceFile {
  const read = serviceSchema.safeParse(given);
  if (!read.success) {
    throw new CommandFailure(
      `The service cannot be used: ${z.prettifyError(read.error)}\nNothing was simulated; correct it and run the command again.`,
    );
  }
  const { model: modelName, accelerator: partName, software, trace, targets, ...rest } = read.data;
  const model = findModel(catalogue, modelName);
  const accelerator = findAccelerator(catalogue, partName);
  if (model === null) throw unknownModel(modelName, [...catalogue.models.keys()]);
  if (accelerator === null) {
    throw new CommandFailure(`${unknownPart(catalogue, partName)} Nothing was simulated.`);
  }
  const systems = [...catalogue.systems.values()];
  return {
    tracePath: trace,
    load: {
      ...rest,
      model,
      accelerator,
      system: systems.find(({ acceleratorId }) => acceleratorId === accelerator.id) ?? null,
      software: findSoftware(software),
      queueLimit: rest.queueLimit ?? Infinity,
      targets:
        targets === null
          ? null
          : {
              timeToFirstTokenSeconds: targets.timeToFirstTokenMs / 1e3,
              timePerOutputTokenSeconds: targets.timePerOutputTokenMs / 1e3,
            },
    },
  };
}

function unknownModel(name: string, known: readonly string[]): CommandFailure {
  return new CommandFailure(
    `The catalogue has no model named '${name}'. Nothing was simulated; known: ${known.join(', ')}.`,
  );
}
