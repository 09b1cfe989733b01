import type {
  Architecture,
  LatentAttention,
  MixtureOfExperts,
  PooledCache,
} from '../catalogue/types';
import { layerKinds } from './layer-kinds';
import { recurrentSize } from './recurrent-mixer';

/** Parameter counts of a transformer, by part. All are plain counts of numbers. */
export interface ParameterCount {
  readonly total: number;
  /** parameters that one token passes through, embeddings included */
  readonly active: number;
  /** token embedding and output head together; counted once when they are tied */
  readonly embedding: number;
  /** output head as a matrix that every token is multiplied by, tied or not */
  readonly outputHead: number;
  /** attention, or what stands in its place: the mean over the layers of a hybrid model */
  readonly attentionPerLayer: number;
  /** norms of one layer, those inside attention, and biases: the mean over the layers */
  readonly normsPerLayer: number;
  readonly denseFeedForward: number;
  /** all experts, shared experts and router of one mixture-of-experts layer; 0 without experts */
  readonly expertFeedForward: number;
  /** routed experts alone, of one mixture-of-experts layer: what expert parallelism divides */
  readonly routedExperts: number;
  readonly activeExpertFeedForward: number;
  readonly denseLayers: number;
  readonly expertLayers: number;
  /** parameters in matrices that one token is multiplied by: active without the embedding lookup and norms */
  readonly multipliedPerToken: number;
  /** parameters of the modules that predict further tokens; part of no other count */
  readonly predictionModules: number;
}

/**
 * Parameters of multi-head latent attention: compressed query and key–value paths.
 *
 *   h·r_q + r_q·a·(d_n + d_r) + h·(r_kv + d_r) + r_kv·a·(d_n + d_v) + a·d_v·h
 *
 * h hidden width [1] · a heads [1] · r_q query rank [1] (without one: h·a·(d_n + d_r)) · r_kv key–value rank [1] ·
 * d_n, d_r, d_v head widths without position, rotary and of the value [1]
 *
 * Leaves out: norms of the compressed paths (counted with the norms).
 * Source: DeepSeek-AI 2024, DeepSeek-V2, section 2.1, https://arxiv.org/abs/2405.04434, from memory.
 */
function latentAttentionParameters(
  { hidden, heads, layers }: Architecture,
  latent: LatentAttention,
): number {
  const queryWidth = heads * (latent.noPositionHeadDim + latent.rotaryHeadDim);
  const { pooled } = latent;
  if (pooled) return pooledParameters(hidden, heads, latent, { ...pooled, layers });
  const query =
    latent.queryRank === null
      ? hidden * queryWidth
      : hidden * latent.queryRank + latent.queryRank * queryWidth;
  const compressed = hidden * (latent.keyValueRank + latent.rotaryHeadDim);
  const expanded = latent.keyValueRank * heads * (latent.noPositionHeadDim + latent.valueHeadDim);
  return query + compressed + expanded + heads * latent.valueHeadDim * hidden;
}

/**
 * Parameters of attention over a pooled latent cache, on average over the layers.
 *
 *   h·r_q + r_q·a·d + h·d + a·d·r_o + g·r_o·h + (L_f / L) · (4·h·d + r_q·a_i·d_i + 4·h·d_i + h·a_i) + (L_c / L) · 2·h·d
 *
 * h, a, r_q as in latentAttentionParameters · d width of an entry and of a head [1] · g output groups, r_o their rank [1] · L layers, L_f, L_c
 * those with fine and with coarse entries, whose tokens are weighed and pooled by two matrices, of overlapping pools twice as wide [1] · a_i, d_i heads
 * of the indexer and their width [1]
 *
 * Leaves out: norms, sinks, the mixing of residual streams (hyper-connections).
 * Source: DeepSeek-AI 2026, DeepSeek-V4, as in https://docs.nvidia.com/nemo/automodel, models/deepseek_v4/layers, read 2026-11-30.
 */
function pooledParameters(
  hidden: number,
  heads: number,
  { queryRank, keyValueRank, rotaryHeadDim, sparse }: LatentAttention,
  { fine, coarse, outputGroups, outputRank, layers }: PooledCache & { readonly layers: number },
): number {
  const width = keyValueRank + rotaryHeadDim;
  const rank = queryRank ?? hidden;
  const query = (queryRank === null ? 0 : hidden * rank) + rank * heads * width;
  const output = heads * width * outputRank + outputGroups * outputRank * hidden;
  const { indexHeads = 0, indexHeadDim = 0 } = sparse ?? {};
  const indexer =
    rank * indexHeads * indexHeadDim + 4 * hidden * indexHeadDim + hidden * indexHeads;
  const pooling =
    (fine.layers * (4 * hidden * width + indexer) + coarse.layers * 2 * hidden * width) / layers;
  return query + hidden * width + output + pooling;
}

/**
 * Parameters of one attention block.
 *
 *   h·a·d + 2·h·a_kv·d + a·d·h        (multi-head, grouped-query and multi-query attention)
 *
 * h hidden width [1] · a query heads [1] · a_kv key–value heads [1] · d head width [1]; a gate on the output adds h·a·d
 *
 * Leaves out: biases (counted with the norms).
 * Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; Ainslie et al. 2023, GQA,
 * https://arxiv.org/abs/2305.13245; both from memory.
 */
export function attentionParameters(architecture: Architecture): number {
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  if (latentAttention) return latentAttentionParameters(architecture, latentAttention);
  const outward = architecture.hasAttentionGate ? 3 : 2;
  return outward * hidden * heads * headDim + 2 * hidden * keyValueHeads * headDim;
}

/** Matrices of a layer that mix tokens: the mean over attention and recurrent layers. */
function mixingParameters(architecture: Architecture): number {
  const attention = attentionParameters(architecture);
  const { recurrentMixer, hidden, layers } = architecture;
  if (!recurrentMixer) return attention;
  const { inward, outward } = recurrentSize(recurrentMixer);
  const share = layerKinds(architecture).recurrent / layers;
  return (1 - share) * attention + share * hidden * (inward + outward);
}

/** Norms, biases and inner parameters of a layer: the mean over attention and recurrent layers. */
function smallParameters(architecture: Architecture): number {
  const { hidden, heads, keyValueHeads, headDim, latentAttention, layers, ffn } = architecture;
  const { recurrentMixer, biases } = architecture;
  const hasBlock = (architecture.feedForwardLayers ?? layers) / layers;
  const share = recurrentMixer ? layerKinds(architecture).recurrent / layers : 0;
  const latentNorms = latentAttention
    ? (latentAttention.queryRank ?? 0) + latentAttention.keyValueRank
    : 0;
  const headNorms = architecture.hasQueryKeyNorm ? 2 * headDim : 0;
  const queryKeyValue = (heads + 2 * keyValueHeads) * headDim;
  const attentionBiases =
    biases === undefined ? 0 : queryKeyValue + (biases === 'all' ? hidden : 0);
  const blockBiases =
    biases === 'all' ? hidden + (feedForwardMatrices(architecture) - 1) * ffn + 2 * hidden : 0;
  const inner = recurrentMixer ? recurrentSize(recurrentMixer).inner : 0;
  return (
    (1 + hasBlock) * hidden +
    hasBlock * blockBiases +
    (1 - share) * (latentNorms + headNorms + attentionBiases) +
    share * inner
  );
}

/** Matrices of a feed-forward block: up and down, and a gate in SwiGLU-like blocks. */
export function feedForwardMatrices(architecture: Architecture): number {
  return architecture.isGated ? 3 : 2;
}

/** Width that the routed experts work in: the hidden width, or a latent one that tokens are projected to first. */
export function expertWidth({ hidden, mixtureOfExperts }: Architecture): number {
  return mixtureOfExperts?.latentWidth ?? hidden;
}

/** Width of all shared experts of a layer together. */
export function sharedWidth({ sharedFfn, sharedExperts, expertFfn }: MixtureOfExperts): number {
  return sharedFfn ?? sharedExperts * expertFfn;
}

function expertCounts(architecture: Architecture, experts: MixtureOfExperts | null) {
  if (!experts) return { all: 0, routed: 0, active: 0 };
  const { hidden } = architecture;
  const { expertFfn, latentWidth } = experts;
  const matrices = feedForwardMatrices(architecture);
  const one = matrices * expertWidth(architecture) * expertFfn;
  const shared = matrices * hidden * sharedWidth(experts);
  const projections = latentWidth === undefined ? 0 : 2 * hidden * latentWidth;
  const always = shared + projections + hidden * experts.experts;
  return {
    all: experts.experts * one + always,
    routed: experts.experts * one,
    active: experts.expertsPerToken * one + always,
  };
}

/**
 * Counts the parameters of a decoder-only transformer.
 *
 *   N = E + L·(A + n) + L_d·F + L_e·X + h        (2·h with biases)
 *   A attention block or recurrence · n norms, 2h and more, with biases · F = m·h·f dense feed-forward
 *   X = e·m·h·f_e + m·h·f_s + h·e experts, shared experts, router
 *   E = V·h embedding, twice where the output head is not tied, and P·h learned positions
 *
 * N parameters [1] · L layers, L_d, L_e those with a dense and with an expert feed-forward block [1] · h hidden width [1] ·
 * f, f_e, f_s feed-forward, expert and shared-expert width [1] · m matrices per block, 3 gated or 2 [1] · e experts [1] ·
 * V vocabulary [1] · P learned positions [1]; experts in a latent width w have m·w·f_e each and 2·h·w to project
 *
 * Leaves out: attention sinks; multi-token prediction, which is counted beside the total.
 * Source: Narayanan et al. 2021, equation 2, https://arxiv.org/abs/2104.04473, generalised; from memory.
 * Checked against every published count in the catalogue by tests/engine/model.
 */
export function countParameters(architecture: Architecture): ParameterCount {
  const { hidden, layers, mixtureOfExperts } = architecture;
  const attentionPerLayer = mixingParameters(architecture);
  const normsPerLayer = smallParameters(architecture);
  const denseFeedForward = feedForwardMatrices(architecture) * hidden * architecture.ffn;
  const experts = expertCounts(architecture, mixtureOfExperts);
  const blocks = architecture.feedForwardLayers ?? layers;
  const denseLayers = mixtureOfExperts ? Math.min(blocks, mixtureOfExperts.denseLayers) : blocks;
  const expertLayers = blocks - denseLayers;
  const outputHead = architecture.vocabulary * hidden;
  const tokens = architecture.hasTiedEmbeddings ? outputHead : 2 * outputHead;
  const embedding = tokens + (architecture.learnedPositions ?? 0) * hidden;
  const lastNorm = architecture.biases === 'all' ? 2 * hidden : hidden;
  const fixed = embedding + layers * (attentionPerLayer + normsPerLayer) + lastNorm;
  const dense = denseLayers * denseFeedForward;
  const lastBlock = mixtureOfExperts ? experts.all : denseFeedForward;
  const module = attentionPerLayer + normsPerLayer + lastBlock + 2 * hidden * hidden + 3 * hidden;
  return {
    total: Math.round(fixed + dense + expertLayers * experts.all),
    active: Math.round(fixed + dense + expertLayers * experts.active),
    embedding,
    outputHead,
    attentionPerLayer,
    normsPerLayer,
    denseFeedForward,
    expertFeedForward: experts.all,
    routedExperts: experts.routed,
    activeExpertFeedForward: experts.active,
    denseLayers,
    expertLayers,
    multipliedPerToken: Math.round(
      outputHead + layers * attentionPerLayer + dense + expertLayers * experts.active,
    ),
    predictionModules: Math.round((architecture.predictionModules ?? 0) * module),
  };
}
