import { blend } from '../hardware/matmul';
import type { Serving } from './serving';

/** Which weights a product multiplies: the output head is kept and multiplied in 16 bits. */
export type ProductKind = 'dense' | 'head';

/**
 * Time of one matrix product [m, k] · [k, n] of a served model, without the floor of a kernel.
 *
 *   t = ( (2mnk / (A · c))^p + ((w · kn + a · mk + 2 · mn) / (β · B · s))^p )^(1/p)
 *
 * A, β, B, p as in matmulSeconds · w, a bytes moved per weight, see movedWeightBytes, and per activation [B] · c, s arithmetic and speed of reading
 * weights over the general kernels, for this software on this family of accelerators [1]: s less for 4-bit weights, and for
 * weights that are widened before they are multiplied
 *
 * Leaves out: tile and wave quantisation.
 * Source: as matmulSeconds; s of the parts with measured kernels from tests/calibration/fit-serving-kernels.mjs, the rest
 * from tests/calibration/fit-inference.mjs.
 */
export function productSeconds(
  serving: Serving,
  kind: ProductKind,
  m: number,
  n: number,
  k: number,
): number {
  const isHead = kind === 'head';
  const isWidened = serving.isWidened && !isHead;
  const weightBytes = isHead
    ? Math.min(2, 2 * serving.elementBytes.weight)
    : movedWeightBytes(serving);
  const activationBytes = isWidened || isHead ? 2 : Math.min(2, serving.elementBytes.weight);
  const moved = weightBytes * k * n + activationBytes * m * k + 2 * m * n;
  const stream =
    weightBytesPerSecond(serving) * (isHead ? 1 : narrowShare(serving, serving.constants));
  return blend(
    (2 * m * n * k) / arithmeticRate(serving, isHead),
    moved / stream,
    serving.device.constants.overlapExponent,
  );
}

/** Bytes moved for a weight: those stored, and writing and reading it in 16 bits where it is widened in a pass of its own. */
export function movedWeightBytes({ elementBytes, isWidened, constants }: Serving): number {
  return elementBytes.weight + (isWidened && constants.widensApart > 0 ? 2 * 2 : 0);
}

/** FLOP/s of large products in the precision that weights, or the output head, are multiplied in. */
export function arithmeticRate(serving: Serving, isHead = false): number {
  const { device, constants, computePrecision } = serving;
  const rate = device.rates[isHead ? 'bf16' : computePrecision] ?? device.rates.fp16;
  return rate === undefined ? 0 : rate.achievableFlopPerSecond * constants.computeShare;
}

/** Speed of reading weights of the format served, over plain ones. */
export function narrowShare(
  { isWidened, computePrecision }: Serving,
  { dequantisation, fourBitStream, widensApart }: Serving['constants'],
): number {
  if (isWidened) return widensApart > 0 ? 1 : dequantisation;
  return computePrecision === 'fp4' ? fourBitStream : 1;
}

function weightBytesPerSecond({ device, constants }: Serving): number {
  const share = device.constants.matmulMemoryFraction * constants.weightStream;
  return device.memoryBytesPerSecond * Math.min(1, share);
}
