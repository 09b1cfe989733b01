/** Serving software whose overheads and scheduling differ enough to be told apart. */
export type SoftwareGeneration =
  | 'current'
  | 'trtllm-2023'
  | 'trtllm-2024'
  | 'trtllm-2025'
  | 'vllm-2023'
  | 'vllm-2024'
  | 'sglang'
  | 'atom'
  | 'lmdeploy'
  | 'llama.cpp'
  | 'exllama'
  | 'fastertransformer'
  | 'deepspeed'
  | 'neuron'
  | 'pytorch';

/** Software whose constants are those of another where its own are not known. */
export const softwareLike: Partial<Readonly<Record<SoftwareGeneration, SoftwareGeneration>>> = {
  lmdeploy: 'trtllm-2024',
};

/** The year and version that a text names: 'vLLM 0.9.0' → 0.9, 'TensorRT-LLM 1.0 (PyTorch)' → 1, 'vLLM (Nov 2024)' → null. */
function versionIn(text: string): number | null {
  const found = /(?:^|[^\d.])v?(\d{1,2}\.\d{1,2})(?:\.|[^\d]|$)/.exec(text)?.[1];
  if (found === undefined) return null;
  const [major, minor] = found.split('.');
  return Number(major) + Number(minor) / 100;
}

function yearIn(text: string): number | null {
  const found = /\b(20[12]\d)\b/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** The generation of serving software that a name means; 'current' for one that is not known or not old. */
export function findSoftware(text: string | null | undefined): SoftwareGeneration {
  const lower = (text ?? '').toLowerCase();
  const version = versionIn(lower);
  const year = yearIn(lower);
  if (/ktransformers/.test(lower)) return 'llama.cpp';
  if (/llama\.?cpp|gguf|ollama|lm ?studio|kobold|mlx|llamafile/.test(lower)) return 'llama.cpp';
  if (/exllama|exl2|exl3|tabby/.test(lower)) return 'exllama';
  if (/neuron|nxd/.test(lower)) return 'neuron';
  if (/sglang|sgl-jax/.test(lower)) return 'sglang';
  if (/faster.?transformer|lightseq/.test(lower)) return 'fastertransformer';
  if (/tensorrt[- ]?llm|trt-?llm/.test(lower)) {
    if (version !== null && version >= 0.2) return version >= 0.99 ? 'trtllm-2025' : 'trtllm-2024';
    if (version !== null) return version < 0.1 ? 'trtllm-2023' : 'trtllm-2024';
    return year === 2023 ? 'trtllm-2023' : year === 2024 ? 'trtllm-2024' : 'trtllm-2025';
  }
  if (/lmdeploy|turbomind/.test(lower)) return 'lmdeploy';
  // Benchmark entries name TensorRT itself: engines built ahead and run without Python, as TensorRT-LLM was until 2024.
  if (/tensorrt|nim\b/.test(lower)) return 'trtllm-2024';
  if (/\batom\b/.test(lower) && !/vllm/.test(lower)) return 'atom';
  if (/vllm|boost|aphrodite|tgi|text generation inference/.test(lower)) {
    if (/vllm|aphrodite/.test(lower) && (version ?? 1) < 0.06) return 'vllm-2023';
    if (version !== null && /tgi|text gen/.test(lower))
      return version < 3 ? 'vllm-2024' : 'current';
    if (version !== null) return version < 0.08 ? 'vllm-2024' : 'current';
    if (year !== null && year <= 2023 && /vllm/.test(lower)) return 'vllm-2023';
    return (year !== null && year <= 2024) || /tgi/.test(lower) ? 'vllm-2024' : 'current';
  }
  if (/deepspeed/.test(lower)) return 'deepspeed';
  // A loop whose step is compiled and captured launches as little as a serving engine.
  if (/gpt-?fast|compile/.test(lower)) return 'current';
  if (/pytorch|transformers|hugging|\bhf\b|accelerate|bitsandbytes|eager|megatron|ipex/.test(lower))
    return 'pytorch';
  return 'current';
}
