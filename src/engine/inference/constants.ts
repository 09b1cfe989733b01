import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { AcceleratorFamily } from '../hardware/family';
import { generationLine, type SoftwareGeneration } from './software';

/** Names of the catalogue's assumptions; `.generation` of the software, `.family` of the part or both after a name set it apart. */
export const servingAssumptionKeys = {
  memoryFraction: 'serving.memoryFraction',
  cacheFraction: 'serving.cacheFraction',
  activationReserve: 'serving.activationReserve',
  gibibytes: 'serving.gibibytes',
  workspace: 'serving.workspace',
  cacheBlock: 'serving.cacheBlock',
  stateShare: 'serving.stateShare',
  statesPerRequest: 'serving.statesPerRequest',
  largestBatch: 'serving.largestBatch',
  compiledRequests: 'serving.compiledRequests',
  compiledTokens: 'serving.compiledTokens',
  layerOverhead: 'serving.layerOverhead',
  stepOverhead: 'serving.stepOverhead',
  sequenceOverhead: 'serving.sequenceOverhead',
  requestOverhead: 'serving.requestOverhead',
  userOverhead: 'serving.userOverhead',
  admission: 'serving.admission',
  handoverOverhead: 'serving.handoverOverhead',
  firstTokenSteps: 'serving.firstTokenSteps',
  promptLayerOverhead: 'serving.promptLayerOverhead',
  expertLaunches: 'serving.expertLaunches',
  latentLaunches: 'serving.latentLaunches',
  recurrentLaunches: 'serving.recurrentLaunches',
  capturedRows: 'serving.capturedRows',
  capturesGroups: 'serving.capturesGroups',
  prefillTokens: 'serving.prefillTokens',
  prefillFraction: 'serving.prefillFraction',
  mixesPrompts: 'serving.mixesPrompts',
  benchmarkRounds: 'serving.benchmarkRounds',
  reservedAnswer: 'serving.reservedAnswer',
  burstDeviations: 'serving.burstDeviations',
  matmulFloor: 'serving.matmulFloor',
  narrowMatmulFloor: 'serving.narrowMatmulFloor',
  attentionFloor: 'serving.attentionFloor',
  expertFloor: 'serving.expertFloor',
  fourBitExpertFloor: 'serving.fourBitExpertFloor',
  latentFloor: 'serving.latentFloor',
  sparseFloor: 'serving.sparseFloor',
  speculativeOverhead: 'serving.speculativeOverhead',
  pooledFloor: 'serving.pooledFloor',
  routingFloor: 'serving.routingFloor',
  overlapsKernels: 'serving.overlapsKernels',
  capturedLaunch: 'serving.capturedLaunch',
  floorShare: 'serving.floorShare',
  expertImbalance: 'serving.expertImbalance',
  expertEvenness: 'serving.expertEvenness',
  expertShare: 'serving.expertShare',
  slowUnit: 'serving.imageSlowUnit',
  widenedExpertShare: 'serving.widenedExpertShare',
  widenedShare: 'serving.widenedShare',
  expertStream: 'serving.expertStream',
  expertTraffic: 'serving.expertTraffic',
  dequantisation: 'serving.dequantisation',
  blockScaleFloor: 'serving.blockScaleFloor',
  blockScaleExperts: 'serving.blockScaleExperts',
  blockScaleShare: 'serving.blockScaleShare',
  wideningWork: 'serving.wideningWork',
  threadBarrier: 'serving.threadBarrier',
  acrossSockets: 'serving.acrossSockets',
  fourBitStream: 'serving.fourBitStream',
  widensApart: 'serving.widensApart',
  usesLibraryCollectives: 'serving.usesLibraryCollectives',
  exchangedBits: 'serving.exchangedBits',
  gathersTokens: 'serving.gathersTokens',
  gathersByReduction: 'serving.gathersByReduction',
  writesForeignRows: 'serving.writesForeignRows',
  rankSpread: 'serving.rankSpread',
  cacheStream: 'serving.cacheStream',
  sharesCacheReads: 'serving.sharesCacheReads',
  copiesCache: 'serving.copiesCache',
  headWork: 'serving.headWork',
  sharedGroup: 'serving.sharedGroup',
  attentionShare: 'serving.attentionShare',
  attentionTraffic: 'serving.attentionTraffic',
  latentShare: 'serving.latentShare',
  sparseHeads: 'serving.sparseHeads',
  weightStream: 'serving.weightStream',
  computeShare: 'serving.computeShare',
} as const;

/** Names of the assumptions about proposed tokens, where a service says none of its own. */
export const speculationAssumptionKeys = {
  acceptance: 'serving.acceptance',
  draftShare: 'serving.draftShare',
} as const;

/** How a serving engine uses the machine, as plain numbers in SI units; the facts are in the catalogue. */
export interface ServingConstants {
  /** share of the accelerator's memory that the engine may fill, 0–1 */
  readonly memoryFraction: number;
  /** share of the memory left beside weights and workspace that the cache is given, 0–1 */
  readonly cacheFraction: number;
  /** memory kept free for the activations of each prompt token of a pass; 0 where the engine is given a share of the memory instead */
  readonly activationReserveBytes: number;
  /** bytes behind each "GB" that a memory is sold by, over 10⁹ */
  readonly gibibytes: number;
  /** activations, captured graphs and buffers per accelerator */
  readonly workspaceBytes: number;
  /** tokens of one page of the cache */
  readonly cacheBlockTokens: number;
  /** share of the memory for caches that is set aside for recurrent states, 0–1; 0 where both share it */
  readonly stateShare: number;
  /** recurrent states that are kept for each request that may run */
  readonly statesPerRequest: number;
  /** requests in flight that the engine accepts on one replica */
  readonly largestBatch: number;
  /** requests and tokens of each that every step computes, whatever is in flight: static graphs; 0 where steps are as large as their requests */
  readonly compiledRequests: number;
  readonly compiledTokens: number;
  /** norms, rotary embedding, activation and the gaps between kernels, per layer */
  readonly layerOverheadSeconds: number;
  /** scheduling and launching per step */
  readonly stepOverheadSeconds: number;
  /** sampling, detokenising and bookkeeping per request and step */
  readonly sequenceOverheadSeconds: number;
  /** receiving, tokenising and queueing one request */
  readonly requestOverheadSeconds: number;
  /** what each other request in flight adds to that: its tokens go out through the process that takes requests in */
  readonly userOverheadSeconds: number;
  /** what each of many requests that come at once takes in the processes that send and receive them, before any of them is processed */
  readonly admissionSeconds: number;
  /** agreeing on and starting the transfer of a cache between replicas for prompts and for answers */
  readonly handoverOverheadSeconds: number;
  /** steps of the running requests that pass before a new one has its first token */
  readonly firstTokenSteps: number;
  /** launching the kernels of a prompt, which are not captured beforehand, per layer */
  readonly promptLayerOverheadSeconds: number;
  /** share of that which is left where the kernels of prompts are captured layer by layer; 1 where they are not; by family of the part */
  readonly capturedLaunch: number;
  /** launches of a layer's experts over those of a dense layer, which they add to */
  readonly expertLaunches: number;
  /** launches of the low-rank products and rearranging of latent attention over those of a dense layer, which they add to */
  readonly latentLaunches: number;
  /** launches of a prompt's recurrence over those of a dense layer, which they add to */
  readonly recurrentLaunches: number;
  /** rows of the largest step whose kernels are captured as one graph and launched together */
  readonly capturedRows: number;
  /** 1 where steps are captured as well that attend in groups, else 0 */
  readonly capturesGroups: number;
  /** prompt tokens processed together */
  readonly prefillTokens: number;
  /** speed of whole prompts over that of their kernels as timed one by one; above 1 where kernels are fused that were timed apart */
  readonly prefillFraction: number;
  /** 1 where the engine puts tokens of prompts and of answers into the same step, else 0 */
  readonly mixesPrompts: number;
  /** requests that a closed-loop benchmark sends per user: the first ones arrive together */
  readonly benchmarkRounds: number;
  /** share of the answer whose cache is set aside when a request starts, 0–1 */
  readonly reservedAnswer: number;
  /** standard deviations of the requests in flight that a replica keeps free at the peak */
  readonly burstDeviations: number;
  /** time of the smallest matrix product with 16-bit and with narrower operands, and of the smallest attention and expert block */
  readonly matmulFloorSeconds: number;
  readonly narrowMatmulFloorSeconds: number;
  readonly attentionFloorSeconds: number;
  readonly expertFloorSeconds: number;
  /** the smallest block of experts that multiply in 4 bits, whose kernels are fused more */
  readonly fourBitExpertFloorSeconds: number;
  /** what latent attention and its models' routing take beside their products where software runs them as operators of their own, per layer */
  readonly latentFloorSeconds: number;
  /** what choosing the tokens of sparse attention takes at least, per layer */
  readonly sparseFloorSeconds: number;
  /** what checking proposed tokens keeps a scheduler from doing while a step runs, per step */
  readonly speculativeOverheadSeconds: number;
  /** what pooling tokens and mixing the residual streams of models with a pooled cache take at least, per layer */
  readonly pooledFloorSeconds: number;
  /** what choosing experts takes where software has no kernel for it and runs operators, per layer with experts */
  readonly routingFloorSeconds: number;
  /** share of the floors of kernels and of the gaps between them that is left where each starts before the last one has ended, 0–1; by family of the part */
  readonly floorShare: number;
  /** rows on the busiest accelerator over the mean when experts are spread over very many */
  readonly expertImbalance: number;
  /** how even the popularity of experts is, the shape of its gamma distribution */
  readonly expertEvenness: number;
  /** arithmetic of grouped expert products over dense ones, 0–1 */
  readonly expertShare: number;
  /** products per byte of memory below which matrix units are slow beside their memory, see reachedShare */
  readonly slowUnit: number;
  /** arithmetic of grouped expert products that widen their weights over those that need not, 0–1 */
  readonly widenedExpertShare: number;
  /** arithmetic of dense products that widen their weights over those that need not, 0–1; by family of the part */
  readonly widenedShare: number;
  /** speed of reading expert weights over those of dense products, 0–1 */
  readonly expertStream: number;
  /** how often the activations of a routed row are moved */
  readonly expertTraffic: number;
  /** speed of reading weights that are widened before they are multiplied, over plain ones, 0–1 */
  readonly dequantisation: number;
  /** what quantising activations in blocks adds to a product with weights of blocks */
  readonly blockScaleFloorSeconds: number;
  /** experts of a model beyond which published 8-bit checkpoints scale blocks of weights, not whole matrices */
  readonly blockScaleExperts: number;
  /** arithmetic of products with weights scaled in blocks over others of the same width, 0–1 */
  readonly blockScaleShare: number;
  /** work of the vector units on a weight that they widen, where this may take longer than reading it [FLOP] */
  readonly wideningWork: number;
  /** waiting for each other, per core of a processor and layer */
  readonly threadBarrierSeconds: number;
  /** speed of reading on processors of several sockets whose threads read each other's memory, over that of one, 0–1 */
  readonly acrossSockets: number;
  /** speed of reading 4-bit weights of dense products over wider ones where they are multiplied in 4 bits, 0–1 */
  readonly fourBitStream: number;
  /** 1 where integer weights are widened in a pass of their own, which writes and reads them in 16 bits, else 0 */
  readonly widensApart: number;
  /** 1 where all-reduces are those of a general library, 0 where the engine brings its own for short messages */
  readonly usesLibraryCollectives: number;
  /** above 0 where groups of attention gather all tokens on every rank unless told otherwise, see Serving */
  readonly gathersTokens: number;
  /** above 0 where they do so by all-reduces, see gatheringSeconds */
  readonly gathersByReduction: number;
  /** above 0 where kernels write rows of experts that other ranks hold, see foreignBytes */
  readonly writesForeignRows: number;
  /** bytes per element of an all-reduce between tensor ranks */
  readonly exchangedBytes: number;
  /** standard deviation of the speed of accelerators of one kind */
  readonly rankSpread: number;
  /** share of the memory bandwidth that reading the key–value cache reaches, 0–1 */
  readonly cacheStream: number;
  /** 1 where the heads that share a part of the cache read it once together when decoding, 0 where each reads it by itself */
  readonly sharesCacheReads: number;
  /** 1 where each step makes a longer cache out of the last one's, and a part for every head of those that are shared, else 0 */
  readonly copiesCache: number;
  /** work of the vector units per 16-bit element of the cache and query head, where each head works through it by itself [FLOP]; else 0 */
  readonly headWork: number;
  /** heads per part of the cache, 128 wide, for which there are kernels that put them together all the same; 0 where there are none */
  readonly sharedGroup: number;
  /** share of the 16-bit peak that attention over a prompt reaches, 0–1; by family of the part */
  readonly attentionShare: number;
  /** how often attention over a prompt moves its queries, keys, values and results */
  readonly attentionTraffic: number;
  /** share of the 16-bit peak that decoding over a latent cache reaches, 0–1 */
  readonly latentShare: number;
  /** heads that attention over selected tokens of a latent cache works on at least; by family of the part */
  readonly sparseHeads: number;
  /** share of the memory bandwidth that matrix products stream at, over that of training; software × family of the part */
  readonly weightStream: number;
  /** arithmetic over the kernels measured; software × family of the part */
  readonly computeShare: number;
}

const micro = 1e-6;

/** The row of the catalogue that holds for that software on that family of accelerators: the one set apart most. */
export function servingKey(
  assumptions: Assumptions,
  key: string,
  generation: SoftwareGeneration = 'current',
  family: AcceleratorFamily | null = null,
): string {
  for (const one of generationLine(generation)) {
    const onFamily = `${key}.${one}.${family}`;
    if (onFamily in assumptions) return onFamily;
    const ofSoftware = `${key}.${one}`;
    if (ofSoftware in assumptions) return ofSoftware;
  }
  return key;
}

const capturing: ReadonlySet<AcceleratorFamily> = new Set([
  'ampere',
  'ada',
  'hopper',
  'blackwell',
  'blackwell-client',
]);

/** Whether engines capture prompts as graphs of kernels on such parts: those that CUDA runs on. */
function isCapturing(family: AcceleratorFamily | null): boolean {
  return family === null || capturing.has(family);
}

/**
 * The constants of one generation of serving software on one family of accelerators. A constant that a generation does
 * not set apart is that of a current engine.
 */
export function readServingConstants(
  assumptions: Assumptions,
  generation: SoftwareGeneration = 'current',
  family: AcceleratorFamily | null = null,
): ServingConstants {
  const names = servingAssumptionKeys;
  const read = (key: string): number =>
    assumptionValue(assumptions, servingKey(assumptions, key, generation, family));
  const onFamily = (key: string): number | undefined =>
    family === null ? undefined : assumptions[`${key}.${family}`]?.value;
  /** set apart for the software, whatever the part */
  const ofSoftware = (key: string): number | undefined => {
    const found = servingKey(assumptions, key, generation, family);
    return found === key ? undefined : assumptionValue(assumptions, found);
  };
  return {
    memoryFraction: read(names.memoryFraction),
    cacheFraction: read(names.cacheFraction),
    activationReserveBytes: read(names.activationReserve) * 2 ** 20,
    gibibytes: read(names.gibibytes),
    workspaceBytes: read(names.workspace) * 1e9,
    cacheBlockTokens: read(names.cacheBlock),
    stateShare: read(names.stateShare),
    statesPerRequest: read(names.statesPerRequest),
    largestBatch: read(names.largestBatch),
    compiledRequests: read(names.compiledRequests),
    compiledTokens: read(names.compiledTokens),
    layerOverheadSeconds: read(names.layerOverhead) * micro,
    stepOverheadSeconds: read(names.stepOverhead) * 1e-3,
    sequenceOverheadSeconds: read(names.sequenceOverhead) * micro,
    requestOverheadSeconds: read(names.requestOverhead) * 1e-3,
    userOverheadSeconds: read(names.userOverhead) * 1e-3,
    admissionSeconds: read(names.admission) * 1e-3,
    handoverOverheadSeconds: read(names.handoverOverhead) * 1e-3,
    firstTokenSteps: read(names.firstTokenSteps),
    promptLayerOverheadSeconds: read(names.promptLayerOverhead) * micro,
    capturedLaunch: isCapturing(family) ? read(names.capturedLaunch) : 1,
    expertLaunches: read(names.expertLaunches),
    latentLaunches: read(names.latentLaunches),
    recurrentLaunches: read(names.recurrentLaunches),
    capturedRows: read(names.capturedRows),
    capturesGroups: read(names.capturesGroups),
    prefillTokens: read(names.prefillTokens),
    prefillFraction: read(names.prefillFraction),
    mixesPrompts: read(names.mixesPrompts),
    benchmarkRounds: read(names.benchmarkRounds),
    reservedAnswer: read(names.reservedAnswer),
    burstDeviations: read(names.burstDeviations),
    matmulFloorSeconds: read(names.matmulFloor) * micro,
    narrowMatmulFloorSeconds: read(names.narrowMatmulFloor) * micro,
    attentionFloorSeconds: read(names.attentionFloor) * micro,
    expertFloorSeconds: read(names.expertFloor) * micro,
    fourBitExpertFloorSeconds: read(names.fourBitExpertFloor) * micro,
    latentFloorSeconds: read(names.latentFloor) * micro,
    sparseFloorSeconds: read(names.sparseFloor) * micro,
    speculativeOverheadSeconds: read(names.speculativeOverhead) * 1e-3,
    pooledFloorSeconds: read(names.pooledFloor) * micro,
    routingFloorSeconds: read(names.routingFloor) * micro,
    floorShare:
      read(names.overlapsKernels) > 0 ? (onFamily(names.floorShare) ?? read(names.floorShare)) : 1,
    expertImbalance: read(names.expertImbalance),
    expertEvenness: read(names.expertEvenness),
    expertShare: read(names.expertShare),
    slowUnit: read(names.slowUnit),
    widenedExpertShare: read(names.widenedExpertShare),
    widenedShare:
      ofSoftware(names.widenedShare) ?? onFamily(names.widenedShare) ?? read(names.widenedShare),
    expertStream: read(names.expertStream),
    expertTraffic: read(names.expertTraffic),
    dequantisation: read(names.dequantisation),
    blockScaleFloorSeconds:
      (onFamily(names.blockScaleFloor) ?? read(names.blockScaleFloor)) * micro,
    blockScaleExperts: read(names.blockScaleExperts),
    blockScaleShare: onFamily(names.blockScaleShare) ?? read(names.blockScaleShare),
    wideningWork: read(names.wideningWork),
    threadBarrierSeconds: read(names.threadBarrier) * micro,
    acrossSockets: read(names.acrossSockets),
    fourBitStream: read(names.fourBitStream),
    widensApart: onFamily(names.widensApart) ?? read(names.widensApart),
    usesLibraryCollectives: read(names.usesLibraryCollectives),
    gathersTokens: read(names.gathersTokens),
    gathersByReduction: read(names.gathersByReduction),
    writesForeignRows: read(names.writesForeignRows),
    exchangedBytes: read(names.exchangedBits) / 8,
    rankSpread: read(names.rankSpread),
    cacheStream: read(names.cacheStream),
    sharesCacheReads: read(names.sharesCacheReads),
    copiesCache: read(names.copiesCache),
    headWork: read(names.headWork),
    sharedGroup: read(names.sharedGroup),
    attentionShare: onFamily(names.attentionShare) ?? read(names.attentionShare),
    attentionTraffic: read(names.attentionTraffic),
    latentShare: read(names.latentShare),
    sparseHeads: onFamily(names.sparseHeads) ?? read(names.sparseHeads),
    weightStream: read(names.weightStream) * (onFamily(names.weightStream) ?? 1),
    computeShare: read(names.computeShare) * (onFamily(names.computeShare) ?? 1),
  };
}
