import { describe, expect, it } from 'vitest';
import { findModel, findSystem } from '@engine/catalogue/find';
import { findAccelerator } from '@engine/catalogue/find-part';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

describe('finding an accelerator by what people call it', () => {
  it.each([
    ['H100-SXM-80GB', 'h100-sxm'],
    ['h100', 'h100-sxm'],
    ['NVIDIA H100 80GB HBM3', 'h100-sxm'],
    ['H100-PCIe-80GB', 'h100-pcie'],
    ['H100-NVL-94GB', 'h100-nvl'],
    ['A100 SXM 40GB', 'a100-sxm-40gb'],
    ['A100-80GB (RunPod)', 'a100-sxm-80gb'],
    ['H200-SXM-141GB MaxQ (power capped)', 'h200-sxm'],
    ['B200 180GB', 'b200-sxm'],
    ['GB300 288GB', 'gb300'],
    ['H800', 'h800-sxm'],
    ['AMD Instinct MI300X', 'mi300x'],
    ['RTX-PRO-6000-BSE', 'rtx-pro-6000-blackwell'],
    ['CPU Intel Xeon 6980P x2 sockets', 'xeon-6980p'],
    ['CPU Intel Xeon Platinum 8592+ x2 sockets', 'xeon-8592plus'],
    ['TPU v6e (Trillium)', 'tpu-v6e'],
    ['H100-SXM5-80GB', 'h100-sxm'],
    ['A100 40G', 'a100-sxm-40gb'],
    ['A100 PCIe 40 GiB', 'a100-pcie-40gb'],
    ['TPU v5 lite', 'tpu-v5e'],
    ['v5p-128', 'tpu-v5p'],
    ['trn1.32xlarge', 'trainium1'],
    ['p4d.24xlarge', 'a100-sxm-40gb'],
    ['Grace Hopper', 'gh200-96gb'],
  ])('%s is %s', (text, id) => {
    expect(findAccelerator(catalogue, text)?.id).toBe(id);
  });

  it.each(['RTX 1070', 'Apple M9 Ultra', 'A100 160GB', ''])(
    'knows that %j is not in the catalogue',
    (text) => {
      expect(findAccelerator(catalogue, text)).toBeNull();
    },
  );
});

describe('finding a model', () => {
  it.each([
    ['Llama-3.1-70B-Instruct-FP8', 'llama-3.1-70b'],
    ['Llama 3.1 405B proxy (21 layers)', 'llama-3.1-405b'],
    ['Llama 3/3.1 8B', 'llama-3.1-8b'],
    ['Mixtral-8x22B', 'mixtral-8x22b'],
    ['DeepSeek-V3 671B', 'deepseek-v3'],
    ['DeepSeek-R1', 'deepseek-r1'],
    ['Qwen3-30B-A3B', 'qwen3-30b-a3b'],
    ['gpt-oss-20b', 'gpt-oss-20b'],
    ['Kimi-K2.5', 'kimi-k2'],
    ['meta-llama/Llama-3.1-70B', 'llama-3.1-70b'],
    ['meta-llama/Llama-3.2-1B-Instruct', 'llama-3.2-1b'],
    ['llama3-70b', 'llama-3.1-70b'],
    ['llama3.1-8b-instruct', 'llama-3.1-8b'],
    ['Llama 3.1 70 B', 'llama-3.1-70b'],
    ['LLaMA-65B', 'llama-65b'],
    ['GPT3-175B', 'gpt-3-175b'],
    ['DeepSeek-R1-0528', 'deepseek-r1'],
    ['deepseek-ai/DeepSeek-V3.1', 'deepseek-v3'],
    ['Qwen3-235B-A22B-Thinking-2507', 'qwen3-235b-a22b'],
    ['Qwen/Qwen2.5-72B-Instruct-AWQ', 'qwen2.5-72b'],
    ['TheBloke/Llama-2-13B-chat-GPTQ', 'llama-2-13b'],
    ['nvidia/Llama-3.1-405B-Instruct-NVFP4', 'llama-3.1-405b'],
    ['microsoft/phi-1_5', 'phi-1.5'],
    ['mistralai/Mistral-7B-Instruct-v0.2', 'mistral-7b'],
    ['gpt2', 'gpt-2-small'],
    ['EleutherAI/pythia-12b-deduped', 'pythia-12b'],
    ['CohereForAI/c4ai-command-r-v01', 'command-r-35b'],
  ])('%s is %s', (text, id) => {
    expect(findModel(catalogue, text)?.id).toBe(id);
  });

  it.each([
    'BLOOM-arch 178B',
    'GPT 145.7B',
    'Llama 2 33B',
    'GPT h2048 L24',
    'Llama-3.2-8B',
    'GLM-4.5-Flash',
    'Llama-3.2-90B',
    'DeepSeek-R1-Distill-Qwen-3B',
    'Qwen3-Next-40B',
  ])('does not take %s for a model of another size', (text) => {
    expect(findModel(catalogue, text)).toBeNull();
  });
});

it('finds a system by name, else by its accelerator', () => {
  expect(findSystem(catalogue, 'DGX H100')?.id).toBe('dgx-h100');
  expect(findSystem(catalogue, 'H800')?.id).toBe('hgx-h800');
  expect(findSystem(catalogue, 'abacus')).toBeNull();
});
