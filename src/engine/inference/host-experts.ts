import type { Architecture } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { blend } from '../hardware/matmul';

/** Processors of the host that keep the routed experts in their memory and multiply them, in SI units. */
export interface HostProcessor {
  readonly bytesPerSecond: number;
  readonly flopPerSecond: number;
  /** how gradually one bound gives way to the other */
  readonly overlapExponent: number;
}

/**
 * The host's processors as a device of the catalogue: s sockets, each reading its own memory (weights are kept once per socket)
 * and multiplying in its widest vector units, as kernels for quantised weights do.
 */
export function hostProcessor(
  device: Device,
  sockets: number,
  streamShare: number,
): HostProcessor | null {
  const rate = device.rates.fp32;
  if (rate === undefined) return null;
  const share = Math.min(1, device.constants.matmulMemoryFraction * streamShare);
  return {
    bytesPerSecond: sockets * device.memoryBytesPerSecond * share,
    flopPerSecond: sockets * rate.achievableFlopPerSecond,
    overlapExponent: device.constants.overlapExponent,
  };
}

/**
 * Time of the routed experts of one layer over R rows where the host's processors multiply them, out of their own memory.
 *
 *   t = ( (R · K · 2 g h f / A)^p + (E_t · g h f · w / B)^p )^(1/p)
 *
 * K experts per token, E_t experts touched, see expertsTouched [1] · g matrices, 3 where gated [1] · h hidden width, f width of an
 * expert [1] · w bytes per weight · A, B achievable rate [FLOP/s] and memory bandwidth [B/s] of the processors
 *
 * Leaves out: rows crossing the host bus, experts deferred to the next layer.
 * Source: definition; kept there by KTransformers, https://github.com/kvcache-ai/ktransformers (from memory).
 */
export function hostExpertSeconds(
  host: HostProcessor,
  { hidden, isGated, mixtureOfExperts }: Architecture,
  weightBytes: number,
  rows: number,
  touched: number,
): number {
  if (mixtureOfExperts === null) return 0;
  const matrices = (isGated ? 3 : 2) * hidden * mixtureOfExperts.expertFfn;
  return blend(
    (2 * rows * mixtureOfExperts.expertsPerToken * matrices) / host.flopPerSecond,
    (touched * matrices * weightBytes) / host.bytesPerSecond,
    host.overlapExponent,
  );
}
