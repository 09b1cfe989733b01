import { matmulBusySeconds } from '../hardware/matmul';
import type { Serving } from './serving';

/** Kernels of one layer that are matrix products or attention, each with the floor of a kernel. */
const kernelsPerLayer = 5;

/**
 * Time of all matrix products of one pass over R rows, without the floors of the kernels.
 *
 *   t = L · (t_qkv + t_out) + L_d · t_ffn(f) + L_e · (E_t · i · t_ffn(R·K/E_t, f_e) + t_ffn(f_s)) + t_head
 *
 * L, L_d, L_e layers, those with a dense block, those with experts [1] · E_t experts touched, E · (1 − (1 − K/E)^R) [1] ·
 * K experts per token [1] · f, f_e, f_s widths of the dense block, one expert, the shared experts [1] · i load imbalance [1];
 * each product is cut by the tensor-parallel degree and timed by matmulSeconds
 *
 * Leaves out: the router, low-rank cuts of latent attention (its matrices count by size).
 * Source: definition of the architecture; experts touched: expected number of distinct experts under uniform routing.
 */
export function matmulPassSeconds(serving: Serving, rows: number): number {
  const { architecture, parameters } = serving;
  const { layers, hidden } = architecture;
  const feedForward =
    parameters.denseLayers * feedForwardSeconds(serving, rows, architecture.ffn) +
    parameters.expertLayers * expertSeconds(serving, rows);
  return layers * attentionProjectionSeconds(serving, rows) + feedForward + headSeconds();

  function headSeconds(): number {
    const perRank = parameters.outputHead / hidden / serving.tensorParallel;
    return matmulBusySeconds(serving.device, 'bf16', rows, perRank, hidden);
  }
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

function attentionProjectionSeconds(serving: Serving, rows: number): number {
  const { architecture, parameters, device, weightPrecision, tensorParallel } = serving;
  const { hidden, heads, headDim, keyValueHeads, latentAttention } = architecture;
  if (latentAttention) {
    const width = parameters.attentionPerLayer / hidden / 2 / tensorParallel;
    const half = matmulBusySeconds(device, weightPrecision, rows, width, hidden);
    return half + matmulBusySeconds(device, weightPrecision, rows, hidden, width);
  }
  const queryWidth = (heads * headDim) / tensorParallel;
  const cacheWidth = (keyValueHeads / Math.min(tensorParallel, keyValueHeads)) * headDim;
  return (
    matmulBusySeconds(device, weightPrecision, rows, queryWidth + 2 * cacheWidth, hidden) +
    matmulBusySeconds(device, weightPrecision, rows, hidden, queryWidth)
  );
}

function feedForwardSeconds(serving: Serving, rows: number, width: number): number {
  const { architecture, device, weightPrecision, tensorParallel } = serving;
  const perRank = width / tensorParallel;
  const upWidth = architecture.isGated ? 2 * perRank : perRank;
  return (
    matmulBusySeconds(device, weightPrecision, rows, upWidth, architecture.hidden) +
    matmulBusySeconds(device, weightPrecision, rows, architecture.hidden, perRank)
  );
}

function expertSeconds(serving: Serving, rows: number): number {
  const experts = serving.architecture.mixtureOfExperts;
  if (experts === null) return 0;
  const touched = expertsTouched(experts.experts, experts.expertsPerToken, rows);
  const rowsPerExpert = Math.max(1, (rows * experts.expertsPerToken) / touched);
  const routed =
    touched *
    serving.constants.expertImbalance *
    feedForwardSeconds(serving, rowsPerExpert, experts.expertFfn);
  const shared = experts.sharedExperts * experts.expertFfn;
  return shared === 0 ? routed : routed + feedForwardSeconds(serving, rows, shared);
}
