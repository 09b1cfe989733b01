/** How the software of a case runs an image generator. */
export interface ImageSoftware {
  /** operator by operator, without a compiler or prepared engine */
  readonly isEager: boolean;
  /** text encoders and decoder are prepared engines as well */
  readonly isWholeEngine?: true;
  /** adds 16-bit products in 16 bits where that is faster */
  readonly sumsIn16Bits?: true;
  /** a compiler tried kernels for every operator and fused into them what follows */
  readonly choosesKernels?: true;
  /** by a server of requests over a network */
  readonly isServed?: true;
  /** of attention scores that are written to memory; absent: attention is fused */
  readonly scoreBits?: 16 | 32;
}

/** Compilers, graphs and prepared engines: kernels follow each other without the host. */
const prepared =
  /compil|tensorrt|\btrt\b|stable.?fast|stage|onnx|aitemplate|\bait\b|one.?diff|one.?flow|core ?ml|openvino|xla\b|jax|autotune|shark|neuron|habana|hpu|synapse|graph/;
/** Demonstrations of TensorRT: their text encoders take 1 ms of 139. */
const whole = /tensorrt|\btrt\b/;
/**
 * Compilers that sum 16-bit products in 16 bits by default: OneDiff and OneFlow (ONEFLOW_CONV_ALLOW_HALF_PRECISION_ACCUMULATION,
 * ONEFLOW_MATMUL_ALLOW_HALF_PRECISION_ACCUMULATION), AITemplate (use_fp16_acc), stable-fast and TensorRT (from memory).
 */
const summing = /stable.?fast|aitemplate|\bait\b|one.?diff|one.?flow|nexfort|tensorrt|\btrt\b/;
/**
 * Compilers that try kernels of their own for products, convolutions and attention, and fuse into them what follows: OneDiff and
 * OneFlow, stable-fast, TheStage, Infery, IREE's tuned builds (SHARK), and TensorRT since release 9 of 2023, with kernels for
 * diffusion. Others call libraries and fuse what is between.
 */
const choosing = /stable.?fast|one.?diff|one.?flow|nexfort|stage|shark|infery|tensorrt|\btrt\b/;
const early = /(?:tensorrt|\btrt) ?[78]|paddle|onnx/;
const framework = /eager|diffusers|torch|baseline|webui|a1111|comfy|xdit|mlx|\bmps\b/;
/** Servers of images: text encoder, denoiser, decoder and the file that is handed over are stages of their own. */
const serving = /sglang|sgl-|vllm|omni\b|\btgi\b|triton inference/;
/** Said of an attention that is not fused, whatever a text names besides. */
const denied = /default.attention|vanilla|(?:no|without).?sdpa|sdpa off/;
const fused = /sdpa|flash|xformers|\bfa[23]\b|memory.?efficient|aitemplate|tensorrt|nxd|\bnki\b/;
/** Attention written for the units of Hopper and later, and what brings it: servers of images and TensorRT. */
const recent = /flash.?att\w*.?[34]\b|\bfa[34]\b|cudnn|sglang|sgl-|vllm|omni\b|tensorrt|\btrt\b/;
const unfused = /core ?ml|\bmps\b|neuron|habana|gaudi|mindspore|diffusion\.cpp/;

/** Release of PyTorch that an engine's name states, as 203 for 2.3; absent where it states none. */
function torchRelease(engine: string): number | undefined {
  const found = /torch[ -]?v?(\d+)\.(\d+)/.exec(engine);
  return found === null ? undefined : 100 * Number(found[1]) + Number(found[2]);
}

/**
 * What an engine's name and the maker of the part say: frameworks by themselves run operator by operator. PyTorch fuses attention
 * from 2.0 of 2023 on, for ROCm from 2.3 of 2024 on, and kept scores in 32 bits before 2.0, as its automatic precision does;
 * Core ML, Metal, Neuron, MindSpore's generators (enable_flash_attention, off by default), stable-diffusion.cpp (--diffusion-fa,
 * off by default) and what is called default attention do not fuse, nor do pipelines on Gaudi, whose scaled dot products take
 * the plain path, which sdp_on_bf16 keeps in 16 bits.
 *
 * Source: huggingface/optimum-habana, examples/stable-diffusion/README.md and sdp_on_bf16 in optimum/habana/transformers/
 * training_args.py; mindspore-lab/mindone, examples/stable_diffusion_v2/ldm/modules/attention.py; leejet/stable-diffusion.cpp,
 * README.md; read 2026-11-30.
 */
export function imageSoftware(engine: string | null | undefined, maker?: string): ImageSoftware {
  const lower = (engine ?? '').toLowerCase();
  const isUncompiled = /no.?compil|without compil|uncompiled|\beager\b/.test(lower);
  const isEager = framework.test(lower) && !(prepared.test(lower) && !isUncompiled);
  const scoreBits = bitsOfScores(lower, isEager, maker === 'AMD' || lower.includes('rocm'));
  return {
    isEager,
    ...(scoreBits === null ? {} : { scoreBits }),
    ...(summing.test(lower) ? { sumsIn16Bits: true } : {}),
    ...(choosing.test(lower) && !early.test(lower) ? { choosesKernels: true } : {}),
    ...(whole.test(lower) ? { isWholeEngine: true } : {}),
    ...(serving.test(lower) ? { isServed: true } : {}),
  };
}

/**
 * Whether fused attention runs with Ampere's instructions on any part: frameworks call FlashAttention 2 unless their engine names
 * another. PyTorch takes that of cuDNN first on Hopper and Blackwell from 2.13 on.
 *
 * Source: pytorch/pytorch, check_prefer_cudnn_attention in aten/src/ATen/native/transformers/cuda/sdp_utils.cpp; read 2026-11-30.
 */
export function attendsAsAmpere(engine: string | null | undefined): boolean {
  const lower = (engine ?? '').toLowerCase();
  return lower !== '' && !recent.test(lower) && (torchRelease(lower) ?? 0) < 213;
}

/** Bits of attention scores that are written to memory; null where attention is fused. */
function bitsOfScores(engine: string, isEager: boolean, isRocm: boolean): 16 | 32 | null {
  const release = torchRelease(engine);
  const year = Number(/\b(20\d\d)\b/.exec(engine)?.[1] ?? 2025);
  const isFusedOnRocm = (release ?? 203) >= 203 && year >= 2024;
  const isDenied = denied.test(engine);
  if (!isDenied && fused.test(engine) && (!isRocm || isFusedOnRocm || !framework.test(engine)))
    return null;
  if (isEager && ((release ?? 200) < 200 || year < 2023)) return 32;
  if (isRocm && framework.test(engine) && !isFusedOnRocm) return 16;
  return isDenied || unfused.test(engine) ? 16 : null;
}
