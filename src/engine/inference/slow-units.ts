import type { Device } from '../hardware/device';

/** Products per byte of memory below which matrix units are slow beside their memory, and those of parts that shares were measured on [FLOP/B]. */
const slowUnit = 60;
const usualUnit = 295;
/** What nothing but the matrix units themselves allows. */
const mostShare = 0.95;

/** Whether the matrix units of a part are slow beside its memory, so that nothing else holds them back (H20, Apple). */
export function hasSlowUnits({ rates, memoryBytesPerSecond }: Device): boolean {
  const matrix = (rates.bf16 ?? rates.fp16)?.peakFlopPerSecond ?? Infinity;
  return matrix < slowUnit * memoryBytesPerSecond;
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
export function reachedShare(device: Device, share: number): number {
  const isOwn = device.family === 'apple' || device.family === 'cpu';
  if (isOwn || share <= 0 || share >= mostShare || !hasSlowUnits(device)) return share;
  const matrix = (device.rates.bf16 ?? device.rates.fp16)?.peakFlopPerSecond ?? 0;
  const slowness = matrix / device.memoryBytesPerSecond / usualUnit;
  return 1 / (1 / mostShare + (1 / share - 1 / mostShare) * slowness);
}
