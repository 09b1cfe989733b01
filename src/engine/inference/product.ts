import { blend } from '../hardware/matmul';
import type { Serving } from './serving';
import { reachedShare } from './slow-units';

/** Which weights a product multiplies: the output head is kept and multiplied in 16 bits, attention where it is kept wide. */
export type ProductKind = 'dense' | 'attention' | 'head';

/**
 * Time of one matrix product [m, k] · [k, n] of a served model, without the floor of a kernel.
 *
 *   t = ( (2mnk / (A · c))^p + t_read^p )^(1/p),   t_read = (w · kn + a · mk + 2 · mn) / (β · B · s), see readingSeconds
 *
 * A, β, B, p as in matmulSeconds · w, a bytes moved per weight, see movedWeightBytes, and per activation [B] · c, s arithmetic and speed of reading
 * weights over the general kernels, for this software on this family of accelerators [1]: s less for 4-bit weights, and both for
 * weights that are widened before they are multiplied, in kernels that feed the matrix units from registers
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
  const isWide = kind === 'head' || (kind === 'attention' && serving.hasWideAttention);
  const isWidened = serving.isWidened && !isWide;
  const wideBytes = kind === 'head' ? Math.min(2, 2 * serving.elementBytes.weight) : 2;
  const weightBytes = isWide ? wideBytes : movedWeightBytes(serving);
  const activationBytes = isWidened || isWide ? 2 : Math.min(2, serving.elementBytes.weight);
  const moved = weightBytes * k * n + activationBytes * m * k + 2 * m * n;
  const stream =
    weightBytesPerSecond(serving) * (isWide ? 1 : narrowShare(serving, serving.constants));
  const widened = isWide ? 0 : k * n;
  return blend(
    (2 * m * n * k) /
      (arithmeticRate(serving, isWide) * (isWidened ? serving.constants.widenedShare : 1)),
    readingSeconds(serving, moved / stream, widened),
    serving.device.constants.overlapExponent,
  );
}

/**
 * Time of reading weights, or of widening them in the vector units beside it where that is longer.
 *
 *   t = ( t_read^p + (N · u / V)^p )^(1/p)
 *
 * t_read reading them [s] · N weights that are widened [1] · u work on each of them [FLOP] · V see vectorRate [FLOP/s] · p as in
 * productSeconds
 *
 * Leaves out: formats that take more work than others of the same software.
 * Source: single-stream decoding with llama.cpp and MLX on parts that differ in arithmetic over bandwidth, in
 * tests/calibration/measurements: 4-bit weights reach 0.8 of the bandwidth of an RTX 4090 and 0.4 of that of an M1 Max.
 */
export function readingSeconds(serving: Serving, readSeconds: number, weights: number): number {
  const { isWidened, constants, device } = serving;
  const work = isWidened ? constants.wideningWork * weights : 0;
  if (work === 0) return readSeconds;
  const rate = vectorRate(serving);
  if (rate === 0) return readSeconds;
  return blend(readSeconds, work / rate, device.constants.overlapExponent);
}

/**
 * Rate of the vector units [FLOP/s]: their 32-bit peak, or an eighth of the 16-bit peak of the matrix units where that is more,
 * since parts with wide matrix units have as many lanes for integers as others but fewer for 32-bit floats.
 */
export function vectorRate({ device }: Serving): number {
  const { fp32: vector, fp16: matrix } = device.rates;
  return Math.max(vector?.peakFlopPerSecond ?? 0, (matrix?.peakFlopPerSecond ?? 0) / 8);
}

/** Bytes moved for a weight: those stored, and writing and reading it in 16 bits where it is widened in a pass of its own. */
export function movedWeightBytes({ elementBytes, isWidened, constants }: Serving): number {
  return elementBytes.weight + (isWidened && constants.widensApart > 0 ? 2 * 2 : 0);
}

/** FLOP/s of large products in the precision that weights, or those kept in 16 bits, are multiplied in. */
export function arithmeticRate(serving: Serving, isWide = false): number {
  const { device, constants, computePrecision } = serving;
  // Software that widens weights in vector units multiplies on a processor in them, too, not in its matrix units.
  const isByVectors = device.family === 'cpu' && constants.wideningWork > 0;
  const own = isByVectors ? device.rates.fp32 : device.rates[isWide ? 'bf16' : computePrecision];
  const rate = own ?? device.rates.fp16;
  if (rate === undefined) return 0;
  const scaled = !isWide && isBlockScaled(serving) ? constants.blockScaleShare : 1;
  const { peakFlopPerSecond: peak, achievableFlopPerSecond: usual } = rate;
  // What scaling, routing and widening cost is the same on all units: only the products themselves gain on slow ones.
  const reached = (usual / peak) * constants.computeShare;
  const gain = reachedShare(serving, reached) / reached;
  return usual * constants.computeShare * scaled * gain;
}

/**
 * Whether 8-bit weights come with a scale for every block of 128 × 128, so that activations are quantised in blocks of 128 before each
 * product: the published checkpoints of models with many experts (DeepSeek, Qwen3, GLM, Kimi, MiniMax).
 */
export function isBlockScaled({
  architecture,
  weightPrecision,
  computePrecision,
  constants,
}: Serving): boolean {
  const experts = architecture.mixtureOfExperts?.experts ?? 0;
  return (
    experts > constants.blockScaleExperts && weightPrecision === 'fp8' && computePrecision === 'fp8'
  );
}

/** Speed of reading weights of the format served, over plain ones. */
export function narrowShare(
  { isWidened, computePrecision }: Serving,
  { dequantisation, fourBitStream, widensApart }: Serving['constants'],
): number {
  if (isWidened) return widensApart > 0 ? 1 : dequantisation;
  return computePrecision === 'fp4' ? fourBitStream : 1;
}

/** Speed of reading plain weights of dense products [B/s]. */
export function weightBytesPerSecond({ device, constants, tensorParallel }: Serving): number {
  const isAcross = device.family === 'cpu' && tensorParallel > 1;
  const share =
    device.constants.matmulMemoryFraction *
    constants.weightStream *
    (isAcross ? constants.acrossSockets : 1);
  return device.memoryBytesPerSecond * Math.min(1, share);
}
