/** Serving software whose overheads and scheduling differ enough to be told apart. */
export type SoftwareGeneration =
  | 'current'
  | 'trtllm-0.7'
  | 'trtllm-2023'
  | 'trtllm-2024'
  | 'trtllm-0.17'
  | 'trtllm-2025'
  | 'vllm-0.2'
  | 'vllm-2023'
  | 'vllm-2024'
  | 'vllm-0.9'
  | 'vllm-2025'
  | 'sglang'
  | 'atom'
  | 'lmdeploy'
  | 'mindie'
  | 'sglang-2024'
  | 'sglang-0.4.3'
  | 'sglang-2025'
  | 'sglang-0.5'
  | 'sglang-0.5.15'
  | 'llama.cpp'
  | 'llama.cpp-2024'
  | 'llama.cpp-2023'
  | 'mlx'
  | 'exllama'
  | 'fastertransformer'
  | 'deepspeed'
  | 'neuron'
  | 'pytorch'
  | 'bitsandbytes';

/** The year and version that a text names: 'vLLM 0.9.0' → 0.9, 'TensorRT-LLM 1.0 (PyTorch)' → 1, 'vLLM (Nov 2024)' → null. */
function versionIn(text: string): number | null {
  const found = /(?:^|[^\d.])v?(\d{1,2}\.\d{1,2})(?:\.|[^\d]|$)/.exec(text)?.[1];
  if (found === undefined) return null;
  const [major, minor] = found.split('.');
  return Number(major) + Number(minor) / 100;
}

/** Releases of what software runs on, which are none of its own: 'vLLM (2024, ROCm 6.2)'. */
const platforms = /\b(?:rocm|cann|cuda|hip|sdk|oneapi|python|(?:py)?torch)[- ]?v?\d+(?:\.\d+)*/g;
/** What setuptools-scm writes for a build from a checkout without tags, with commits counted from the first: 'vLLM 0.1.dev12777'. */
const untagged = /\b0\.[01]\.dev\d+/g;

/** A round of MLPerf that a text names, which is no release of the software: 'TensorRT-LLM (MLPerf v3.1)'. */
const round = /\bmlperf(?: inference)?[- ]?v?(\d\.\d)\b/;
/** Years in which what was entered to rounds of MLPerf Inference was written: https://mlcommons.org/benchmarks/inference-datacenter/, from memory. */
const roundYears: Readonly<Record<string, number>> = {
  '3.0': 2023,
  '3.1': 2023,
  '4.0': 2024,
  '4.1': 2024,
  '5.0': 2025,
  '5.1': 2025,
  '6.0': 2026,
  '6.1': 2026,
};

/** A text with the year of the round that it names in place of the round. */
function datedByRound(lower: string): string {
  return lower.replace(round, (_, number: string) => {
    const year = roundYears[number];
    return year === undefined ? 'mlperf' : `mlperf ${year}`;
  });
}

function yearIn(text: string): number | null {
  const found = /\b(20[12]\d)\b/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** The generation that one shares every constant with which it does not set apart. */
const successors: Readonly<Partial<Record<SoftwareGeneration, SoftwareGeneration>>> = {
  'trtllm-0.7': 'trtllm-2023',
  'llama.cpp-2023': 'llama.cpp-2024',
  'llama.cpp-2024': 'llama.cpp',
  mlx: 'llama.cpp',
  // Huawei's server schedules in C++ and runs its models from Python.
  mindie: 'vllm-2025',
  // TurboMind is compiled C++, as engines of TensorRT-LLM were.
  lmdeploy: 'trtllm-2024',
  'sglang-2024': 'sglang-0.4.3',
  'sglang-0.4.3': 'sglang-2025',
  'sglang-2025': 'sglang-0.5',
  'sglang-0.5': 'sglang-0.5.15',
  'sglang-0.5.15': 'sglang',
  'vllm-0.2': 'vllm-2023',
  // Until the A100 was set apart from other parts of much memory.
  'vllm-0.9': 'vllm-2025',
  'vllm-2025': 'current',
  'trtllm-0.17': 'trtllm-2025',
  bitsandbytes: 'pytorch',
};

/** A generation and those whose constants stand in for what it does not set apart, nearest first. */
export function generationLine(generation: SoftwareGeneration): readonly SoftwareGeneration[] {
  const next = successors[generation];
  return next === undefined ? [generation] : [generation, ...generationLine(next)];
}

/** Whether the software is for one user at a time: its own benchmarks generate from an empty cache. */
export function isSingleUserSoftware(generation: SoftwareGeneration): boolean {
  return generation === 'exllama' || generationLine(generation).includes('llama.cpp');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Builds of llama.cpp at whose time steps began to be captured as graphs (May 2024), and at the end of 2024. */
const firstCapturing = 2824;
const lastOf2024 = 4400;

/**
 * llama.cpp by the date, build or version that a text states; today's where it states none. CUDA graphs came with
 * https://github.com/ggml-org/llama.cpp/pull/6766 in May 2024; attention that reads the cache once for all heads of a group, and
 * fused operators, in 2025 (from memory).
 */
function llamaGeneration(lower: string): SoftwareGeneration {
  const build = Number(/\bb(\d{4})\b/.exec(lower)?.[1] ?? Infinity);
  const year = yearIn(lower) ?? Infinity;
  const name = /\b([a-z]{3})[a-z]* 20\d\d/.exec(lower)?.[1] ?? '';
  const isEarly = year === 2024 && months.includes(name) && months.indexOf(name) < 4;
  if (year < 2024 || isEarly || build < firstCapturing) return 'llama.cpp-2023';
  const version = versionIn(lower) ?? Infinity;
  const isOldRelease =
    (/ollama/.test(lower) && version < 0.05) || (/llamafile/.test(lower) && version < 0.09);
  return year === 2024 || build < lastOf2024 || isOldRelease ? 'llama.cpp-2024' : 'llama.cpp';
}

/**
 * TensorRT-LLM by its version, or by the year where none is stated. Attention that reads the cache once for all heads of a group
 * (XQA) came with 0.8 in February 2024, for groups of eight heads 128 wide only; from 0.10 on for others (from memory). The preview
 * 0.7a of December 2023 had it, "2.4x faster on Llama-70B with recent improvements to TensorRT-LLM GQA":
 * https://github.com/NVIDIA/TensorRT-LLM/blob/v0.7.1/docs/source/blogs/Falcon180B-H200.md, read 2026-11-30. The PyTorch backend is the
 * default from 1.0 on.
 */
function tensorrtGeneration(
  version: number | null,
  year: number | null,
  lower: string,
): SoftwareGeneration {
  if (/\b0\.7a\b/.test(lower)) return 'trtllm-2023';
  if (version === null) {
    return year === 2023 ? 'trtllm-0.7' : year === 2024 ? 'trtllm-2024' : 'trtllm-2025';
  }
  if (version >= 0.99) return 'trtllm-2025';
  if (version >= 0.1) return 'trtllm-2024';
  return version < 0.08 ? 'trtllm-0.7' : 'trtllm-2023';
}

/** Whether a text states a month of that year before that one, counted from 0; one without a month is not. */
function isBefore(lower: string, inYear: number, month: number): boolean {
  const name = /\b([a-z]{3})[a-z]* 20\d\d/.exec(lower)?.[1] ?? '';
  return yearIn(lower) === inYear && months.includes(name) && months.indexOf(name) < month;
}

/**
 * SGLang by its release, or by the date where none is stated: attention in groups was captured from 0.4.3 on (February 2025), block-scaled
 * products of Hopper have had kernels of their own (DeepGEMM) since 0.4.4, kernels have started before the last one has ended since 0.5 of August
 * 2025 (all from memory); prompts have been captured layer by layer since 0.5.10 of April 2026, "Piecewise CUDA Graph Enabled by Default":
 * https://github.com/sgl-project/sglang/releases/tag/v0.5.10; residual streams of DeepSeek-V4 have been mixed in fused kernels since the
 * summer of 2026, taken for 0.5.16: https://github.com/sgl-project/sglang/issues/33636, both read 2026-11-30.
 */
function sglangGeneration(lower: string): SoftwareGeneration {
  const release = /(?:^|[^\d.])v?0\.(\d+)\.(\d+)/.exec(lower);
  if (release === null) {
    if ((yearIn(lower) ?? Infinity) <= 2024) return 'sglang-2024';
    if (isBefore(lower, 2025, 2)) return 'sglang-0.4.3';
    if (isBefore(lower, 2025, 7)) return 'sglang-2025';
    if (yearIn(lower) === 2025 || isBefore(lower, 2026, 3)) return 'sglang-0.5';
    return isBefore(lower, 2026, 6) ? 'sglang-0.5.15' : 'sglang';
  }
  const [minor, patch] = [Number(release[1]), Number(release[2])];
  if (minor === 5 && patch < 16) return patch < 10 ? 'sglang-0.5' : 'sglang-0.5.15';
  if (minor > 4) return 'sglang';
  if (minor < 4 || patch < 3) return 'sglang-2024';
  return patch < 4 ? 'sglang-0.4.3' : 'sglang-2025';
}

/**
 * vLLM from 0.8 on, whose steps have been scheduled while the last one runs since 0.14 of January 2026, "Async scheduling enabled by
 * default": https://github.com/vllm-project/vllm/releases/tag/v0.14.0, read 2026-11-30. Its plugin for TPUs went on waiting:
 * https://github.com/vllm-project/tpu-inference/issues/3456. 0.9 gave every part of much memory its largest limits, the A100 as well:
 * https://github.com/vllm-project/vllm/pull/17073 of April 2025, https://github.com/vllm-project/vllm/pull/17885 against it (read 2026-11-30; 1,000 requests
 * at once still ran together on an A100 under 0.9.2, GPUStack performance lab).
 */
function recentVllm(version: number | null, lower: string): SoftwareGeneration {
  if (version === 0.09 && !/tpu/.test(lower)) return 'vllm-0.9';
  const isEarlier = version === null ? (yearIn(lower) ?? Infinity) <= 2025 : version < 0.14;
  return isEarlier || /tpu/.test(lower) ? 'vllm-2025' : 'current';
}

/** The generation of serving software that a name means; 'current' for one that is not known or not old. */
export function findSoftware(text: string | null | undefined): SoftwareGeneration {
  const lower = datedByRound((text ?? '').toLowerCase());
  const version = versionIn(lower.replace(platforms, '').replace(untagged, ''));
  const year = yearIn(lower);
  if (/ktransformers/.test(lower)) return 'llama.cpp-2024';
  if (/\bmlx/.test(lower)) return 'mlx';
  if (/llama\.?cpp|gguf|ollama|lm ?studio|kobold|llamafile|t-mac/.test(lower))
    return llamaGeneration(lower);
  // Kernels compiled for one user, as those of ExLlama; within Transformers they wait for its Python.
  const isWithinTransformers = /transformers|hugging|auto-?gptq|optimum/.test(lower);
  if (/exllama|exl2|exl3|tabby|\bmlc\b/.test(lower) && !isWithinTransformers) return 'exllama';
  if (/neuron|nxd/.test(lower)) return 'neuron';
  if (/sglang|sgl-jax/.test(lower)) return sglangGeneration(lower);
  // Static batches in graphs recorded beforehand, sampling on the part: no scheduler touches single requests.
  if (/faster.?transformer|lightseq|optimum.habana/.test(lower)) return 'fastertransformer';
  if (/tensorrt[- ]?llm|trt-?llm/.test(lower)) {
    // The first releases that ran models out of PyTorch.
    const isFirst = /pytorch/.test(lower) && version !== null && version < 0.2;
    return isFirst ? 'trtllm-0.17' : tensorrtGeneration(version, year, lower);
  }
  if (/lmdeploy|turbomind/.test(lower)) return 'lmdeploy';
  if (/mindie/.test(lower)) return 'mindie';
  // Benchmark entries name TensorRT itself: engines built ahead and run without Python, as TensorRT-LLM was until 2024.
  if (/tensorrt|nim\b/.test(lower)) return 'trtllm-2024';
  if (/\batom\b/.test(lower) && !/vllm/.test(lower)) return 'atom';
  if (/vllm|boost|aphrodite|tgi|text generation inference/.test(lower)) {
    // Steps have been captured as graphs since vLLM 0.2.7 of January 2024, and TGI 2.0 of April (from memory).
    const isOldTgi = /tgi|text gen/.test(lower) && !/vllm/.test(lower) && (version ?? 2) < 1.5;
    if (isOldTgi || (/vllm/.test(lower) && (version ?? (year === 2023 ? 0 : 1)) < 0.03))
      return 'vllm-0.2';
    if (/vllm|aphrodite/.test(lower) && (version ?? 1) < 0.06) return 'vllm-2023';
    // The engine of 2024, which releases of 2025 could still be told to use.
    if (/vllm.*\bv0\b/.test(lower)) return 'vllm-2024';
    if (version !== null && /tgi|text gen/.test(lower))
      return version < 3 ? 'vllm-2024' : 'vllm-2025';
    if (version !== null && version < 0.08) return 'vllm-2024';
    if (version === null && ((year !== null && year <= 2024) || /tgi/.test(lower)))
      return 'vllm-2024';
    return /vllm/.test(lower) ? recentVllm(version, lower) : 'current';
  }
  if (/deepspeed/.test(lower)) return 'deepspeed';
  // 8-bit products with outliers apart: several operators around each of them.
  if (/llm\.int8|(?:bitsandbytes|\bbnb\b).*int8/.test(lower)) return 'bitsandbytes';
  // A loop whose step is compiled and captured launches as little as a serving engine.
  if (/gpt-?fast|compile/.test(lower)) return 'current';
  if (/pytorch|transformers|hugging|\bhf\b|accelerate|bitsandbytes|eager|megatron|ipex/.test(lower))
    return 'pytorch';
  return 'current';
}
