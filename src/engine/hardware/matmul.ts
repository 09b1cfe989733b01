import type { Precision } from '../catalogue/types';
import type { Device } from './device';

const storedBytes: Readonly<Record<Precision, number>> = {
  fp64: 8,
  fp32: 4,
  tf32: 4,
  bf16: 2,
  fp16: 2,
  fp8: 1,
  int8: 1,
  // 4-bit values in blocks of 16 that share an 8-bit scale
  fp4: 0.5625,
};

/**
 * Time of one matrix product [m, k] · [k, n].
 *
 *   t = t₀ + ( (2k(mn + ε) / A)^p + (bytes / (β · B))^p )^(1/p),   bytes = w · (mk + kn) + 2 · mn
 *
 * A achievable rate [FLOP/s]: the part's measured matrix ceiling times the share ordinary shapes reach, else its dense
 * peak times the share measured on other parts · w bytes per stored operand · B memory bandwidth [B/s] ·
 * β share of it that operand streaming reaches · t₀ time of the smallest kernel [s] ·
 * p how sharply memory and compute bound meet · ε results that units compute for nothing in the last round of tiles, where
 * training counts them [1]. The product at which half of A is reached has about t₀ · A / 2 multiply–adds.
 *
 * Leaves out: which tiles a library chooses, clocks that fall under power limits, the gap between kernels.
 * Source: constants fitted to the operator timings of ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation &
 * Affiliates), commit 095f58a, https://github.com/ai-dynamo/aiconfigurator, read 2026-11-23; form: Williams et al. 2009,
 * Roofline, https://doi.org/10.1145/1498765.1498785 (from memory), with a smooth corner.
 */
export function matmulSeconds(
  device: Device,
  precision: Precision,
  m: number,
  n: number,
  k: number,
): number {
  return device.constants.kernelFloorSeconds + matmulBusySeconds(device, precision, m, n, k);
}

/**
 * As matmulSeconds without the floor of a kernel: for products that follow one another in one fused kernel. The result moves
 * `resultBytes` per element: two where it is written in 16 bits, eight where it is added to a sum kept in 32 bits.
 */
export function matmulBusySeconds(
  device: Device,
  precision: Precision,
  m: number,
  n: number,
  k: number,
  resultBytes = 2,
): number {
  const rate = device.rates[precision];
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const { matmulMemoryFraction, overlapExponent } = device.constants;
  const results = m * n + (device.idleTileElements ?? 0);
  const computeSeconds = (2 * results * k) / rate.achievableFlopPerSecond;
  const movedBytes = storedBytes[precision] * k * (m + n) + resultBytes * m * n;
  const memorySeconds = movedBytes / (device.memoryBytesPerSecond * matmulMemoryFraction);
  return blend(computeSeconds, memorySeconds, overlapExponent);
}

/** Rate of one matrix product of that shape, 2mnk over its time, in FLOP/s; see matmulSeconds. */
export function matmulFlopPerSecond(
  device: Device,
  precision: Precision,
  m: number,
  n: number,
  k: number,
): number {
  return (2 * m * n * k) / matmulSeconds(device, precision, m, n, k);
}

/** The p-norm of two times: their sum at p = 1, the longer of them as p grows. */
export function blend(first: number, second: number, exponent: number): number {
  if (exponent === 2) return hypotenuse(first, second);
  return (first ** exponent + second ** exponent) ** (1 / exponent);
}

/** The same number as Math.hypot gives for two times, which takes twice as long for taking any number of them. */
function hypotenuse(first: number, second: number): number {
  const longer = Math.max(first, second);
  if (longer === 0 || longer === Number.POSITIVE_INFINITY) return longer;
  const ratio = Math.min(first, second) / longer;
  return longer * Math.sqrt(1 + ratio * ratio);
}
