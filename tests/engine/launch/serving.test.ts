import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { planServingLaunch, servingLaunch, type LaunchService } from '@engine/launch/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { documentedFlags as documented } from '../../fixtures/documented-flags';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const usual: LaunchService = {
  modelName: 'Llama 3.1 70B',
  weightPrecision: 'fp8',
  keyValuePrecision: 'fp8',
  tensorParallel: 4,
  pipelineParallel: 1,
  expertParallel: 1,
  attentionDataParallel: 1,
  adapters: null,
  batch: 71,
  replicas: 12,
  memoryFraction: 0.9,
  requestTokens: 1_280,
  isOnCpu: false,
};

const precisions: readonly Precision[] = ['fp32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'];

/** Options as a shell would split them. */
function options(text: string): [string, string][] {
  const words = text.replaceAll('\\\n', ' ').split(/\s+/).filter(Boolean);
  return words.flatMap((word, index): [string, string][] =>
    word.startsWith('--') ? [[word, words[index + 1] ?? '']] : [],
  );
}

function textOf(tool: string, change: Partial<LaunchService> = {}): string {
  return servingLaunch({ ...usual, ...change }).find((one) => one.tool === tool)?.text ?? '';
}

function gapsOf(tool: string, change: Partial<LaunchService>): string {
  const found = servingLaunch({ ...usual, ...change }).find((one) => one.tool === tool);
  return found?.cannot.join(' ') ?? '';
}

const settingsFile = /^cat > \S+ <<'EOF'\n([\s\S]*?)\nEOF\n/;

/** Lines of the file that a text writes before its command. */
function settingsOf(text: string): string[] {
  return settingsFile.exec(text)?.[1]?.split('\n') ?? [];
}

describe('a replica on processors', () => {
  it('is started by engines that run there, without options of GPUs', () => {
    const plan = templatePlan('cpu-only-baseline');
    const settings = planServingLaunch(plan, inferenceOf(plan), catalogue);
    expect(settings.map(({ tool }) => tool)).toEqual(['vLLM', 'SGLang', 'llama.cpp']);
    for (const { text } of settings) expect(text).not.toMatch(/gpu|split-mode/);
    expect(gapsOf('vLLM', { isOnCpu: true })).toContain('a build of vLLM for CPUs');
    expect(gapsOf('SGLang', { isOnCpu: true })).toContain('a build of SGLang for CPUs');
    expect(textOf('llama.cpp')).toContain('--n-gpu-layers all');
  });
});

describe('the layout of a replica', () => {
  const wide = {
    tensorParallel: 16,
    pipelineParallel: 2,
    attentionDataParallel: 8,
    expertParallel: 16,
    adapters: { count: 20, rank: 32 },
  };

  it('is nothing more than tensor parallelism where the plan says nothing more', () => {
    for (const { text, cannot } of servingLaunch(usual)) {
      expect(text).not.toMatch(/pipeline|pp[-_]size|ep[-_]size|dp-size|data-parallel|expert|lora/);
      expect(cannot.join(' ')).not.toMatch(/Adapters|groups/);
    }
  });

  it('is told to vLLM as ranks of each group, groups, stages, experts and adapters', () => {
    const text = textOf('vLLM', wide);
    expect(text).toContain('--tensor-parallel-size 2 ');
    expect(text).toContain('--data-parallel-size 8 ');
    expect(text).toContain('--pipeline-parallel-size 2 ');
    expect(text).toContain('--enable-expert-parallel');
    expect(text).toContain('--max-loras 20 ');
    expect(text).toContain('--max-lora-rank 32 ');
  });

  it('takes in vLLM the next rank of adapters for which it reserves room, and names one beyond', () => {
    const ranked = (rank: number) => ({ ...wide, adapters: { count: 2, rank } });
    expect(textOf('vLLM', ranked(1))).toContain('--max-lora-rank 1 ');
    expect(textOf('vLLM', ranked(20))).toContain('--max-lora-rank 32 ');
    expect(textOf('vLLM', ranked(300))).toContain('--max-lora-rank 320 ');
    expect(textOf('vLLM', ranked(600))).not.toContain('--max-lora-rank');
    expect(gapsOf('vLLM', ranked(600))).toContain('rank 600 are not known');
  });

  it('names a degree of experts or groups that a tool cannot be told', () => {
    expect(gapsOf('vLLM', wide)).not.toContain('Experts are spread');
    expect(gapsOf('vLLM', { ...wide, expertParallel: 4 })).toContain('no option names 4');
    expect(gapsOf('SGLang', { ...wide, expertParallel: 4 })).not.toContain('Experts');
    expect(gapsOf('TensorRT-LLM', wide)).toContain('no setting names 8');
    expect(gapsOf('TensorRT-LLM', { ...wide, attentionDataParallel: 16 })).not.toContain('groups');
  });

  it('is told to SGLang as all ranks, groups, stages and experts', () => {
    const text = textOf('SGLang', wide);
    expect(text).toContain('--tp-size 16 ');
    expect(text).toContain('--dp-size 8 ');
    expect(text).toContain('--enable-dp-attention');
    expect(text).toContain('--pp-size 2 ');
    expect(text).toContain('--ep-size 16 ');
    expect(text).toContain('--enable-lora ');
    expect(text).toContain('--max-loras-per-batch 20 ');
    expect(text).toContain('--max-lora-rank 32 ');
    expect(text).toContain('--lora-target-modules all ');
  });

  it('is told to TensorRT-LLM as ranks, stages and experts, and the rest in a file of settings', () => {
    const text = textOf('TensorRT-LLM', wide);
    expect(text).toContain('--pp_size 2 ');
    expect(text).toContain('--ep_size 16 ');
    expect(text).toContain('--config serve.yaml');
    expect(settingsOf(text)).toEqual([
      'enable_attention_dp: true',
      'lora_config:',
      expect.stringContaining('  lora_target_modules: [attn_q, attn_k, attn_v, attn_dense, mlp_'),
      '  max_lora_rank: 32',
      '  max_loras: 20',
      '  max_cpu_loras: 20',
    ]);
    expect(gapsOf('TensorRT-LLM', wide)).toContain('Adapters are named one by one');
    expect(textOf('TensorRT-LLM')).not.toContain('--config');
  });
});

describe('every command', () => {
  it('uses only documented flags, each with a value of the documented kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...precisions),
        fc.constantFrom(...precisions),
        fc.constantFrom(1, 2, 4, 8, 16),
        fc.integer({ min: 1, max: 1024 }),
        fc.constantFrom(1, 2, 4),
        fc.option(
          fc.record({
            count: fc.integer({ min: 1, max: 200 }),
            rank: fc.integer({ min: 1, max: 600 }),
          }),
        ),
        (weightPrecision, keyValuePrecision, tensorParallel, batch, stages, adapters) => {
          const change = {
            weightPrecision,
            keyValuePrecision,
            tensorParallel,
            batch,
            pipelineParallel: stages,
            attentionDataParallel: tensorParallel,
            expertParallel: tensorParallel,
            adapters,
          };
          for (const { tool, text } of servingLaunch({ ...usual, ...change })) {
            const known = documented.find((row) => row.tool === tool);
            for (const line of settingsOf(text)) {
              expect(known?.settings, line).toContain(line.trim().split(':')[0]);
            }
            const command = text.replace(settingsFile, '');
            expect(command.startsWith(known?.command ?? 'unknown'), tool).toBe(true);
            for (const [flag, value] of options(command)) {
              const kind = known?.flags[flag];
              expect(kind, `${tool} ${flag}`).toBeDefined();
              if (Array.isArray(kind)) expect(kind, `${tool} ${flag}`).toContain(value);
              else if (kind === 'whole number') expect(value).toMatch(/^\d+$/);
              else if (kind === 'share') expect(value).toMatch(/^0\.\d+$/);
              else if (kind === 'nothing') expect(value).toMatch(/^(--.*)?$/);
              else expect(value).not.toBe('');
            }
          }
        },
      ),
    );
  });

  it('names where its flags were read, and on which day', () => {
    expect(servingLaunch(usual).map(({ tool }) => tool)).toEqual(
      documented.map(({ tool }) => tool),
    );
    for (const { source, form } of servingLaunch(usual)) {
      expect(source).toMatch(/read 2026-\d\d-\d\d$/);
      expect(form).toContain('started 12 times');
    }
  });
});

describe('the settings of a replica', () => {
  it.each([
    [
      'vLLM',
      ['--tensor-parallel-size', '4'],
      ['--max-num-seqs', '71'],
      ['--kv-cache-dtype', 'fp8'],
    ],
    ['SGLang', ['--tp-size', '4'], ['--max-running-requests', '71'], ['--quantization', 'fp8']],
    ['TensorRT-LLM', ['--tp_size', '4'], ['--max_batch_size', '71'], ['--backend', 'pytorch']],
    ['llama.cpp', ['--parallel', '71'], ['--ctx-size', '90880'], ['--cache-type-k', 'q8_0']],
  ])('reach %s', (tool, ...expected) => {
    expect(options(textOf(tool))).toEqual(expect.arrayContaining(expected));
  });

  it('in 16 bits name the type and quantise nothing', () => {
    const wide = { weightPrecision: 'bf16', keyValuePrecision: 'bf16' } as const;
    expect(textOf('vLLM', wide)).toContain('--dtype bfloat16');
    expect(textOf('vLLM', wide)).not.toContain('--quantization');
    expect(textOf('SGLang', wide)).not.toContain('--kv-cache-dtype');
  });

  it('that an engine cannot express are said in words', () => {
    for (const { tool, cannot } of servingLaunch({ ...usual, weightPrecision: 'fp4' })) {
      expect(cannot.join(' '), tool).toContain('FP4');
    }
    expect(textOf('llama.cpp', { tensorParallel: 1 })).not.toContain('--split-mode');
  });
});

describe('the launch commands of a plan', () => {
  const plan = templatePlan('chat-fleet-h200');

  it('start the batch and the replicas of the report', () => {
    const report = inferenceOf(plan);
    const [vllm] = planServingLaunch(plan, report, catalogue);
    expect(vllm?.text).toContain(`--max-num-seqs ${String(report.operatingBatch.value)}`);
    expect(vllm?.form).toContain(`started ${String(report.replicasNeeded.value)} times`);
  });

  it('do not exist where no batch meets the targets', () => {
    const hard = withService(plan, { timePerOutputTokenTargetMs: quantity(0.01) });
    expect(planServingLaunch(hard, inferenceOf(hard), catalogue)).toEqual([]);
  });
});
