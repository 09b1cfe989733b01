import type { Precision } from '@engine/catalogue/types';

const spellings: readonly (readonly [RegExp, Precision])[] = [
  [/nvfp4|mxfp4|fp4|u?int4|q4|awq|gptq|w4a/, 'fp4'],
  [/fp8|float8|e4m3|e5m2/, 'fp8'],
  [/int8|q8|w8a8/, 'int8'],
  [/bf16|bfloat16/, 'bf16'],
  [/fp16|f16|float16|half/, 'fp16'],
  [/tf32/, 'tf32'],
  [/fp32|f32|float32/, 'fp32'],
];

/** The format that a text names first: 'FP8 (meta checkpoint)', 'amp_bf16', 'Q4_K_M', 'EXL2 4.0bpw'; null when it names none. */
export function readPrecision(text: string | null | undefined): Precision | null {
  if (!text) return null;
  const lower = text.toLowerCase();
  const bits = /(\d+(?:\.\d+)?) ?(?:bpw|-?bit)/.exec(lower)?.[1];
  if (bits !== undefined) return precisionOfBits(Number(bits));
  let first: { readonly at: number; readonly precision: Precision } | null = null;
  for (const [pattern, precision] of spellings) {
    const at = lower.search(pattern);
    if (at >= 0 && (first === null || at < first.at)) first = { at, precision };
  }
  return first?.precision ?? null;
}

function precisionOfBits(bits: number): Precision {
  if (bits <= 6) return 'fp4';
  return bits <= 8 ? 'int8' : 'bf16';
}
