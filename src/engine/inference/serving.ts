import type { Architecture, Precision } from '../catalogue/types';
import {
  allGatherSeconds,
  allReduceSeconds,
  allToAllSeconds,
  linkFor,
  reduceScatterSeconds,
  type Link,
} from '../hardware/collective';
import type { Device } from '../hardware/device';
import { keyValueBytesPerToken } from '../model/bytes';
import { countParameters, type ParameterCount } from '../model/parameters';
import { adapterBytes, type Adapters } from './adapters';
import type { HostProcessor } from './host-experts';
import type { ServingConstants } from './constants';

export { readServingConstants, servingAssumptionKeys, type ServingConstants } from './constants';

/** One replica of a model on tensor-parallel accelerators, ready to be timed. */
export interface Serving {
  readonly device: Device;
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  readonly weightPrecision: Precision;
  readonly tensorParallel: number;
  /** stages that each hold a share of the layers; requests in flight are split over them */
  readonly pipelineParallel: number;
  /** groups that the tensor-parallel accelerators form for attention: each holds all heads of its own requests */
  readonly attentionGroups: number;
  /** accelerators over which whole experts are spread; the rest of the tensor-parallel degree cuts each expert */
  readonly expertParallel: number;
  /** groups of attention bring the tokens of all to every rank, where others send each token to its experts alone */
  readonly gathersTokens: boolean;
  /** the precision that weights are multiplied in */
  readonly computePrecision: Precision;
  /** weights are widened before they are multiplied */
  readonly isWidened: boolean;
  readonly link: Link;
  /** projections of attention are kept and multiplied in 16 bits beside narrower weights */
  readonly hasWideAttention: boolean;
  /** stored width of a weight, of one of attention's and of a cache element */
  readonly elementBytes: {
    readonly weight: number;
    readonly attention: number;
    readonly cache: number;
  };
  /** weights of the whole model */
  readonly weightBytes: number;
  /** those in the accelerator's own memory, adapters among them */
  readonly weightBytesPerAccelerator: number;
  /** those kept in the host's memory and streamed in for every pass */
  readonly hostBytesPerAccelerator: number;
  /** host memory beside an accelerator that holds the cache of requests beyond its own memory; absent: none */
  readonly hostCacheBytes?: number;
  readonly adapters?: Adapters;
  /** processors of the host that keep and multiply the routed experts; absent: the accelerators do */
  readonly hostExperts?: HostProcessor;
  /** share of the time that replicas which only process prompts are busy, 0–1; absent: there are none */
  readonly promptPoolBusyShare?: number;
  /** key–value cache of one token, whole model */
  readonly cacheBytesPerToken: number;
  readonly cacheBytesPerTokenPerAccelerator: number;
  readonly constants: ServingConstants;
}

export interface ServingSetup {
  readonly device: Device;
  readonly architecture: Architecture;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  /** groups for attention among the tensor-parallel accelerators; 1 when not given */
  readonly attentionGroups?: number;
  /** kernels that send tokens to their experts were chosen (DeepEP and the like); as the engine does by default where not given */
  readonly sendsTokens?: boolean;
  /** 1 when not given: every expert cut over all accelerators; all of them where attention runs in groups, always so where tokens are sent */
  readonly expertParallel?: number;
  /** stored width where it is not that of the precision, such as 4.85 bits of a mixed format */
  readonly weightBits?: number;
  /** token embedding and output head are stored in the same format as the rest */
  readonly hasNarrowEmbedding?: boolean;
  /** see Serving; where not given, as the four-bit checkpoints of models with experts are published */
  readonly hasWideAttention?: boolean;
  /** share of the weights kept in the host's memory, 0–1; none when not given */
  readonly offloadedShare?: number;
  /** host memory for the cache, beside each accelerator; none when not given */
  readonly hostCacheBytes?: number;
  readonly adapters?: Adapters;
  /** processors of the host that keep and multiply the routed experts; none when not given */
  readonly hostExperts?: HostProcessor;
  /** prompts have replicas of their own, busy for this share of the time, 0–1; none when not given */
  readonly promptPoolBusyShare?: number;
}

/**
 * Ranks up to which engines gather the tokens of all groups by default: those of one server, and as many as most models have experts per
 * token, beyond which sending is less.
 *
 * Source: moe_a2a_backend of SGLang, 'none' by default; all2all_backend of vLLM, 'allgather_reducescatter' by default; TensorRT-LLM sends only
 * where ranks are more than experts per token (enable_alltoall in fused_moe_cutlass.py); all from memory.
 */
const mostGathered = 8;

/** Bytes of a stored weight; 4-bit formats carry one 8-bit scale per block of 16. */
const storedWeightBytes: Readonly<Record<Precision, number>> = {
  fp64: 8,
  fp32: 4,
  tf32: 4,
  bf16: 2,
  fp16: 2,
  fp8: 1,
  int8: 1,
  fp4: 0.5625,
};

/** Bytes that a weight is stored in, by what it belongs to. */
export interface StoredWidths {
  readonly weight: number;
  readonly attention: number;
  readonly embedding: number;
}

/**
 * Bytes of all weights of a served model.
 *
 *   W = (N − N_e − N_a) · b + N_a · b_a + N_e · b_e
 *
 * N parameters [1] · N_e token embedding and output head [1] and b_e their width [B], 16 bits in quantised checkpoints but those whose
 * format is that of a whole file · N_a projections of attention [1] and b_a their width [B], see hasWideAttention · b bytes per
 * weight [B]
 *
 * Leaves out: other tensors kept wide (norms, router), padding.
 * Source: definition; the convention is that of published FP8 checkpoints (from memory).
 */
export function servedWeightBytes(
  { layers }: Architecture,
  parameters: ParameterCount,
  widths: StoredWidths,
): number {
  const attention = layers * parameters.attentionPerLayer;
  const rest = parameters.total - parameters.embedding - attention;
  return (
    rest * widths.weight + attention * widths.attention + parameters.embedding * widths.embedding
  );
}

/**
 * Whether projections of attention keep 16 bits beside narrower weights: the four-bit floating-point checkpoints of models with
 * experts narrow the experts and dense blocks alone. Integers and mixed formats of a stated width narrow all.
 *
 * Source: exclude_modules of hf_quant_config.json in nvidia/DeepSeek-R1-0528-NVFP4, nvidia/GLM-4.7-NVFP4 and
 * nvidia/MiniMax-M2.5-NVFP4 on https://huggingface.co, read 2026-11-30; gpt-oss: model card, MXFP4 for experts only (from memory).
 */
function keepsAttentionWide({
  architecture,
  weightPrecision,
  weightBits,
  hasWideAttention,
}: ServingSetup): boolean {
  if (hasWideAttention !== undefined) return hasWideAttention;
  return (
    architecture.mixtureOfExperts !== null && weightPrecision === 'fp4' && weightBits === undefined
  );
}

/**
 * The precision that weights are multiplied in: their own where the part computes in it. Narrower weights than the part
 * computes in, integers of a few bits, all integers where an engine widens them apart, and all where its vector units widen, are
 * widened to 16 bits; activations are never narrowed for them.
 */
function computePrecisionOf(
  setup: ServingSetup,
  { widensApart, wideningWork }: ServingConstants,
): Precision {
  const { device, weightPrecision, weightBits } = setup;
  const computedIn = device.rates[weightPrecision]?.computedIn ?? weightPrecision;
  const isApart = widensApart > 0 && weightPrecision === 'int8';
  const isByVectors = wideningWork > 0 && storedWeightBytes[weightPrecision] < 2;
  const isMixed = isApart || isByVectors || (weightBits !== undefined && weightBits < 16);
  if (!isMixed && computedIn === weightPrecision) return weightPrecision;
  return device.rates.bf16 === undefined ? 'fp16' : 'bf16';
}

/** Brings together what the timings need, once per configuration. */
export function prepareServing(setup: ServingSetup, constants: ServingConstants): Serving {
  const { device, architecture, weightPrecision, tensorParallel, pipelineParallel } = setup;
  const parameters = countParameters(architecture);
  const weight =
    setup.weightBits === undefined ? storedWeightBytes[weightPrecision] : setup.weightBits / 8;
  const cache = storedWeightBytes[setup.keyValuePrecision];
  const hasWideAttention = weight < 2 && keepsAttentionWide(setup);
  const attention = hasWideAttention ? 2 : weight;
  const embedding = setup.hasNarrowEmbedding ? weight : Math.max(weight, 2);
  const widths = { weight, attention, embedding };
  const weightBytes = servedWeightBytes(architecture, parameters, widths);
  const attentionGroups = setup.attentionGroups ?? 1;
  const experts = parameters.expertLayers * parameters.routedExperts * weight;
  // Attention and embeddings are whole in every group; dense blocks and shared experts are cut over all accelerators, or whole on each where tokens are sent.
  const replicated =
    architecture.layers * parameters.attentionPerLayer * attention +
    parameters.embedding * embedding;
  const others = weightBytes - experts - replicated;
  const cacheBytesPerToken = keyValueBytesPerToken(architecture, cache);
  const computePrecision = computePrecisionOf(setup, constants);
  const own = setup.hostExperts === undefined ? experts : 0;
  const adapters = adapterBytes(architecture, setup.adapters) / (tensorParallel * pipelineParallel);
  const shards = cacheShards(architecture, tensorParallel / attentionGroups) * attentionGroups;
  const link = linkFor(
    device,
    tensorParallel,
    1,
    collectiveCode(constants, device, tensorParallel),
  );
  const isGrouped = attentionGroups > 1;
  const isGathered =
    isGrouped &&
    link.tier === 'scale-up' &&
    tensorParallel <= mostGathered &&
    constants.gathersTokens > 0 &&
    setup.sendsTokens !== true;
  const isSent = isGrouped && !isGathered;
  const usualSpread = isGrouped ? tensorParallel : 1;
  const stated = isSent ? tensorParallel : setup.expertParallel;
  const whole = isSent ? tensorParallel : 1;
  const grouped = replicated + (isGrouped ? absorbedBytes(architecture) : 0);
  const held =
    (own + others * whole + grouped * attentionGroups) / (tensorParallel * pipelineParallel);
  const offloaded = Math.min(1, Math.max(0, setup.offloadedShare ?? 0));
  return {
    device,
    architecture,
    parameters,
    weightPrecision,
    tensorParallel,
    pipelineParallel,
    attentionGroups,
    expertParallel: Math.min(tensorParallel, stated ?? usualSpread),
    gathersTokens: isGathered,
    computePrecision,
    isWidened: weight < storedWeightBytes[computePrecision],
    link,
    hasWideAttention,
    elementBytes: { weight, attention, cache },
    weightBytes,
    weightBytesPerAccelerator: held * (1 - offloaded) + adapters,
    hostBytesPerAccelerator: held * offloaded,
    ...(setup.adapters === undefined ? {} : { adapters: setup.adapters }),
    ...(setup.hostExperts === undefined ? {} : { hostExperts: setup.hostExperts }),
    ...(setup.hostCacheBytes === undefined ? {} : { hostCacheBytes: setup.hostCacheBytes }),
    ...(setup.promptPoolBusyShare === undefined
      ? {}
      : { promptPoolBusyShare: setup.promptPoolBusyShare }),
    cacheBytesPerToken,
    cacheBytesPerTokenPerAccelerator: cacheBytesPerToken / shards / pipelineParallel,
    constants,
  };
}

/**
 * Bytes of the copies that engines keep of the matrices that widen a latent cache, in 16 bits, to absorb them into queries and outputs:
 * 2 · L · r · a_h · (d_n + d_v).
 *
 * L layers · r rank of the cache · a_h heads · d_n, d_v widths of a head without position and of its values [1]
 *
 * Leaves out: layers without latent attention.
 * Source: w_kc and w_vc of SGLang, W_UK_T and W_UV of vLLM (from memory).
 */
function absorbedBytes({ layers, heads, latentAttention }: Architecture): number {
  if (latentAttention === null) return 0;
  const { keyValueRank, noPositionHeadDim, valueHeadDim } = latentAttention;
  return 2 * layers * keyValueRank * heads * (noPositionHeadDim + valueHeadDim);
}

/** Ranks that engines' own all-reduces take on a host bus. */
const ownOnBus = 2;

/**
 * Serving engines bring all-reduces of their own for short messages, but for more than two cards without links between them; plain
 * frameworks use the general library's.
 *
 * Source: "Custom allreduce is disabled because it's not supported on more than two PCIe-only GPUs", custom_all_reduce.py of
 * https://github.com/vllm-project/vllm and https://github.com/sgl-project/sglang (from memory); what the library takes there, 24 µs for 1 kB
 * on eight RTX PRO 6000: https://github.com/voipmonitor/rtx6kpro, hardware/pcie-bandwidth.md at 070506f, read 2026-11-30.
 */
function collectiveCode(
  { usesLibraryCollectives }: ServingConstants,
  { scaleUp }: Device,
  ranks: number,
): 'library' | 'low latency' {
  const isOnBus = scaleUp.bandwidthFraction !== undefined;
  const isLibrary = usesLibraryCollectives > 0 || (isOnBus && ranks > ownOnBus);
  return isLibrary ? 'library' : 'low latency';
}

/** Tensor-parallel ranks that hold different heads of the cache; beyond that they hold copies, as with a latent cache. */
function cacheShards(architecture: Architecture, tensorParallel: number): number {
  return architecture.latentAttention ? 1 : Math.min(tensorParallel, architecture.keyValueHeads);
}

/**
 * Time of the tensor-parallel exchange of one pass: two all-reduces per layer over the activations of every row; where
 * attention runs in groups, one within the group and, around the experts, one exchange there and one back.
 *
 *   t = 2 · L · t_AR(x · R · h)                                      (one group)
 *   t = L · t_AR(x · R / g · h) + L_e · (t_A2A(a · R · k · h / T) + t_A2A(2 · R · k · h / T))     (g groups)
 *   k = K in one scale-up domain, else n · (1 − (1 − 1 / n)^K)
 *   t = L · t_AR(x · R / g · h) + L_e · t_gather                     (g groups that gather, see gatheringSeconds)
 *
 * L, L_e layers, those with experts [1] · R rows, tokens in the pass [1] · h hidden width [1] · x bytes of an exchanged element [B]: 2, fewer
 * where an engine quantises what it sends · g attention groups [1] · K experts
 * per token [1] · a bytes of an activation on the way there [B]: that of the weights, at most 2 · n scale-up domains: a token goes to each
 * only once, and on from there · T accelerators [1] · t_AR, t_A2A see allReduceSeconds and allToAllSeconds
 *
 * Leaves out: overlap with computation, fused exchanges, short messages that are sent as they are where long ones are quantised.
 * Source: Shoeybi et al. 2019, Megatron-LM, https://arxiv.org/abs/1909.08053, section 3; Lepikhin et al. 2020, GShard,
 * https://arxiv.org/abs/2006.16668; one copy per domain and narrow dispatch: DeepEP, https://github.com/deepseek-ai/DeepEP (all from memory).
 */
export function tensorParallelSeconds(serving: Serving, rows: number): number {
  const { device, attentionGroups, tensorParallel, link } = serving;
  const { layers, hidden } = serving.architecture;
  const { exchangedBytes } = serving.constants;
  if (attentionGroups <= 1) {
    return 2 * layers * allReduceSeconds(exchangedBytes * rows * hidden, tensorParallel, link);
  }
  const group = tensorParallel / attentionGroups;
  const within = linkFor(device, group, 1, collectiveCode(serving.constants, device, group));
  const attention =
    layers * allReduceSeconds((exchangedBytes * rows * hidden) / attentionGroups, group, within);
  const expertLayers = serving.parameters.expertLayers || layers;
  if (serving.gathersTokens) return attention + expertLayers * gatheringSeconds(serving, rows);
  const sent = (rows * copiesOf(serving) * hidden) / tensorParallel;
  const narrow = serving.isWidened ? 2 : Math.min(2, Math.max(1, serving.elementBytes.weight));
  const exchange =
    allToAllSeconds(narrow * sent, tensorParallel, link) +
    allToAllSeconds(2 * sent, tensorParallel, link);
  return attention + expertLayers * exchange;
}

/**
 * Time in which the tokens of all groups come to every rank, and what experts make of them goes back.
 *
 *   t = t_AG(a · R · h) + t_RS(2 · R · h),   2 · t_AR(2 · R · h) where an engine does both by all-reduces
 *
 * R rows of all groups [1] · h hidden width [1] · a bytes of an activation on the way there: 2, or those of 4 bits with their scales, which all engines
 * gather on parts that multiply in them [B] · t_AG, t_RS, t_AR see allGatherSeconds, reduceScatterSeconds and allReduceSeconds [s]
 *
 * Leaves out: 8-bit activations of 4-bit weights, padding of all groups to the largest.
 * Source: dp_attention.py of SGLang, where groups with prompts write into one buffer and add it up (DpPaddingMode.SUM_LEN), as the
 * outputs of the experts are; AgRsAll2AllManager of vLLM; fp4_quantize before allgather in fused_moe_cutlass.py of TensorRT-LLM and
 * should_use_flashinfer_cutlass_moe_fp4_allgather of SGLang (all from memory).
 */
function gatheringSeconds(
  { architecture, computePrecision, constants, device, link, tensorParallel }: Serving,
  rows: number,
): number {
  const elements = rows * architecture.hidden;
  const bytes = 2 * elements;
  const isNarrow = computePrecision === 'fp4' && device.family.startsWith('blackwell');
  if (constants.gathersByReduction > 0 && !isNarrow)
    return 2 * allReduceSeconds(bytes, tensorParallel, link);
  const gathered = isNarrow ? storedWeightBytes.fp4 * elements : bytes;
  return (
    allGatherSeconds(gathered, tensorParallel, link) +
    reduceScatterSeconds(bytes, tensorParallel, link)
  );
}

/** How often a token is sent over the link on its way to its experts. */
function copiesOf({ architecture, device, link, tensorParallel }: Serving): number {
  const experts = architecture.mixtureOfExperts?.expertsPerToken ?? 1;
  if (link.tier === 'scale-up') return experts;
  const domains = Math.ceil(tensorParallel / device.scaleUp.domain);
  return domains * (1 - (1 - 1 / domains) ** experts);
}
