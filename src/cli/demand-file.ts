import { z } from 'zod';
import { findModel } from '@engine/catalogue/find';
import type { Catalogue } from '@engine/catalogue/types';
import { assumptionValue } from '@engine/catalogue/assumption';
import type { Demand, InferenceDemand, RankedBy, ServiceDemand } from '@engine/sizing/demand';
import { usersOfVolume, type DemandVolume } from '@engine/sizing/volume';
import { CommandFailure } from './io';
import {
  embeddingSchema,
  imageSchema,
  mostOfDemand,
  peakToMean,
  positive,
  precisionSchema,
  speechSchema,
  taskFrom,
  videoSchema,
} from './task-demand';

const acquisitionSchema = z.enum(['buy', 'rent']).default('buy');

const rankedBySchema = z.enum(['cost', 'power', 'accelerators']).default('cost');

const inference = z
  .object({
    kind: z.literal('inference'),
    model: z.string(),
    concurrentUsers: z.number().min(0).max(mostOfDemand).optional(),
    requestsPerDay: positive.optional(),
    tokensPerDay: positive.optional(),
    peakToMean: peakToMean.optional(),
    requestsPerUserHour: positive.optional(),
    inputTokens: positive,
    outputTokens: positive,
    timeToFirstTokenTargetMs: positive,
    timePerOutputTokenTargetMs: positive,
    weightPrecision: precisionSchema.nullable().default(null),
  })
  .refine(
    ({ concurrentUsers, requestsPerDay, tokensPerDay }) =>
      [concurrentUsers, requestsPerDay, tokensPerDay].filter((given) => given !== undefined)
        .length === 1,
    { message: 'give exactly one of concurrentUsers, requestsPerDay and tokensPerDay' },
  );

const options = { acquisition: acquisitionSchema, rankedBy: rankedBySchema };

/** One service of several: of a language model where it does not say what it does. */
const service = z.preprocess(
  (given) =>
    typeof given === 'object' && given !== null && !('kind' in given)
      ? { kind: 'inference', ...given }
      : given,
  z.discriminatedUnion('kind', [
    inference,
    imageSchema,
    videoSchema,
    embeddingSchema,
    speechSchema,
  ]),
);

const demandSchema = z.discriminatedUnion('kind', [
  inference.safeExtend(options),
  imageSchema.extend(options),
  videoSchema.extend(options),
  embeddingSchema.extend(options),
  speechSchema.extend(options),
  z.object({ kind: z.literal('services'), ...options, services: z.array(service).min(1) }),
  z.object({
    kind: z.literal('training'),
    model: z.string(),
    ...options,
    tokens: positive,
    sequenceLength: z.int().positive(),
    globalBatchSequences: z.int().positive(),
    deadlineDays: positive,
    precision: precisionSchema.default('bf16'),
  }),
]);

/** A demand file that was read, and how its answers are ranked. */
export interface DemandFile {
  readonly demand: Demand;
  readonly models: readonly string[];
  readonly acquisition: 'buy' | 'rent';
  readonly rankedBy: RankedBy;
}

/** Reads what a demand file says; what is wrong with it is named field by field. */
export function readDemandFile(given: unknown, catalogue: Catalogue): DemandFile {
  const read = demandSchema.safeParse(given);
  if (!read.success) {
    throw new CommandFailure(
      `The demand cannot be used: ${z.prettifyError(read.error)}\nNothing was computed; correct it and run the command again.`,
    );
  }
  const { acquisition, rankedBy } = read.data;
  return { ...demandFrom(read.data, catalogue), acquisition, rankedBy };
}

function modelNamed(catalogue: Catalogue, name: string) {
  const model = findModel(catalogue, name);
  if (model !== null) return model;
  throw new CommandFailure(
    `The catalogue has no model named '${name}'. Nothing was computed; known models: ${[...catalogue.models.keys()].join(', ')}.`,
  );
}

function demandFrom(
  given: z.infer<typeof demandSchema>,
  catalogue: Catalogue,
): { demand: Demand; models: string[] } {
  if (given.kind === 'training') {
    const model = modelNamed(catalogue, given.model);
    const { kind, tokens, sequenceLength, globalBatchSequences, deadlineDays, precision } = given;
    const lengths = { tokens, sequenceLength, globalBatchSequences };
    const demand = { kind, modelId: model.id, ...lengths, deadlineDays, precision };
    return { demand, models: [model.name] };
  }
  const services = (given.kind === 'services' ? given.services : [given]).map((one) =>
    serviceFrom(one, catalogue),
  );
  const models = services.map(({ model }) => model);
  const [only] = services;
  return given.kind !== 'services' && only
    ? { demand: only.demand, models }
    : { demand: { kind: 'services', services: services.map(({ demand }) => demand) }, models };
}

function serviceFrom(
  given: z.infer<typeof service>,
  catalogue: Catalogue,
): { demand: ServiceDemand; model: string } {
  if (given.kind !== 'inference') return taskFrom(given, catalogue);
  const { id, name } = modelNamed(catalogue, given.model);
  return { demand: inferenceFrom(given, id, catalogue), model: name };
}

function inferenceFrom(
  given: z.infer<typeof inference>,
  modelId: string,
  { assumptions }: Catalogue,
): InferenceDemand {
  const request = {
    inputTokens: given.inputTokens,
    outputTokens: given.outputTokens,
    requestsPerUserHour:
      given.requestsPerUserHour ?? assumptionValue(assumptions, 'inference.requestsPerUserHour'),
  };
  const peak = given.peakToMean ?? 1 / assumptionValue(assumptions, 'inference.meanLoadFraction');
  return {
    kind: 'inference',
    modelId,
    ...request,
    concurrentUsers: usersOfVolume(volumeFrom(given, peak), request),
    timeToFirstTokenTargetMs: given.timeToFirstTokenTargetMs,
    timePerOutputTokenTargetMs: given.timePerOutputTokenTargetMs,
    weightPrecision: given.weightPrecision,
  };
}

function volumeFrom(given: z.infer<typeof inference>, peakToMean: number): DemandVolume {
  const { concurrentUsers, requestsPerDay, tokensPerDay } = given;
  if (concurrentUsers !== undefined) return { kind: 'users', concurrentUsers };
  return requestsPerDay === undefined
    ? { kind: 'tokens', tokensPerDay: tokensPerDay ?? 0, peakToMean }
    : { kind: 'requests', requestsPerDay, peakToMean };
}
