import { z } from 'zod';
import type {
  Accelerator,
  Architecture,
  Assumptions,
  Fact,
  ImageModel,
  Model,
  ModelSize,
  CloudInstance,
  ParallelUnits,
  Place,
  Region,
  RentalQuote,
  SequenceModel,
  ServingBenchmark,
  Source,
  System,
  VideoModel,
} from '@engine/catalogue/types';

const identifier = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);
export { architecture as architectureSchema, identifier as identifierSchema, fact as factSchema };
const text = z.string().min(1);
/** A calendar date, as precise as it is known: year, month or day. */
const date = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
export { date as dateSchema };
const count = z.int().min(1);

export const sourceSchema: z.ZodType<Source> = z.strictObject({
  id: identifier,
  title: text,
  url: z.url().nullable(),
  readOn: z.union([date, z.literal('not read')]),
});

const factShape = {
  value: z.number(),
  unit: text,
  source: identifier,
  quality: z.enum(['official', 'measured', 'derived', 'estimate', 'proxy', 'from memory']),
  low: z.number().exactOptional(),
  high: z.number().exactOptional(),
  note: z.string().exactOptional(),
};

function isOrdered(fact: Fact): boolean {
  return (fact.low ?? fact.value) <= fact.value && fact.value <= (fact.high ?? fact.value);
}

const outsideItsRange = { error: 'The value lies outside its own range.' };
const fact: z.ZodType<Fact> = z.strictObject(factShape).refine(isOrdered, outsideItsRange);

const rates = z.strictObject({
  fp64: fact.exactOptional(),
  fp32: fact.exactOptional(),
  tf32: fact.exactOptional(),
  bf16: fact.exactOptional(),
  fp16: fact.exactOptional(),
  fp8: fact.exactOptional(),
  int8: fact.exactOptional(),
  fp4: fact.exactOptional(),
});

export const acceleratorSchema: z.ZodType<Accelerator> = z.strictObject({
  id: identifier,
  name: text,
  vendor: text,
  kind: z.enum(['gpu', 'tpu', 'npu', 'cpu']),
  releasedOn: date.nullable(),
  aliases: z.array(text),
  memoryCapacity: fact,
  memoryBandwidth: fact,
  peakDense: rates,
  matmulCeiling: rates,
  scaleUpBandwidth: fact.nullable(),
  scaleUpDomain: fact,
  scaleUpKind: text,
  hostBandwidth: fact.optional(),
  power: fact,
  scaleOutBandwidth: fact.optional(),
  matrixColumns: fact.optional(),
  sharesPower: z.boolean().optional(),
  isWholeComputer: z.boolean().optional(),
  dies: fact.optional(),
  isRare: z.boolean().optional(),
  notes: z.string(),
});

export const parallelUnitsSchema: z.ZodType<ParallelUnits> = z.strictObject({
  acceleratorId: identifier,
  kind: z.enum(['cores', 'multiprocessors', 'compute units']),
  units: fact,
  lanesPerUnit: fact,
});

export const instanceSchema: z.ZodType<CloudInstance> = z.strictObject({
  id: text,
  provider: text,
  aliases: z.array(text),
  acceleratorId: identifier,
  accelerators: fact,
});

export const systemSchema: z.ZodType<System> = z.strictObject({
  id: identifier,
  name: text,
  acceleratorId: identifier,
  acceleratorsPerNode: fact,
  maxPower: fact,
  typicalPower: fact.nullable(),
  scaleOutBandwidth: fact,
  price: fact.nullable(),
  rackUnits: fact.nullable(),
  hostMemory: fact.nullable().optional(),
  cooling: z.enum(['air', 'liquid', 'either']),
  notes: z.string(),
});

const recurrentMixer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mamba'),
    layers: count,
    innerWidth: count,
    stateWidth: count,
    timeStepRank: count,
    convolution: count,
  }),
  z.strictObject({
    kind: z.literal('mamba-2'),
    layers: count,
    heads: count,
    headDim: count,
    groups: count,
    stateWidth: count,
    convolution: count,
  }),
  z.strictObject({
    kind: z.literal('gated-delta'),
    layers: count,
    keyHeads: count,
    keyHeadDim: count,
    valueHeads: count,
    valueHeadDim: count,
    convolution: count,
  }),
  z.strictObject({ kind: z.literal('lightning'), layers: count, heads: count, headDim: count }),
  z.strictObject({
    kind: z.literal('kimi-delta'),
    layers: count,
    heads: count,
    headDim: count,
    convolution: count,
  }),
  z.strictObject({
    kind: z.literal('short-convolution'),
    layers: count,
    width: count,
    convolution: count,
  }),
]);

const architecture: z.ZodType<Architecture> = z.strictObject({
  layers: count,
  hidden: count,
  heads: count,
  keyValueHeads: count,
  headDim: count,
  ffn: count,
  isGated: z.boolean(),
  vocabulary: count,
  hasTiedEmbeddings: z.boolean(),
  latentAttention: z
    .strictObject({
      queryRank: count.nullable(),
      keyValueRank: count,
      noPositionHeadDim: count,
      rotaryHeadDim: count,
      valueHeadDim: count,
      sparse: z.strictObject({ tokens: count, indexHeads: count, indexHeadDim: count }).optional(),
      pooled: z
        .strictObject({
          window: count,
          fine: z.strictObject({ layers: count, tokens: count }),
          coarse: z.strictObject({ layers: count, tokens: count }),
          outputGroups: count,
          outputRank: count,
        })
        .optional(),
    })
    .nullable(),
  mixtureOfExperts: z
    .strictObject({
      experts: count,
      expertsPerToken: count,
      expertFfn: count,
      sharedExperts: z.int().min(0),
      denseLayers: z.int().min(0),
      sharedFfn: count.optional(),
      latentWidth: count.optional(),
      hasRoutingBias: z.boolean().optional(),
      groups: z.strictObject({ count, perToken: count }).optional(),
    })
    .nullable(),
  attentionLayerShare: z.number().min(0).max(1).optional(),
  recurrentMixer: recurrentMixer.optional(),
  feedForwardLayers: z.int().min(0).optional(),
  learnedPositions: count.optional(),
  biases: z.enum(['query-key-value', 'all']).optional(),
  hasQueryKeyNorm: z.boolean().optional(),
  hasAttentionGate: z.boolean().optional(),
  hasPlainActivation: z.boolean().optional(),
  hasParallelBlocks: z.boolean().optional(),
  hasPositionBias: z.boolean().optional(),
  predictionModules: count.optional(),
  slidingWindow: z.strictObject({ tokens: count, layerShare: z.number().min(0).max(1) }).optional(),
  contextLength: count,
});

export const modelSchema: z.ZodType<Model> = z.strictObject({
  id: identifier,
  name: text,
  family: text,
  releasedOn: date.nullable(),
  aliases: z.array(text),
  architecture,
  publishedParameters: fact,
  publishedActiveParameters: fact.nullable(),
  publishedTokens: fact.nullable(),
  source: identifier,
});

export const sequenceModelSchema: z.ZodType<SequenceModel> = z.strictObject({
  id: identifier,
  name: text,
  aliases: z.array(text),
  task: z.enum(['embedding', 'speech']),
  parameters: fact,
  encoder: architecture,
  isCausal: z.boolean(),
  speech: z
    .strictObject({ decoder: architecture, windowSeconds: fact, windowPositions: fact })
    .nullable(),
  source: identifier,
});

const imageModelShape = {
  id: identifier,
  name: text,
  aliases: z.array(text),
  kind: z.enum(['convolutional', 'transformer']),
  parameters: fact,
  denoiserFlop: fact,
  decoderFlop: fact,
  steps: fact,
  evaluationsPerStep: fact,
  resolution: fact,
  quadraticShare: fact,
  movedActivations: fact,
  operands: fact,
  convolutionFlop: fact,
  attentionPadding: fact,
  scores: fact,
  exchangedActivations: fact,
  attentionLayers: fact,
  operators: fact,
  decoderMovedActivations: fact,
  decoderOperands: fact,
  decodesIn32Bits: z.boolean().optional(),
  textShare: fact.exactOptional(),
};

export const imageModelSchema: z.ZodType<ImageModel> = z.strictObject(imageModelShape);

export const videoModelSchema: z.ZodType<VideoModel> = z.strictObject({
  ...imageModelShape,
  video: z.strictObject({
    frames: fact,
    framesPerSecond: fact,
    framesPerToken: fact,
    width: fact,
    height: fact,
  }),
});

const benchmarkTargets = z
  .strictObject({ timeToFirstToken: fact, timePerOutputToken: fact })
  .nullable();

export const servingBenchmarkSchema: z.ZodType<ServingBenchmark> = z.strictObject({
  id: identifier,
  modelId: identifier,
  name: text,
  inputTokens: fact,
  outputTokens: fact,
  longestAnswer: fact.optional(),
  beams: fact,
  server: benchmarkTargets,
  interactive: benchmarkTargets,
});

export const modelSizeSchema: z.ZodType<ModelSize> = z.strictObject({
  id: identifier,
  name: text,
  aliases: z.array(text),
  parameters: fact,
  activeParameters: fact.nullable(),
  tokens: fact.nullable(),
  attentionLayerShare: fact.nullable(),
});

export const rentalQuoteSchema: z.ZodType<RentalQuote> = z.strictObject({
  id: identifier,
  provider: text,
  instance: text.nullable(),
  acceleratorId: identifier,
  term: z.enum([
    'on demand',
    'spot',
    'reserved 1 year',
    'reserved 3 years',
    'capacity block',
    'market',
  ]),
  region: text.nullable(),
  date,
  price: fact,
});

export const placeSchema: z.ZodType<Place> = z.strictObject({
  regionId: identifier,
  latitude: fact,
  longitude: fact,
});

export const regionSchema: z.ZodType<Region> = z.strictObject({
  id: identifier,
  name: text,
  electricityPrice: fact.nullable(),
  gridCarbon: fact,
});

export const assumptionsSchema: z.ZodType<Assumptions> = z.record(
  z.string(),
  z.strictObject({ label: text, ...factShape }).refine(isOrdered, outsideItsRange),
);
