import { layerKinds } from '../model/layer-kinds';
import { recurrentSize } from '../model/recurrent-mixer';
import { productSeconds } from './product';
import type { Serving } from './serving';
import { reachedShare } from './slow-units';

/** Layers that have a recurrence whose widths are known; where they are not, they count as layers with attention. */
export function recurrentLayers({ architecture }: Serving): number {
  return architecture.recurrentMixer ? layerKinds(architecture).recurrent : 0;
}

/**
 * Time of the matrix products of one recurrent layer over R rows, without the floors of the kernels.
 *
 *   t = t_in(R, c_in / T) + t_out(R, c_out / T)
 *
 * c_in, c_out columns into the layer and rows out of it, see recurrentSize [1] · T accelerators that share them [1] · t_in, t_out see
 * productSeconds
 *
 * Leaves out: small projections inside the layer. Source: definition of the architecture.
 */
export function recurrentProjectionSeconds(serving: Serving, rows: number, ranks: number): number {
  const { recurrentMixer, hidden } = serving.architecture;
  if (!recurrentMixer) return 0;
  const { inward, outward } = recurrentSize(recurrentMixer);
  return (
    productSeconds(serving, 'attention', rows, inward / ranks, hidden) +
    productSeconds(serving, 'attention', rows, hidden, outward / ranks)
  );
}

/**
 * Time of the recurrences of all layers over prompts of s tokens.
 *
 *   t = n · s · L_r · ( C / (a · P) + 2 · q · (c_in + c_out) / (σ · M) ) / T
 *
 * n prompts · L_r recurrent layers [1] · C operations of one token, see recurrentSize [FLOP] · a, P, q, M, σ, T as in
 * promptAttentionSeconds · c_in, c_out columns that the kernels of convolution and recurrence read and write [1]
 *
 * Leaves out: the quadratic work inside the chunks in which kernels run the recurrence. Source: definition.
 */
export function recurrencePromptSeconds(
  serving: Serving,
  prompts: number,
  promptTokens: number,
): number {
  const { device, architecture, constants, tensorParallel } = serving;
  const { recurrentMixer } = architecture;
  const peak = (device.rates.bf16 ?? device.rates.fp16)?.peakFlopPerSecond ?? 0;
  if (!recurrentMixer) return 0;
  const { inward, outward, recurrenceFlop } = recurrentSize(recurrentMixer);
  const moved = 2 * constants.attentionTraffic * (inward + outward);
  const perToken =
    recurrenceFlop / (reachedShare(serving, constants.attentionShare) * peak) +
    moved / (device.memoryBytesPerSecond * constants.cacheStream);
  return (prompts * promptTokens * recurrentLayers(serving) * perToken) / tensorParallel;
}
