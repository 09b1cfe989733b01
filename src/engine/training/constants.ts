import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';

/**
 * What training software does with memory and time, as plain numbers; the facts are in the catalogue. Names that end in
 * Early, Fused and Current belong to a software generation; those that end in Sixteen, Eight, Four and Systolic to a
 * generation of the matrix unit (the narrowest type it has).
 */
const facts = {
  /** bytes per parameter of the accumulated gradient */
  gradientBytes: 'gradientBytes',
  /** bytes per parameter of master weights and optimizer moments */
  optimizerBytes: 'optimizerBytes',
  /** bytes per parameter that one optimizer step reads and writes */
  optimizerTrafficBytes: 'optimizerTrafficBytes',
  /** share of allocated memory lost between the allocator's blocks */
  fragmentation: 'fragmentation',
  fragmentationEarly: 'fragmentationEarly',
  /** memory that the driver, the libraries and communication buffers keep [GB] */
  framework: 'frameworkMemory',
  /** share of tensor-parallel communication that computation does not hide, 0–1 */
  tensorParallelExposed: 'tensorParallelExposed',
  tensorParallelExposedEarly: 'tensorParallelExposedEarly',
  /** the same where PyTorch cuts the products up to overlap it */
  tensorParallelExposedAsync: 'tensorParallelExposedAsync',
  /** the same where the compiler of TPUs does */
  tensorParallelExposedSystolic: 'tensorParallelExposedSystolic',
  /** share of expert-parallel communication that computation does not hide, 0–1 */
  expertParallelExposed: 'expertParallelExposed',
  /** the same where it crosses between domains */
  expertParallelExposedAcross: 'expertParallelExposedAcross',
  /** share of context-parallel communication that computation does not hide, 0–1 */
  contextParallelExposed: 'contextParallelExposed',
  /** share of transfers between pipeline stages that computation does not hide, 0–1 */
  pipelineTransferExposed: 'pipelineTransferExposed',
  /** share of data-parallel communication that no backward pass can hide, 0–1 */
  dataParallelExposed: 'dataParallelExposed',
  dataParallelExposedEarly: 'dataParallelExposedEarly',
  /** the same where the compiler of TPUs schedules it */
  dataParallelExposedSystolic: 'dataParallelExposedSystolic',
  /** how often the exchange of full sharding moves its bytes through memory that the products beside it wait for */
  exchangePasses: 'exchangeMemoryPasses',
  /** rate of the attention backward kernel relative to the forward kernel */
  backwardAttentionRatio: 'backwardAttentionRatio',
  /** largest expert's load over the mean load */
  expertImbalance: 'expertImbalance',
  /** deviation of an expert's load over its mean where nothing holds the router even */
  routingSpread: 'routingSpread',
  /** time lost between kernels and to clocks, as a share of busy time */
  softwareOverhead: 'softwareOverhead',
  /** time lost to waiting for the slowest rank, as a share of busy time per doubling of the accelerators */
  waitingPerDoubling: 'waitingPerDoubling',
  /** rate of matrix products in training over that of the same kernels alone (clocks under load, backward shapes) */
  matmulSixteenUnit: 'matmulShareSixteenBitUnit',
  matmulEightUnit: 'matmulShareEightBitUnit',
  matmulFourUnit: 'matmulShareFourBitUnit',
  matmulSystolic: 'matmulShareSystolic',
  matmulWideSystolic: 'matmulShareWideSystolic',
  matmulOther: 'matmulShareOther',
  matmulCdna: 'matmulShareCdna',
  matmulIntelGpu: 'matmulShareIntelGpu',
  /** the same for products with 8-bit and with 4-bit operands */
  narrowEightUnit: 'narrowMatmulShareEightBitUnit',
  narrowFourUnit: 'narrowMatmulShareFourBitUnit',
  narrowOther: 'narrowMatmulShareOther',
  fourBit: 'fourBitMatmulShare',
  /** rate of products under plain PyTorch of 2023 over that under today's software, on parts with 8-bit units */
  fusedMatmulShare: 'fusedMatmulShare',
  /** the same on parts with 4-bit units */
  plainMatmulFourUnit: 'plainMatmulShareFourBitUnit',
  /** rate of products under compiled steps or kernels fused by hand over that under software of 2023, on parts with 16-bit units */
  tunedMatmulShare: 'tunedMatmulShare',
  /** rate of fused attention over the share of the peak that hardware.attentionFraction gives */
  attentionSixteenUnit: 'attentionShareSixteenBitUnit',
  attentionEightUnit: 'attentionShareEightBitUnit',
  attentionFourUnit: 'attentionShareFourBitUnit',
  attentionSystolic: 'attentionShareSystolic',
  /** the same of Instinct GPUs from the MI300X on, whose kernels are their maker's */
  attentionInstinct: 'attentionShareInstinct',
  attentionIntelGpu: 'attentionShareIntelGpu',
  /** rate of FlashAttention 1 over FlashAttention 2 */
  flashOneRatio: 'flashOneRatio',
  /** rate of a fused attention kernel written for older parts over one written for the part */
  flashTwoOnNewerRatio: 'flashTwoOnNewerRatio',
  /** rate of attention of 8-bit products over that of 16-bit ones, where heads are as wide as those of latent attention */
  attentionNarrowLatent: 'narrowLatentAttentionGain',
  attentionHalfLength: 'attentionHalfLength',
  attentionHalfLengthNewer: 'attentionHalfLengthNewer',
  /** rate of the kernels of recurrences over that of fused attention written for the part */
  recurrenceShare: 'recurrenceShare',
  /** the same on parts with 4-bit units, whose matrix units those kernels were not written for */
  recurrenceFourUnit: 'recurrenceShareFourBitUnit',
  /** rate of products on a part that shares its power with a processor on its module over that of the part alone */
  sharedPowerShare: 'sharedPowerShare',
  /** how far the rate of parts of one line follows their power per FLOP/s of their peak */
  powerExponent: 'powerExponent',
  /** element-wise traffic over that of one norm, residual, rotary and activation kernel each */
  elementwiseEarly: 'elementwisePassesEarly',
  elementwiseFused: 'elementwisePassesFused',
  elementwiseCurrent: 'elementwisePassesCurrent',
  elementwiseSystolic: 'elementwisePassesSystolic',
  elementwiseByHand: 'elementwisePassesByHand',
  /** elements moved per element of the hidden width by two norms without a kernel of their own, beyond those of one with */
  plainNormTraffic: 'plainNormTraffic',
  /** elements moved per element of a feed-forward width by an activation without a kernel of its own, beyond one with */
  plainActivationTraffic: 'plainActivationTraffic',
  /** share of the accelerator-hours of a whole run that are steps at the steady rate */
  campaignShare: 'campaignShare',
  /** how often the forward pass moves the score matrix where attention is not fused */
  scorePasses: 'scorePasses',
  /** the same where masking, scaling and softmax are kernels of their own, over the fused softmax */
  unfusedRatio: 'unfusedSoftmaxRatio',
  /** how often casting to 8 or 4 bits moves the inputs of matrix products */
  castPasses: 'castPasses',
  /** rate of products with a width that is no multiple of 64 over that of aligned ones */
  misalignedShare: 'misalignedMatmulShare',
  /** results that units compute for nothing at the end of a product, over those that they compute at a time */
  idleTileShare: 'idleTileShare',
  /** time that a pass through a layer with experts waits for the host to learn the routing [µs] */
  routingWait: 'routingWait',
  /** how often permuting tokens to their experts moves them */
  permutePasses: 'permutePasses',
  /** the same around a general collective, which leaves the order to kernels of its own */
  permutePassesPlain: 'permutePassesPlain',
  /** rate of grouped expert products over that of one product of the same shape */
  expertShare: 'expertMatmulShare',
  /** time that the host takes to launch the forward pass of one layer of 20 kernels [µs] */
  launchEarly: 'layerLaunchEarly',
  launchFused: 'layerLaunchFused',
  launchCurrent: 'layerLaunchCurrent',
  /** the same of a layer with experts whose shapes the host has to learn first [µs] */
  launchExperts: 'layerLaunchExperts',
  /** the same without graphs that capture what they can of it [µs] */
  launchExpertsEager: 'layerLaunchExpertsEager',
  /** time that the host takes to launch the forward pass of one expert [µs] */
  launchExpert: 'expertLaunch',
  /** the same on parts without 4-bit units [µs] */
  launchExpertEightUnit: 'expertLaunchEightBitUnit',
  /** time per optimizer step that does not depend on its size: data, clipping, logging [ms] */
  stepFixed: 'stepFixedTime',
  /** bandwidth of the network between domains under training traffic over that of a collective alone */
  scaleOutShare: 'scaleOutShare',
} as const;

export type TrainingConstantName = keyof typeof facts;

/** Values of the training constants; times in seconds, memory in bytes. */
export type TrainingConstants = Readonly<
  Record<Exclude<TrainingConstantName, 'framework'>, number>
> & {
  readonly frameworkBytes: number;
};

/** Names of the catalogue's assumptions that describe training software. */
export const trainingAssumptionKeys = Object.fromEntries(
  Object.entries(facts).map(([name, key]) => [name, `training.${key}`]),
) as Readonly<Record<TrainingConstantName, string>>;

/** Reads the training constants; a catalogue that lacks one is a defect of the catalogue, not an input error. */
export function readTrainingConstants(assumptions: Assumptions): TrainingConstants {
  const read = (name: TrainingConstantName): number =>
    assumptionValue(assumptions, trainingAssumptionKeys[name]);
  const values = Object.fromEntries(
    (Object.keys(facts) as TrainingConstantName[]).map((name) => [name, read(name)]),
  ) as Record<Exclude<TrainingConstantName, 'framework'>, number>;
  return {
    ...values,
    routingWait: values.routingWait * 1e-6,
    launchEarly: values.launchEarly * 1e-6,
    launchFused: values.launchFused * 1e-6,
    launchCurrent: values.launchCurrent * 1e-6,
    launchExperts: values.launchExperts * 1e-6,
    launchExpertsEager: values.launchExpertsEager * 1e-6,
    launchExpert: values.launchExpert * 1e-6,
    launchExpertEightUnit: values.launchExpertEightUnit * 1e-6,
    stepFixed: values.stepFixed * 1e-3,
    frameworkBytes: read('framework') * 1e9,
  };
}
