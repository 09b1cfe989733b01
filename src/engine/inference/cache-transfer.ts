import type { Serving } from './serving';

/**
 * Time to move the cache of one token from a pool for prompts to a decoding replica.
 *
 *   t = S / (T · P · B · σ)
 *
 * S cache bytes per token, whole model [B] · T · P accelerators of a replica, each sending its share [1] · B scale-out network per
 * accelerator [B/s] · σ share of it that large messages reach [1]
 *
 * Leaves out: sending layer by layer while the prompt is still processed; pools within one scale-up domain.
 * Source: definition.
 */
export function transferSecondsPerToken(serving: Serving): number {
  const { device, tensorParallel, pipelineParallel, cacheBytesPerToken } = serving;
  const rate = device.scaleOut.bytesPerSecond * device.constants.scaleOut.bandwidthFraction;
  return cacheBytesPerToken / (tensorParallel * pipelineParallel * rate);
}

/**
 * What moving a cache takes whatever its size: t_0 + t_handover, the latency of the network and what both replicas and the router
 * take to agree on a place, poll each other and start the transfer [s].
 *
 * Source: t_handover fitted by tests/calibration/fit-inference.mjs.
 */
export function transferFixedSeconds({ device, constants }: Serving): number {
  return device.constants.scaleOut.baseSeconds + constants.handoverOverheadSeconds;
}

/**
 * Time to move the cache of a prompt: t = t_fixed + s · t_token, with t_fixed see transferFixedSeconds [s], s tokens of the prompt [1]
 * and t_token see transferSecondsPerToken [s].
 *
 * Leaves out: what transferSecondsPerToken leaves out; several prompts on one link. Source: definition.
 */
export function transferSeconds(serving: Serving, tokens: number): number {
  return transferFixedSeconds(serving) + tokens * transferSecondsPerToken(serving);
}
