import { describe, expect, test } from 'vitest';
import { readServingConstants } from '@engine/inference/constants';
import { findSoftware, generationLine, isSingleUserSoftware } from '@engine/inference/software';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

describe('generations of one engine', () => {
  test('follow one another', () => {
    expect(generationLine('llama.cpp-2023')).toEqual([
      'llama.cpp-2023',
      'llama.cpp-2024',
      'llama.cpp',
    ]);
    expect(generationLine('vllm-2024')).toEqual(['vllm-2024']);
  });

  test('share what an older one does not set apart', () => {
    const [newest, older] = (['llama.cpp', 'llama.cpp-2023'] as const).map((software) =>
      readServingConstants(catalogue.assumptions, software),
    );
    expect(older?.wideningWork).toBe(newest?.wideningWork);
    expect(older?.wideningWork).toBeGreaterThan(0);
    expect(older?.layerOverheadSeconds).toBeGreaterThan(newest?.layerOverheadSeconds ?? Infinity);
  });

  test.each([
    ['llama.cpp-2023', true],
    ['mlx', true],
    ['exllama', true],
    ['sglang', false],
    ['current', false],
  ] as const)('%s is for one user: %s', (software, isSingle) => {
    expect(isSingleUserSoftware(software)).toBe(isSingle);
  });
});

describe('the software of a case', () => {
  test.each([
    ['TensorRT-LLM 0.5', 'trtllm-0.7'],
    ['TensorRT-LLM 0.7.1', 'trtllm-0.7'],
    ['TensorRT-LLM 0.7a', 'trtllm-2023'],
    ['TensorRT-LLM (MLPerf v3.1)', 'trtllm-0.7'],
    ['TensorRT-LLM, MLPerf Inference v4.1', 'trtllm-2024'],
    ['vLLM (MLPerf v5.0)', 'vllm-2025'],
    ['TensorRT-LLM (Nov 2023)', 'trtllm-0.7'],
    ['TensorRT-LLM 0.8.0', 'trtllm-2023'],
    ['TensorRT-LLM 0.9.0', 'trtllm-2023'],
    ['TensorRT-LLM 0.10.0', 'trtllm-2024'],
    ['TensorRT-LLM 0.17', 'trtllm-2024'],
    ['TensorRT-LLM 0.14 + Triton backend', 'trtllm-2024'],
    ['TensorRT-LLM 1.0 (PyTorch backend)', 'trtllm-2025'],
    ['TensorRT-LLM 0.17.post1.dev (PyTorch backend)', 'trtllm-0.17'],
    ['TensorRT-LLM 0.20 (PyTorch backend)', 'trtllm-2024'],
    ['trtllm 1.2.0rc2.post2', 'trtllm-2025'],
    ['TensorRT 10.11', 'trtllm-2024'],
    ['vLLM 0.1.dev12777 (Mar 2026)', 'current'],
    ['vLLM 0.9.0.2.dev108+g71faa1880', 'vllm-0.9'],
    ['vLLM (Nov 2024)', 'vllm-2024'],
    ['vLLM (2024, ROCm 6.2)', 'vllm-2024'],
    ['vLLM 0.11.1 (ROCm 7.0)', 'vllm-2025'],
    ['vLLM 0.6.5.dev964+mlperf50', 'vllm-2024'],
    ['vLLM 0.4.2', 'vllm-2023'],
    ['vLLM (Oct 2023)', 'vllm-0.2'],
    ['vLLM 0.2.2', 'vllm-0.2'],
    ['TGI 1.0.3', 'vllm-0.2'],
    ['TGI 2.0', 'vllm-2024'],
    ['TGI 2.0', 'vllm-2024'],
    ['TGI 3.1', 'vllm-2025'],
    ['gpt-fast', 'current'],
    ['PyTorch, torch.compile', 'current'],
    ['vllm 0.18.0', 'current'],
    ['vLLM 0.9.2', 'vllm-0.9'],
    ['vLLM 0.8.5', 'vllm-2025'],
    ['vLLM 0.10.0 (ROCm)', 'vllm-2025'],
    ['vLLM 0.13.0', 'vllm-2025'],
    ['vLLM 0.14.0', 'current'],
    ['vLLM (Dec 2025)', 'vllm-2025'],
    ['vLLM (Jan 2026)', 'current'],
    ['vLLM TPU nightly 20260816', 'vllm-2025'],
    ['vLLM', 'current'],
    ['sglang 0.5.9', 'sglang-0.5'],
    ['SGLang 0.5.10.post1', 'sglang-0.5.15'],
    ['SGLang 0.5.15.post1', 'sglang-0.5.15'],
    ['SGLang 0.5.16', 'sglang'],
    ['SGLang nightly 2026-07-21 (Dynamo)', 'sglang'],
    ['SGLang (Mar 2026)', 'sglang-0.5'],
    ['SGLang (May 2026)', 'sglang-0.5.15'],
    ['SGLang', 'sglang'],
    ['ATOM (2026, ROCm 7)', 'atom'],
    ['vLLM + ATOM plugin (Mar 2026)', 'current'],
    ['LMDeploy TurboMind 0.1.0a1', 'lmdeploy'],
    ['SGLang 0.4.3', 'sglang-0.4.3'],
    ['SGLang 0.4.4', 'sglang-2025'],
    ['SGLang 0.5.1.post3', 'sglang-0.5'],
    ['SGLang (Jul 2025, version not stated)', 'sglang-2025'],
    ['SGLang (Sept 2025)', 'sglang-0.5'],
    ['SGLang 0.4.1', 'sglang-2024'],
    ['SGLang v0.3.6', 'sglang-2024'],
    ['SGLang (Nov 2024)', 'sglang-2024'],
    ['vLLM 0.8.3.dev166 (V0)', 'vllm-2024'],
    ['vLLM V1 TPU (Apr 2025, main)', 'vllm-2025'],
    ['llama.cpp (Dec 2023)', 'llama.cpp-2023'],
    ['llama.cpp (26 Mar 2024)', 'llama.cpp-2023'],
    ['llama.cpp b1800', 'llama.cpp-2023'],
    ['llama.cpp (May 2024)', 'llama.cpp-2024'],
    ['llama.cpp b3600', 'llama.cpp-2024'],
    ['llamafile 0.8.6', 'llama.cpp-2024'],
    ['Ollama 0.4.7', 'llama.cpp-2024'],
    ['Ollama 0.5', 'llama.cpp'],
    ['llama.cpp b7941 (Feb 2026, CUDA)', 'llama.cpp'],
    ['MindIE 2.1RC1', 'mindie'],
    ['llama.cpp', 'llama.cpp'],
    ['T-MAC (2024)', 'llama.cpp-2024'],
    ['KTransformers 0.2.1', 'llama.cpp-2024'],
    ['mlx-lm 0.28.2 (MLX 0.29.2)', 'mlx'],
    ['ExLlamaV2', 'exllama'],
    ['Hugging Face Transformers + AutoGPTQ (exllama kernel)', 'pytorch'],
    ['Hugging Face Transformers', 'pytorch'],
    ['HF Accelerate + bitsandbytes LLM.int8() (Aug 2022)', 'bitsandbytes'],
    ['HF Accelerate (Aug 2022)', 'pytorch'],
    ['MLC LLM (Aug-Oct 2023, CUDA 12.1)', 'exllama'],
    ['Megatron-LM inference (2022)', 'pytorch'],
    ['DeepSpeed-Inference 0.7.3', 'deepspeed'],
    ['FasterTransformer 5.x', 'fastertransformer'],
    ['Transformers NeuronX (Neuron 2.16.0)', 'neuron'],
    ['NxD Inference (Neuron 2.21-2.22) + vLLM', 'neuron'],
    [null, 'current'],
  ])('%s is of the generation %s', (name, generation) => {
    expect(findSoftware(name)).toBe(generation);
  });

  test('takes what is not known of it from software that it is like', () => {
    const of = (software: 'lmdeploy' | 'trtllm-2024') =>
      readServingConstants(catalogue.assumptions, software, 'hopper');
    const { mixesPrompts, reservedAnswer, ...others } = of('lmdeploy');
    expect(of('trtllm-2024')).toMatchObject(others);
    expect(mixesPrompts).toBe(0);
    expect(reservedAnswer).toBeLessThan(of('trtllm-2024').reservedAnswer);
  });

  test('sets its own constants apart and shares the others', () => {
    const current = readServingConstants(catalogue.assumptions);
    const older = readServingConstants(catalogue.assumptions, 'vllm-2024');
    expect(older.stepOverheadSeconds).toBeGreaterThan(current.stepOverheadSeconds);
    expect(older.gibibytes).toBe(current.gibibytes);
  });

  test('reads weights at the speed of the family it runs on', () => {
    const plain = readServingConstants(catalogue.assumptions, 'current');
    const family = readServingConstants(catalogue.assumptions, 'current', 'cdna');
    const fact = catalogue.assumptions['serving.weightStream.cdna']?.value ?? 0;
    expect(family.weightStream).toBeCloseTo(plain.weightStream * fact, 12);
    expect(readServingConstants(catalogue.assumptions, 'current', 'other')).toEqual(plain);
  });
});
