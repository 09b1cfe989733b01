import { blend } from '../hardware/matmul';
import type { Serving } from './serving';

/** Kernels of one layer that are matrix products or attention, each with the floor of a kernel. */
const kernelsPerLayer = 5;

/**
 * Time of all matrix products of one pass over R rows, without the floors of the kernels.
 *
 *   t = L · (t_qkv + t_out) + L_d · t_ffn(f) + L_e · (E_t / e · i · t_ffn(R·K/E_t, f_e) + t_ffn(f_s)) + t_head
 *
 * L, L_d, L_e layers, those with a dense block, those with experts [1] · E_t experts touched, E · (1 − (1 − K/E)^R) [1] ·
 * K experts per token [1] · f, f_e, f_s widths of the dense block, one expert, the shared experts [1] · e accelerators that
 * whole experts are spread over [1] · i their load imbalance [1];
 * each product is cut by the tensor-parallel degree and timed by productSeconds; where
 * attention runs in groups, the rows of attention and dense blocks are cut instead of their matrices
 *
 * Leaves out: the router, low-rank cuts of latent attention (its matrices count by size).
 * Source: definition of the architecture; experts touched: expected number of distinct experts under uniform routing.
 */
export function matmulPassSeconds(serving: Serving, rows: number): number {
  const { architecture, parameters, attentionGroups } = serving;
  const { layers, hidden } = architecture;
  const ownRows = rows / attentionGroups;
  const denseRanks = serving.tensorParallel / attentionGroups;
  const dense =
    parameters.denseLayers === 0
      ? 0
      : parameters.denseLayers *
        feedForwardSeconds(serving, ownRows, architecture.ffn / denseRanks, 'dense');
  return (
    layers * attentionProjectionSeconds(serving, ownRows, denseRanks) +
    dense +
    parameters.expertLayers * expertSeconds(serving, rows) +
    productSeconds(serving, 'head', ownRows, parameters.outputHead / hidden / denseRanks, hidden)
  );
}

/** Which weights a product multiplies: they differ in width and in how well they are read. */
type ProductKind = 'dense' | 'expert' | 'head';

/**
 * Time of one matrix product [m, k] · [k, n] of a served model, without the floor of a kernel.
 *
 *   t = ( (2mnk / (A · c))^p + ((w · kn + a · mk + 2 · mn) / (β · B · s))^p )^(1/p)
 *
 * A, β, B, p as in matmulSeconds · w, a bytes per stored weight and per activation [B] · c, s arithmetic and speed of reading
 * weights over the kernels measured, for this software on this family of accelerators [1]: less for experts, and s less for
 * weights that are widened before they are multiplied
 *
 * Leaves out: tile and wave quantisation.
 * Source: as matmulSeconds; c and s fitted by tests/calibration/fit-inference.mjs.
 */
function productSeconds(
  serving: Serving,
  kind: ProductKind,
  m: number,
  n: number,
  k: number,
): number {
  const { device, constants, computePrecision } = serving;
  const isHead = kind === 'head';
  const precision = isHead ? 'bf16' : computePrecision;
  const rate = device.rates[precision] ?? device.rates.fp16;
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const isExpert = kind === 'expert';
  const compute =
    rate.achievableFlopPerSecond * constants.computeShare * (isExpert ? constants.expertShare : 1);
  const isWidened = serving.isWidened && !isHead;
  const stream =
    device.memoryBytesPerSecond *
    Math.min(1, device.constants.matmulMemoryFraction * constants.weightStream) *
    (isExpert ? constants.expertStream : 1) *
    (isWidened ? constants.dequantisation : 1);
  const weightBytes = isHead
    ? Math.min(2, 2 * serving.elementBytes.weight)
    : serving.elementBytes.weight;
  const activationBytes = isWidened || isHead ? 2 : Math.min(2, serving.elementBytes.weight);
  const moved = weightBytes * k * n + activationBytes * m * k + 2 * m * n;
  return blend((2 * m * n * k) / compute, moved / stream, device.constants.overlapExponent);
}

/** Kernel floors and gaps of one pass; see kernelFloorSeconds of the device and layerOverheadSeconds of the engine. */
export function passOverheadSeconds(serving: Serving): number {
  const { device, constants, architecture } = serving;
  const perLayer =
    kernelsPerLayer * device.constants.kernelFloorSeconds + constants.layerOverheadSeconds;
  return architecture.layers * perLayer;
}

/** Expected number of distinct experts that R rows are routed to, each row to K of E: E · (1 − (1 − K/E)^R). */
export function expertsTouched(experts: number, expertsPerToken: number, rows: number): number {
  return experts * (1 - (1 - expertsPerToken / experts) ** rows);
}

function attentionProjectionSeconds(serving: Serving, rows: number, ranks: number): number {
  const { architecture, parameters } = serving;
  const { hidden, heads, headDim, keyValueHeads, latentAttention } = architecture;
  if (latentAttention) {
    const width = parameters.attentionPerLayer / hidden / 2 / ranks;
    return (
      productSeconds(serving, 'dense', rows, width, hidden) +
      productSeconds(serving, 'dense', rows, hidden, width)
    );
  }
  const queryWidth = (heads * headDim) / ranks;
  const cacheWidth = (keyValueHeads / Math.min(ranks, keyValueHeads)) * headDim;
  return (
    productSeconds(serving, 'dense', rows, queryWidth + 2 * cacheWidth, hidden) +
    productSeconds(serving, 'dense', rows, hidden, queryWidth)
  );
}

function feedForwardSeconds(
  serving: Serving,
  rows: number,
  width: number,
  kind: ProductKind,
): number {
  const { architecture } = serving;
  const upWidth = architecture.isGated ? 2 * width : width;
  return (
    productSeconds(serving, kind, rows, upWidth, architecture.hidden) +
    productSeconds(serving, kind, rows, architecture.hidden, width)
  );
}

function expertSeconds(serving: Serving, rows: number): number {
  const experts = serving.architecture.mixtureOfExperts;
  if (experts === null) return 0;
  const { tensorParallel, constants, attentionGroups, expertParallel } = serving;
  const touched = expertsTouched(experts.experts, experts.expertsPerToken, rows);
  const rowsPerExpert = Math.max(1, (rows * experts.expertsPerToken) / touched);
  const ranksPerExpert = tensorParallel / expertParallel;
  const onOne = Math.max(
    1,
    (touched / expertParallel) * (expertParallel > 1 ? constants.expertImbalance : 1),
  );
  const routed =
    onOne *
    feedForwardSeconds(serving, rowsPerExpert, experts.expertFfn / ranksPerExpert, 'expert');
  const shared = experts.sharedExperts * experts.expertFfn;
  if (shared === 0) return routed;
  const ranks = tensorParallel / attentionGroups;
  return routed + feedForwardSeconds(serving, rows / attentionGroups, shared / ranks, 'dense');
}
