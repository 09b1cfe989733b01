import type { Architecture, MixtureOfExperts } from '@engine/catalogue/types';
import type { CaseModel } from './case';
import type { StatedSize } from './model-size';

type Assume = (sentence: string) => void;

/** Hidden width over layers of dense models: Llama 3 8B 128, 70B 102, 405B 130. */
const denseAspect = 115;
/** The same of models with experts: Qwen3 43, DeepSeek-V3 117. */
const sparseAspect = 55;
const headDim = 128;
const usualExpertsPerToken = 8;
const usualVocabulary = 128_256;
/** A second number of parameters this close to the first says that the model is dense. */
const denseTolerance = 0.9;

/** Wide models have widths that tensor parallelism over 8 ranks divides into whole tiles. */
function wholeWidth(width: number): number {
  return roundTo(width, width > 4096 ? 1024 : 128);
}

function roundTo(value: number, step: number): number {
  return Math.max(step, Math.round(value / step) * step);
}

/**
 * A plain transformer of a given size, where nothing else of a model is known.
 *
 *   dense: N = 2·V·h + L·(A + 3·h·f), h = 115·L        experts: N_a ≈ 9·L·h² = 2·V·h + L·(A + k·3·h·f), N − N_a = L·(E − k)·3·h·f, h = 55·L
 *   A = 2·h² + 4·h·128·8 attention with eight key–value heads
 *
 * Where a case counts the experts, (N − N_a) / (E − k) is one of them, and h the width at which 2·V·h + L·A is active beside k.
 *
 * N, N_a parameters, all and active [1] · h hidden width · L layers · f (expert) feed-forward width · E experts · k per token.
 *
 * Leaves out: everything that makes the model particular. Source: proportions of the open models in the catalogue.
 */
export function architectureOfSize(
  size: StatedSize,
  given: CaseModel,
  assume: Assume,
): Architecture {
  const { parameters, active, attentionLayerShare } = size;
  const isSparse = active !== null && active < denseTolerance * parameters;
  const hidden =
    given.hidden ??
    (isSparse ? widthBesideExperts(given, parameters, active) : null) ??
    hiddenWidth(parameters, isSparse ? active : null);
  const aspect = isSparse ? sparseAspect : denseAspect;
  const layers = given.layers ?? Math.max(2, Math.round(hidden / aspect));
  const vocabulary = given.vocab ?? (parameters < 1e9 ? 50_304 : usualVocabulary);
  const heads = given.heads ?? Math.max(1, Math.round(hidden / headDim));
  const keyValueHeads = given.kv_heads ?? Math.min(heads, 8);
  const attention = 2 * hidden * heads * headDim + 2 * hidden * keyValueHeads * headDim;
  const fixed = 2 * vocabulary * hidden + layers * attention;
  const matrices = 3 * hidden * layers;
  const mixtureOfExperts = isSparse ? experts(given, parameters, active, fixed, matrices) : null;
  const ffn = wholeWidth(Math.max(hidden, (parameters - fixed) / matrices));
  assume(
    `architecture of a usual ${isSparse ? 'mixture of experts' : 'dense transformer'} of that size: ${layers} layers of width ${hidden}`,
  );
  return {
    layers,
    hidden,
    heads,
    keyValueHeads,
    headDim,
    ffn: mixtureOfExperts?.expertFfn ?? ffn,
    isGated: true,
    vocabulary,
    hasTiedEmbeddings: false,
    latentAttention: null,
    mixtureOfExperts,
    ...(attentionLayerShare === null ? {} : { attentionLayerShare }),
    contextLength: 0,
  };
}

function hiddenWidth(parameters: number, active: number | null): number {
  const cube = active === null ? (parameters * denseAspect) / 12 : (active * sparseAspect) / 9;
  return wholeWidth(Math.cbrt(cube));
}

/** Parameters of one routed expert of all layers, which those that a token leaves out tell; null where a case does not count them. */
function oneExpert(given: CaseModel, parameters: number, active: number): number | null {
  const { experts: all, experts_active: used = null } = given;
  return all && used !== null && all > used ? (parameters - active) / (all - used) : null;
}

/** The width at which attention and embeddings are what is active beside the experts; null where a case states too little. */
function widthBesideExperts(given: CaseModel, parameters: number, active: number): number | null {
  const one = oneExpert(given, parameters, active);
  const { layers, heads, experts_active: used = null } = given;
  if (one === null || used === null || !layers || !heads) return null;
  const perWidth =
    2 * layers * headDim * (heads + (given.kv_heads ?? 8)) + 2 * (given.vocab ?? usualVocabulary);
  const beside = active - used * one;
  return beside > 0 ? wholeWidth(beside / perWidth) : null;
}

/** A count near a number that many degrees of parallelism divide, as they do nearly all published ones. */
function divisibleCount(wanted: number): number {
  return roundTo(wanted, 2 ** Math.max(3, Math.floor(Math.log2(wanted)) - 4));
}

function experts(
  given: CaseModel,
  parameters: number,
  active: number,
  fixed: number,
  matrices: number,
): MixtureOfExperts {
  const expertsPerToken = given.experts_active ?? usualExpertsPerToken;
  const routed = Math.max(0.2 * active, active - fixed);
  const one = oneExpert(given, parameters, active) ?? routed / expertsPerToken;
  const expertFfn = given.moe_ffn ?? roundTo(one / matrices, 64);
  const idle = (parameters - active) / (matrices * expertFfn);
  return {
    experts: given.experts ?? divisibleCount(idle + expertsPerToken),
    expertsPerToken,
    expertFfn,
    sharedExperts: 0,
    denseLayers: 0,
  };
}
