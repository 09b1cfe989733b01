import type { Device } from '../hardware/device';
import type { ServingConstants } from './constants';

/** Products per byte of memory of the parts that shares were measured on [FLOP/B]. */
const usualUnit = 295;
/** What nothing but the matrix units themselves allows. */
const mostShare = 0.95;

/** What is asked about: a part, and products per byte of memory below which its matrix units are slow beside its memory. */
interface Units {
  readonly device: Device;
  readonly constants: Pick<ServingConstants, 'slowUnit'>;
}

function productsPerByte({ rates, memoryBytesPerSecond }: Device): number {
  const matrix = (rates.bf16 ?? rates.fp16)?.peakFlopPerSecond ?? Infinity;
  return matrix / memoryBytesPerSecond;
}

/**
 * Share of its peak that work reaches on matrix units which are slow beside everything around them.
 *
 *   a' = 1 / (1 / e + (1 / a − 1 / e) · ρ),   ρ = I / I_0
 *
 * a share that the same work reaches on usual parts, where loading operands, softmax and widening take the rest of the time [1] · e most
 * that matrix units reach [1] · I, I_0 products per byte of memory of the part and of the H100 that shares were measured on
 * [FLOP/B]: what takes the rest is as fast on both
 *
 * Parts of Apple and processors are left as they are: their shares were measured on themselves.
 *
 * Leaves out: vector units cut down as well.
 * Source: definition; Qwen3-235B over 131,072 tokens reaches 0.9 of the 16-bit peak on four H20, of which attention is five sixths:
 * https://github.com/lm-sys/lm-sys.github.io, blog/2026-01-15-chunked-pipeline.md, read 2026-11-29.
 */
export function reachedShare({ device, constants }: Units, share: number): number {
  const isOwn = device.family === 'apple' || device.family === 'cpu';
  const products = productsPerByte(device);
  if (isOwn || share <= 0 || share >= mostShare || products >= constants.slowUnit) return share;
  return 1 / (1 / mostShare + ((1 / share - 1 / mostShare) * products) / usualUnit);
}
