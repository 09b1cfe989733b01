import type { Precision } from '../catalogue/types';

const bitsPerElement: Readonly<Record<Precision, number>> = {
  fp64: 64,
  fp32: 32,
  // TF32 keeps 19 significant bits but is stored in a 32-bit word.
  tf32: 32,
  bf16: 16,
  fp16: 16,
  fp8: 8,
  int8: 8,
  fp4: 4,
};

/**
 * Bytes that one stored number takes.
 *
 *   b = bits / 8
 *
 * b width of an element [B]
 *
 * Leaves out: the scale factors of block formats (NVFP4 adds one FP8 scale per 16 numbers, 0.0625 B each;
 * MXFP4 and MXFP8 one 8-bit scale per 32 numbers, 0.03125 B each).
 * Source: definition of the formats.
 */
export function bytesPerElement(precision: Precision): number {
  return bitsPerElement[precision] / 8;
}
