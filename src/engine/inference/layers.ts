import type { RecurrentMixer } from '../catalogue/types';
import { attentionParameters } from '../model/parameters';
import { expertSeconds, feedForwardSeconds } from './experts';
import { isBlockScaled, productSeconds } from './product';
import { recurrentLayers, recurrentProjectionSeconds } from './recurrent-layers';
import { isRoutingFused } from './routing';
import type { Serving } from './serving';

/** Matrix products of the attention of one layer: queries, keys and values at once, and the output. */
const attentionProducts = 2;
/** With a latent cache: down, up and absorbing products of queries, keys and values, and the output. */
const latentProducts = 5;
/** Matrix products of a dense feed-forward block. */
const feedForwardProducts = 2;

/**
 * Time of all matrix products of one pass over R rows, without the floors of the kernels.
 *
 *   t = L_a · (t_qkv + t_out) + L_r · t_r + L_d · t_ffn(f) + L_e · t_experts(R) + t_head(R_h)
 *
 * L_a, L_r, L_d, L_e layers with attention, with a recurrence, with a dense block, with experts [1] · t_r see
 * recurrentProjectionSeconds · f width of the dense block [1] · R_h rows that a next
 * token is chosen for [1]; each product is cut by the tensor-parallel degree and timed by productSeconds; where
 * attention runs in groups, the rows of attention and dense blocks are cut instead of their matrices
 *
 * Leaves out: the router, low-rank cuts of latent attention (its matrices count by size).
 * Source: definition of the architecture.
 */
export function matmulPassSeconds(serving: Serving, rows: number, headRows = rows): number {
  const { architecture, parameters, attentionGroups } = serving;
  const { layers, hidden } = architecture;
  const ownRows = rows / attentionGroups;
  const denseRanks = serving.tensorParallel / attentionGroups;
  const recurrent = recurrentLayers(serving);
  const dense =
    parameters.denseLayers === 0
      ? 0
      : parameters.denseLayers *
        feedForwardSeconds(serving, ownRows, architecture.ffn / denseRanks);
  const headWidth = parameters.outputHead / hidden / denseRanks;
  return (
    (layers - recurrent) * attentionProjectionSeconds(serving, ownRows, denseRanks) +
    recurrent * recurrentProjectionSeconds(serving, ownRows, denseRanks) +
    dense +
    (parameters.expertLayers === 0 ? 0 : parameters.expertLayers * expertSeconds(serving, rows)) +
    productSeconds(serving, 'head', headRows / attentionGroups, headWidth, hidden)
  );
}

/** Layers with latent attention. */
function latentLayers(serving: Serving): number {
  const { layers, latentAttention } = serving.architecture;
  return latentAttention ? layers - recurrentLayers(serving) : 0;
}

/** Kernels for selecting the tokens of sparse attention over those of a dense layer. */
const sparseLaunches = 1;

/**
 * Launching the kernels of a pass that was not captured beforehand, one by one.
 *
 *   t = t_launch · (L + e · L_e + m · L_m + L_s)
 *
 * t_launch launching those of a dense layer [s] · L layers, L_e with experts, whose routing and grouping take e times as many
 * kernels more, L_m with latent attention, whose low-rank products and rearranging take m times as many more, L_s with selected tokens, whose indexer
 * takes as many again as a dense layer [1]
 *
 * Leaves out: kernels fused across a layer. Source: counted in traces of eager engines (from memory).
 */
export function launchSeconds(serving: Serving): number {
  const { architecture, parameters, constants } = serving;
  const { layers } = architecture;
  const latent = latentLayers(serving);
  const { sparse, pooled } = architecture.latentAttention ?? {};
  const selecting = sparse ? (pooled?.fine.layers ?? latent) : 0;
  return (
    constants.promptLayerOverheadSeconds *
    (layers +
      constants.expertLaunches * parameters.expertLayers +
      constants.latentLaunches * latent +
      sparseLaunches * selecting)
  );
}

/**
 * Launching the kernels of prompts: those of launchSeconds, fewer where an engine has captured them layer by layer, and those of
 * recurrences, which are launched by themselves as attention is.
 *
 *   t = γ · t_launch + r · L_s · t_layer
 *
 * γ share that is left: attention and exchanges are launched by themselves, the rest of a layer at once [1]; 1 where attention runs
 * in groups or over selected tokens, where a model is cut into stages, and where prompts have replicas of their own · L_s layers that
 * scan a prompt in chunks by the delta rule, others half [1]: convolution, gates and steps within and between chunks take r times as many kernels more as
 * a dense layer [1] · t_layer launching those of a dense layer [s]
 *
 * Leaves out: prompts of more tokens than were captured, whose kernels take longer than launching them; a short convolution.
 * Source: chunk_gated_delta_rule of https://github.com/fla-org/flash-linear-attention and the chunk scan of
 * https://github.com/state-spaces/mamba, nine and five kernels, in both engines (from memory); SGLang, docs/advanced_features/piecewise_cuda_graph.md at 1e52b9b, "Compatibility",
 * https://github.com/sgl-project/sglang, read 2026-11-30.
 */
export function promptLaunchSeconds(serving: Serving): number {
  const { constants, architecture, attentionGroups, pipelineParallel } = serving;
  const isTogether = attentionGroups === 1 && pipelineParallel === 1;
  const isSelected = architecture.latentAttention?.sparse !== undefined;
  const isPooled = serving.promptPoolBusyShare !== undefined;
  const isCaptured = isTogether && !isSelected && !isPooled;
  const recurrent = constants.recurrentLaunches * scanningLayers(serving);
  return (
    launchSeconds(serving) * (isCaptured ? constants.capturedLaunch : 1) +
    recurrent * constants.promptLayerOverheadSeconds
  );
}

/** Kernels of a scan in chunks over those of the delta rule: nine for that, five for others; a short convolution is no scan. */
const scanKernels: Readonly<Record<RecurrentMixer['kind'], number>> = {
  'gated-delta': 1,
  'kimi-delta': 1,
  mamba: 0.5,
  'mamba-2': 0.5,
  lightning: 0.5,
  'short-convolution': 0,
};

/** Layers that scan a prompt in chunks, counted by their kernels. */
function scanningLayers(serving: Serving): number {
  const { recurrentMixer } = serving.architecture;
  return recurrentMixer ? scanKernels[recurrentMixer.kind] * recurrentLayers(serving) : 0;
}

/** Experts per token of most models whose smallest blocks were timed. */
const usualExpertsPerToken = 8;

/**
 * Floors of the kernels of one pass and the gaps between them.
 *
 *   t = φ · (L · (n_a · t_m + t_a + t_layer) + L_d · n_f · t_m + L_e · (t_e + n_f · t_b)) + L_m · (t_latent + t_sparse + t_pooled) + L_e · t_routing + L · C · t_C
 *
 * φ share of the floors that is left where each kernel starts before the last one has ended [1] · L layers, L_d those with a dense block, L_e with experts, L_m with latent attention · n_a, n_f matrix products of attention (2 of a recurrence) and of a dense block [1] · t_m, t_a, t_e smallest matrix product, attention and block of
 * eight experts, of fewer per token as much less: they are chosen one after the other and each has tiles of its own [s] · t_layer norms, activation and gaps, by serving engine [s] · t_latent operators of latent attention by themselves, t_sparse choosing the tokens of sparse attention, in the layers that do, t_pooled pooling tokens and mixing residual streams, t_routing choosing experts where no kernel does it, see isRoutingFused [s] · C cores of one processor that wait for each other, t_C that of each of them [s] ·
 * t_b quantising activations in blocks, within t_m as well, 0 where weights are not scaled so [s]
 *
 * Leaves out: kernels that run beside each other.
 * Source: floors fitted by tests/calibration/fit-serving-kernels.mjs to the operator timings of ai-dynamo/aiconfigurator, commit
 * 095f58a, read 2026-11-25; t_layer, φ by tests/calibration/fit-inference.mjs; early starts: programmatic dependent launch, CUDA
 * Programming Guide, parts of compute capability 9.0 on (from memory).
 */
export function passOverheadSeconds(serving: Serving): number {
  const { constants, architecture, parameters, device } = serving;
  const { layers, latentAttention } = architecture;
  const latent = latentLayers(serving);
  const indexed = latentAttention?.pooled?.fine.layers ?? latent;
  const scaling = isBlockScaled(serving) ? constants.blockScaleFloorSeconds : 0;
  const product =
    serving.elementBytes.weight < 2 && !serving.isWidened
      ? constants.narrowMatmulFloorSeconds + scaling
      : constants.matmulFloorSeconds;
  const products = latent * latentProducts + (layers - latent) * attentionProducts;
  const projection = serving.hasWideAttention ? constants.matmulFloorSeconds : product;
  const kernels =
    products * projection +
    layers * (constants.attentionFloorSeconds + constants.layerOverheadSeconds);
  const apart =
    latent * constants.latentFloorSeconds +
    (latentAttention?.sparse ? indexed * constants.sparseFloorSeconds : 0) +
    (latentAttention?.pooled ? latent * constants.pooledFloorSeconds : 0) +
    (isRoutingFused(architecture) ? 0 : parameters.expertLayers * constants.routingFloorSeconds) +
    layers * (device.cores ?? 0) * constants.threadBarrierSeconds;
  const perToken = architecture.mixtureOfExperts?.expertsPerToken ?? 0;
  const experts =
    Math.min(1, perToken / usualExpertsPerToken) *
    (serving.computePrecision === 'fp4'
      ? constants.fourBitExpertFloorSeconds
      : constants.expertFloorSeconds);
  const floors =
    kernels +
    parameters.denseLayers * feedForwardProducts * product +
    parameters.expertLayers * (experts + feedForwardProducts * scaling);
  return constants.floorShare * floors + apart;
}

function attentionProjectionSeconds(serving: Serving, rows: number, ranks: number): number {
  const { architecture } = serving;
  const { hidden, heads, headDim, keyValueHeads, latentAttention, hasAttentionGate } = architecture;
  if (latentAttention) {
    const width = attentionParameters(architecture) / hidden / 2 / ranks;
    return (
      productSeconds(serving, 'attention', rows, width, hidden) +
      productSeconds(serving, 'attention', rows, hidden, width)
    );
  }
  const queryWidth = (heads * headDim) / ranks;
  const inward = hasAttentionGate ? 2 * queryWidth : queryWidth;
  const cacheWidth = (keyValueHeads / Math.min(ranks, keyValueHeads)) * headDim;
  return (
    productSeconds(serving, 'attention', rows, inward + 2 * cacheWidth, hidden) +
    productSeconds(serving, 'attention', rows, hidden, queryWidth)
  );
}
