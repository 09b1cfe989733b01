import type { ImageModel } from '../catalogue/types';
import { allToAllSeconds, linkFor } from '../hardware/collective';
import type { Device } from '../hardware/device';
import { BYTES_PER_GB } from '../units';

/** Accelerators that make one image together. */
export interface ImageSplit {
  /** that share the places or tokens of the image, by Ulysses or a ring */
  readonly sequence: number;
  /** that share the two evaluations of classifier-free guidance, 1 or 2 */
  readonly guidance: number;
  /** stages of the network, each busy with another patch of the image (PipeFusion) */
  readonly stages: number;
}

/** Accelerators of a split; 1 without one. */
export function imageParts(split: ImageSplit | undefined): number {
  return split === undefined ? 1 : split.sequence * split.guidance * split.stages;
}

/**
 * Time that accelerators that share an image's tokens spend on exchanging them, one evaluation of the denoiser by one of them.
 *
 *   t = 4 · L / (g · s) · all-to-all of V · x / (4 · L · u)
 *
 * V queries, keys, values and outputs of all attention at the reference [B] · x size over the reference [1] · L layers of
 * attention, four exchanges each [1] · u accelerators that share tokens, g that share evaluations, s stages [1]
 *
 * Leaves out: a ring's hiding behind attention, exchange between stages and of the guided latents, which is small.
 * Source: Jacobs et al. 2023, DeepSpeed Ulysses, https://arxiv.org/abs/2309.14509; Fang et al. 2024, xDiT,
 * https://arxiv.org/abs/2411.01738; from memory.
 */
export function imageExchangeSeconds(
  device: Device,
  model: ImageModel,
  scale: number,
  split: ImageSplit | undefined,
): number {
  if (split === undefined || split.sequence <= 1) return 0;
  const exchanges = 4 * model.attentionLayers.value;
  const whole = model.exchangedActivations.value * BYTES_PER_GB * scale;
  const link = linkFor(device, split.sequence, 1);
  const one = allToAllSeconds(whole / exchanges / split.sequence, split.sequence, link);
  return (exchanges * one) / (split.guidance * split.stages);
}
