import { blend } from '../hardware/matmul';
import { expertWidth } from '../model/parameters';
import { hostExpertSeconds } from './host-experts';
import {
  arithmeticRate,
  movedWeightBytes,
  productSeconds,
  readingSeconds,
  weightBytesPerSecond,
} from './product';
import type { Serving } from './serving';

/**
 * Expected number of distinct experts that R rows are routed to, each row to K of E.
 *
 *   E_t = K + (E − K) · (1 − (1 + k · (R − 1) / a)^(−a)),   k = −ln(1 − K / E)
 *
 * a how even the popularity of experts is, the shape of a gamma distribution [1]; where all are as popular, a → ∞, this is
 * E · (1 − (1 − K/E)^R)
 *
 * Leaves out: other popularity by layer and by text.
 * Source: mixture of the expectation over popularity; a fitted by tests/calibration/fit-inference.mjs, since steps of tens of rows read
 * fewer experts than even routing would touch.
 */
export function expertsTouched(
  experts: number,
  expertsPerToken: number,
  rows: number,
  evenness = Infinity,
): number {
  const missed = 1 - expertsPerToken / experts;
  if (rows <= 1 || evenness === Infinity || missed <= 0) return experts * (1 - missed ** rows);
  const further = -Math.log(missed) * (rows - 1);
  const untouched = (1 + further / evenness) ** -evenness;
  return expertsPerToken + (experts - expertsPerToken) * (1 - untouched);
}

/** Rows on the busiest of e accelerators over the mean: 1 on one, i on very many. */
export function rowImbalance(serving: Serving): number {
  const { constants, expertParallel } = serving;
  return 1 + (constants.expertImbalance - 1) * (1 - 1 / expertParallel);
}

/**
 * Time of the experts of one layer over R rows, without the floor of the block.
 *
 *   t = ( (R · K / e · i · 2 g h f / t / (A · c))^p + ((E_t / e · g h f / t · w + R · K / e · i · q · 2 h + b_o) / (σ · β · B · s))^p )^(1/p) + t_shared + t_latent
 *
 * K experts per token [1] · E_t experts touched, see expertsTouched [1] · e accelerators that whole experts are spread over,
 * t ones that cut each expert [1] · i rows of the busiest accelerator over the mean [1] · g matrices, 3 where gated [1] · h hidden
 * width, or the latent one that experts work in, t_latent projecting to it and back [s], f width of an expert [1] · w bytes per weight · q how often a row's activations are moved [1], b_o what is moved for experts of other ranks, see foreignBytes [B] · A achievable rate
 * [FLOP/s] · c grouped over dense products, less where weights are widened in them [1] · β · B · s speed of reading dense weights, see productSeconds [B/s] · σ that of experts over it [1]; weights are read evenly
 * because every accelerator holds as many experts
 *
 * Static graphs, which cannot know where rows are routed, compute all rows in all experts once as many could be needed (forward_all_experts
 * of neuronx-distributed, https://github.com/aws-neuron/neuronx-distributed, from memory).
 *
 * Leaves out: the router, padding of small groups, replicas of busy experts.
 * Source: form and constants fitted by tests/calibration/fit-serving-kernels.mjs to the mixture-of-experts timings of
 * ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation & Affiliates), commit 095f58a, read 2026-11-25.
 */
export function expertSeconds(serving: Serving, rows: number): number {
  const { architecture, constants, device, tensorParallel, attentionGroups } = serving;
  const experts = architecture.mixtureOfExperts;
  if (experts === null) return 0;
  const { expertParallel, hostExperts } = serving;
  const shared = experts.sharedFfn ?? experts.sharedExperts * experts.expertFfn;
  const ranks = tensorParallel / attentionGroups;
  const ownShared =
    shared === 0 ? 0 : feedForwardSeconds(serving, rows / attentionGroups, shared / ranks);
  const distinct = expertsTouched(
    experts.experts,
    experts.expertsPerToken,
    rows,
    constants.expertEvenness,
  );
  if (hostExperts !== undefined) {
    const all = Math.max(1, distinct);
    const weight = serving.elementBytes.weight;
    return hostExpertSeconds(hostExperts, architecture, weight, rows, all) + ownShared;
  }
  const touched = distinct / expertParallel;
  const width = (experts.expertFfn * expertParallel) / tensorParallel;
  const inner = expertWidth(architecture);
  const matrices = (architecture.isGated ? 3 : 2) * inner * width;
  const isAll = constants.compiledRequests > 0 && rows * experts.expertsPerToken >= experts.experts;
  const busiest = isAll
    ? (rows * experts.experts) / expertParallel
    : ((rows * experts.expertsPerToken) / expertParallel) * rowImbalance(serving);
  const weights = Math.max(1, touched) * matrices;
  const moved =
    weights * movedWeightBytes(serving) +
    busiest * (constants.expertTraffic * 2 * inner) +
    foreignBytes(serving, rows * experts.expertsPerToken, experts.expertFfn, inner);
  const stream =
    weightBytesPerSecond(serving) *
    constants.expertStream *
    (serving.isWidened ? constants.dequantisation : 1);
  const share = constants.expertShare * (serving.isWidened ? constants.widenedExpertShare : 1);
  const routed = blend(
    (2 * busiest * matrices) / (arithmeticRate(serving) * share),
    readingSeconds(serving, moved / stream, weights),
    device.constants.overlapExponent,
  );
  return routed + ownShared + latentProjectionSeconds(serving, rows / attentionGroups, ranks);
}

/**
 * Bytes that a rank moves for experts that other ranks hold, where tokens were gathered and kernels go through all choices of all
 * tokens: zeros for both products, quantising them between, and adding them up.
 *
 *   b = R · K · (1 − 1 / e) · (7 f + 4 h)
 *
 * R · K choices of experts [1] · e ranks with experts of their own [1] · f width of an expert: 2 f written in 16 bits, f read in 16 and written in 8 [1] ·
 * h width that experts work in, written and read in 16 bits [1]
 *
 * Source: fused_moe_triton of SGLang and vLLM, write_zeros_to_output where an expert is not a rank's own and the sum over all experts
 * of a token after it (from memory); kernels for Blackwell pass over such choices.
 */
function foreignBytes(
  { gathersTokens, constants, expertParallel }: Serving,
  routed: number,
  width: number,
  inner: number,
): number {
  if (!gathersTokens || expertParallel <= 1 || constants.writesForeignRows === 0) return 0;
  return routed * (1 - 1 / expertParallel) * (7 * width + 4 * inner);
}

/** Time of projecting tokens to the width that the routed experts work in, and back; none where that is the hidden one. */
function latentProjectionSeconds(serving: Serving, rows: number, ranks: number): number {
  const { hidden, mixtureOfExperts } = serving.architecture;
  const width = mixtureOfExperts?.latentWidth;
  if (width === undefined) return 0;
  return (
    productSeconds(serving, 'dense', rows, width / ranks, hidden) +
    productSeconds(serving, 'dense', rows, hidden, width / ranks)
  );
}

/** Time of one dense feed-forward block of that width, or of the shared experts. */
export function feedForwardSeconds(serving: Serving, rows: number, width: number): number {
  const { hidden, isGated } = serving.architecture;
  const upWidth = isGated ? 2 * width : width;
  return (
    productSeconds(serving, 'dense', rows, upWidth, hidden) +
    productSeconds(serving, 'dense', rows, hidden, width)
  );
}
