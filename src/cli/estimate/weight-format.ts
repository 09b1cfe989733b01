import type { Precision } from '@engine/catalogue/types';
import { readPrecision } from './precision';

/** How weights are stored. */
export interface WeightFormat {
  readonly precision: Precision;
  /** mean width where it is not that of the precision */
  readonly bits?: number;
  readonly hasNarrowEmbedding?: boolean;
  readonly hasWideAttention?: boolean;
}

/** Meta's own 8-bit checkpoints (Llama 3.1 405B, Llama 4) narrow the feed-forward blocks alone. Source: their model cards, from memory. */
const metaCheckpoint = /\bmeta\b/;

/** Words for a format that the projections of attention and the output head have as well, where a checkpoint keeps them wide: `--mxfp4-layers moe,qkv,o,lm_head`. */
const wholeModel = /\ball (?:layers|matrices|weights)\b|\blm_head\b/;

/**
 * Mean bits per weight of the GGUF formats over a whole model: blocks of 32 or 256 weights with their scales, some tensors
 * one format wider. Source: llama.cpp, tools/quantize/README.md, sizes of Llama models (from memory).
 */
const ggufBits: Readonly<Record<string, number>> = {
  iq1_s: 2.0,
  iq2_xxs: 2.4,
  iq2_xs: 2.6,
  iq2_s: 2.7,
  iq2_m: 2.9,
  iq3_xxs: 3.25,
  iq3_xs: 3.5,
  iq3_s: 3.6,
  iq3_m: 3.8,
  iq4_xs: 4.46,
  iq4_nl: 4.7,
  q2_k: 3.16,
  q2_k_s: 2.97,
  q3_k_s: 3.64,
  q3_k_m: 4.0,
  q3_k: 4.0,
  q3_k_l: 4.3,
  q4_0: 4.66,
  q4_1: 5.12,
  q4_k_s: 4.67,
  q4_k_m: 4.89,
  q4_k: 4.89,
  q5_0: 5.59,
  q5_1: 6.06,
  q5_k_s: 5.57,
  q5_k_m: 5.7,
  q5_k: 5.7,
  q6_k: 6.56,
  q8_0: 8.5,
};

/** Integers of four bits in groups of 128 with a 16-bit scale and a zero point: AWQ, GPTQ. */
const groupedIntegerBits = 4.25;

/** How the weights that a text describes are stored: 'FP8', 'Q4_K_M', 'EXL2 4.0bpw', 'INT4 AWQ'; null when it names no format. */
export function readWeightFormat(text: string | null | undefined): WeightFormat | null {
  if (!text) return null;
  const lower = text.toLowerCase();
  const gguf = /i?q\d_(?:k_[slm]|k|xxs|xs|s|m|nl|\d)/.exec(lower)?.[0];
  const ggufWidth = gguf === undefined ? undefined : ggufBits[gguf];
  if (ggufWidth !== undefined) {
    return { precision: ggufWidth > 8 ? 'int8' : 'fp4', bits: ggufWidth, hasNarrowEmbedding: true };
  }
  const stated = /(\d+(?:\.\d+)?) ?(?:bpw|-?bit)/.exec(lower)?.[1];
  if (stated !== undefined && Number(stated) < 16) {
    const bits = Number(stated);
    const precision = bits > 6 ? 'int8' : 'fp4';
    return { precision, bits, hasNarrowEmbedding: true };
  }
  const precision = readPrecision(lower.replace('nf4', 'int4'));
  if (precision === null) return null;
  if (precision === 'fp8' && metaCheckpoint.test(lower))
    return { precision, hasWideAttention: true };
  // Integers that only weights are stored in are widened, whatever the part multiplies.
  if (precision === 'int8' && /w8a16|weights?[- ]only|-cw\b|channel-?wise weights/.test(lower))
    return { precision, bits: 8 };
  const isInteger = /u?int4|awq|gptq|w4a16|nf4/.test(lower);
  const whole = wholeModel.test(lower) ? { hasNarrowEmbedding: true, hasWideAttention: false } : {};
  return precision === 'fp4' && isInteger
    ? { precision, bits: groupedIntegerBits, ...whole }
    : { precision, ...whole };
}
