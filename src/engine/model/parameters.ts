import type { Architecture, LatentAttention, MixtureOfExperts } from '../catalogue/types';

/** Parameter counts of a transformer, by part. All are plain counts of numbers. */
export interface ParameterCount {
  readonly total: number;
  /** parameters that one token passes through, embeddings included */
  readonly active: number;
  /** token embedding and output head together; counted once when they are tied */
  readonly embedding: number;
  /** output head as a matrix that every token is multiplied by, tied or not */
  readonly outputHead: number;
  readonly attentionPerLayer: number;
  /** norms of one layer, and the norms inside latent attention */
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
function latentAttentionParameters(hidden: number, heads: number, latent: LatentAttention): number {
  const queryWidth = heads * (latent.noPositionHeadDim + latent.rotaryHeadDim);
  const query =
    latent.queryRank === null
      ? hidden * queryWidth
      : hidden * latent.queryRank + latent.queryRank * queryWidth;
  const compressed = hidden * (latent.keyValueRank + latent.rotaryHeadDim);
  const expanded = latent.keyValueRank * heads * (latent.noPositionHeadDim + latent.valueHeadDim);
  return query + compressed + expanded + heads * latent.valueHeadDim * hidden;
}

/**
 * Parameters of one attention block.
 *
 *   h·a·d + 2·h·a_kv·d + a·d·h        (multi-head, grouped-query and multi-query attention)
 *
 * h hidden width [1] · a query heads [1] · a_kv key–value heads [1] · d head width [1]
 *
 * Leaves out: biases.
 * Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762; Ainslie et al. 2023, GQA,
 * https://arxiv.org/abs/2305.13245; both from memory.
 */
function attentionParameters(architecture: Architecture): number {
  const { hidden, heads, keyValueHeads, headDim, latentAttention } = architecture;
  if (latentAttention) return latentAttentionParameters(hidden, heads, latentAttention);
  return 2 * hidden * heads * headDim + 2 * hidden * keyValueHeads * headDim;
}

/** Matrices of a feed-forward block: up and down, and a gate in SwiGLU-like blocks. */
export function feedForwardMatrices(architecture: Architecture): number {
  return architecture.isGated ? 3 : 2;
}

function expertCounts(architecture: Architecture, experts: MixtureOfExperts | null) {
  if (!experts) return { all: 0, routed: 0, active: 0 };
  const one = feedForwardMatrices(architecture) * architecture.hidden * experts.expertFfn;
  const always = experts.sharedExperts * one + architecture.hidden * experts.experts;
  return {
    all: experts.experts * one + always,
    routed: experts.experts * one,
    active: experts.expertsPerToken * one + always,
  };
}

/**
 * Counts the parameters of a decoder-only transformer.
 *
 *   N = E + L_d·(A + F + 2h) + L_e·(A + X + 2h) + h
 *   A attention block · F = m·h·f dense feed-forward · X = e·m·h·f_e + s·m·h·f_e + h·e experts, shared experts, router
 *   E = V·h embedding, twice where the output head is not tied
 *
 * N parameters [1] · L_d, L_e layers with a dense and with an expert feed-forward block [1] · h hidden width [1] ·
 * f, f_e feed-forward and expert width [1] · m matrices per block, 3 gated or 2 [1] · e experts [1] · s shared experts [1] ·
 * V vocabulary [1]
 *
 * Leaves out: biases, learned position embeddings, attention sinks, multi-token prediction modules.
 * Source: Narayanan et al. 2021, equation 2, https://arxiv.org/abs/2104.04473, generalised; from memory.
 * Checked against every published count in the catalogue by tests/engine/model.
 */
export function countParameters(architecture: Architecture): ParameterCount {
  const { hidden, layers, latentAttention, mixtureOfExperts } = architecture;
  const attentionPerLayer = attentionParameters(architecture);
  const latentNorms = latentAttention
    ? (latentAttention.queryRank ?? 0) + latentAttention.keyValueRank
    : 0;
  const normsPerLayer = 2 * hidden + latentNorms;
  const denseFeedForward = feedForwardMatrices(architecture) * hidden * architecture.ffn;
  const experts = expertCounts(architecture, mixtureOfExperts);
  const denseLayers = mixtureOfExperts ? Math.min(layers, mixtureOfExperts.denseLayers) : layers;
  const expertLayers = layers - denseLayers;
  const outputHead = architecture.vocabulary * hidden;
  const embedding = architecture.hasTiedEmbeddings ? outputHead : 2 * outputHead;
  const fixed = embedding + layers * (attentionPerLayer + normsPerLayer) + hidden;
  const dense = denseLayers * denseFeedForward;
  return {
    total: fixed + dense + expertLayers * experts.all,
    active: fixed + dense + expertLayers * experts.active,
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
    multipliedPerToken:
      outputHead + layers * attentionPerLayer + dense + expertLayers * experts.active,
  };
}
