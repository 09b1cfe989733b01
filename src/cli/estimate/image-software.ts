/** How the software of a case runs an image generator. */
export interface ImageSoftware {
  /** operator by operator, without a compiler or prepared engine */
  readonly isEager: boolean;
  /** adds 16-bit products in 16 bits where that is faster */
  readonly sumsIn16Bits?: true;
  /** of attention scores that are written to memory; absent: attention is fused */
  readonly scoreBits?: 16 | 32;
}

/** Compilers, graphs and prepared engines: kernels follow each other without the host. */
const prepared =
  /compil|tensorrt|\btrt\b|stable.?fast|stage|onnx|aitemplate|\bait\b|one.?diff|one.?flow|core ?ml|openvino|\bxla\b|jax|autotune|shark|neuron|habana|hpu|synapse|graph/;
/**
 * Compilers that sum 16-bit products in 16 bits by default: OneDiff and OneFlow (ONEFLOW_CONV_ALLOW_HALF_PRECISION_ACCUMULATION,
 * ONEFLOW_MATMUL_ALLOW_HALF_PRECISION_ACCUMULATION), AITemplate (use_fp16_acc), stable-fast and TensorRT (from memory).
 */
const summing = /stable.?fast|aitemplate|\bait\b|one.?diff|one.?flow|nexfort|tensorrt|\btrt\b/;
const framework = /eager|diffusers|torch|baseline|webui|a1111|comfy|xdit|mlx|\bmps\b/;
const fused = /sdpa|flash|xformers|\bfa[23]\b|memory.?efficient|aitemplate|tensorrt/;
const unfused = /default.attention|vanilla|no.?sdpa|core ?ml|\bmps\b|neuron/;

/**
 * What an engine's name says: frameworks by themselves run operator by operator. PyTorch fuses attention from 2.0 of 2023 on and
 * kept scores in 32 bits before, as its automatic precision does; the library for Gaudi from 1.10 of 2024 on; Core ML, Metal,
 * Neuron and what is called default attention do not.
 */
export function imageSoftware(engine: string | null | undefined): ImageSoftware {
  const lower = (engine ?? '').toLowerCase();
  return summing.test(lower)
    ? { ...attentionAndLaunch(lower), sumsIn16Bits: true }
    : attentionAndLaunch(lower);
}

function attentionAndLaunch(lower: string): ImageSoftware {
  const isUncompiled = /no.?compil|without compil|uncompiled|\beager\b/.test(lower);
  const isEager = framework.test(lower) && !(prepared.test(lower) && !isUncompiled);
  if (fused.test(lower)) return { isEager };
  const torch = Number(/torch ?v?(\d+)\.\d/.exec(lower)?.[1] ?? 2);
  const year = Number(/\b(20\d\d)\b/.exec(lower)?.[1] ?? 2025);
  if (isEager && (torch < 2 || year < 2023)) return { isEager, scoreBits: 32 };
  const habana = /habana (\d+)\.(\d+)/.exec(lower);
  const isEarlyHabana =
    lower.includes('habana') && (year < 2024 || (habana?.[1] === '1' && Number(habana[2]) < 10));
  return isEarlyHabana || unfused.test(lower) ? { isEager, scoreBits: 16 } : { isEager };
}
