import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { evaluate } from '@engine/evaluate';
import { imageLaunch, type LaunchImages } from '@engine/launch/image-launch';
import { planTaskLaunch } from '@engine/launch/task-launch';
import type { Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';
import { options } from './launch-fixture';

const usual: LaunchImages = {
  modelId: 'flux.1-dev',
  modelName: 'FLUX.1 dev',
  precision: 'bf16',
  steps: 50,
  edge: 1024,
  batch: 4,
  accelerators: 3,
  vendor: 'NVIDIA',
  isOnCpu: false,
};

/** Flags that the documents of each tool list, with what they take: see the docstrings of the writers. */
const documented: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'vLLM-Omni': { '--omni': /^$/, '--max-num-seqs': /^\d+$/, '--quantization': /^fp8$/ },
  'SGLang Diffusion': {
    '--model-path': /^CHECKPOINT$/,
    '--num-gpus': /^\d+$/,
    '--dit-precision': /^(fp16|bf16|fp32)$/,
  },
  TensorRT: {
    '--version':
      /^(1\.5|2\.1|xl-1\.0|xl-turbo|sd3|3\.5-medium|3\.5-large|flux\.1-dev|flux\.1-schnell)$/,
    '--height': /^\d+$/,
    '--width': /^\d+$/,
    '--denoising-steps': /^\d+$/,
    '--batch-size': /^[124]$/,
    '--bf16': /^$/,
    '--fp8': /^$/,
    '--int8': /^$/,
    '--fp4': /^$/,
    '--build-static-batch': /^$/,
    '--use-cuda-graph': /^$/,
    '--hf-token=$HF_TOKEN': /^$/,
  },
};

const precisions: readonly Precision[] = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'];

function of(tool: string, change: Partial<LaunchImages> = {}) {
  return imageLaunch({ ...usual, ...change }).find((one) => one.tool === tool);
}

describe('what starts a service of images', () => {
  it('uses documented flags alone, for every model and number format', () => {
    for (const { id, name } of catalogue.imageModels.values()) {
      for (const precision of precisions) {
        for (const batch of [1, 3, 16]) {
          for (const { tool, text } of imageLaunch({
            ...usual,
            modelId: id,
            modelName: name,
            precision,
            batch,
          })) {
            if (tool === 'Diffusers') continue;
            for (const [flag, value] of options(text)) {
              expect(documented[tool]?.[flag], `${tool} ${flag}`).toBeDefined();
              expect(value).toMatch(documented[tool]?.[flag] ?? /^never$/);
            }
          }
        }
      }
    }
  });

  it('says the size, the steps and the batch, or that a tool cannot', () => {
    expect(of('Diffusers')?.text).toContain('["PROMPT"] * 4,\n    height=1024,\n    width=1024,');
    expect(of('Diffusers')?.text).toContain('num_inference_steps=50');
    expect(of('vLLM-Omni')?.text).toContain('--max-num-seqs 4');
    expect(of('vLLM-Omni')?.cannot.join(' ')).toContain('"num_inference_steps": 50');
    expect(of('SGLang Diffusion')?.cannot.join(' ')).toContain('4 images are worked on at once');
    expect(options(of('TensorRT', { batch: 3 })?.text ?? '').get('--batch-size')).toBe('2');
    expect(of('TensorRT', { batch: 3 })?.cannot.join(' ')).toContain('not 3');
    expect(of('vLLM-Omni')?.form).toContain('started 3 times');
  });

  it('names tools only where they run', () => {
    const tools = (change: Partial<LaunchImages>) =>
      imageLaunch({ ...usual, ...change }).map(({ tool }) => tool);
    expect(tools({})).toEqual(['vLLM-Omni', 'SGLang Diffusion', 'TensorRT', 'Diffusers']);
    expect(tools({ vendor: 'AMD' })).toEqual(['vLLM-Omni', 'SGLang Diffusion', 'Diffusers']);
    expect(tools({ vendor: 'Intel', isOnCpu: true })).toEqual(['Diffusers']);
    expect(tools({ modelId: 'qwen-image' })).not.toContain('TensorRT');
    expect(of('Diffusers', { isOnCpu: true })?.text).toContain('.to("cpu")');
    expect(of('Diffusers', { vendor: 'Apple' })?.text).toContain('.to("mps")');
  });

  it('says what narrow numbers need', () => {
    expect(of('vLLM-Omni', { precision: 'fp8' })?.text).toContain('--quantization fp8');
    expect(of('TensorRT', { precision: 'int8' })?.text).not.toContain('--int8');
    expect(of('TensorRT', { precision: 'int8' })?.cannot.join(' ')).toContain('in INT8');
    expect(of('TensorRT', { precision: 'int8', modelId: 'sdxl' })?.text).toContain('--int8');
    expect(of('SGLang Diffusion', { precision: 'fp8' })?.cannot.join(' ')).toContain(
      'already be stored so',
    );
  });
});

describe('a plan', () => {
  const plain = templatePlan('lab-node-8-h100');
  const plan: Plan = {
    ...plain,
    workloads: [
      {
        kind: 'task',
        task: 'image',
        id: 'images',
        name: 'Images',
        clusterId: plain.clusters[0]?.id ?? '',
        modelId: 'sdxl',
        precision: 'fp16',
        requestsPerDay: quantity(50_000),
        meanLoadFraction: quantity(0.6),
        targetSeconds: quantity(20),
      },
    ],
  };

  it('gives the batch that it works with', () => {
    const [report] = evaluate(plan, catalogue).workloads;
    if (report?.kind !== 'task') throw new Error('The plan has no service of images.');
    const settings = planTaskLaunch(plan, report, catalogue);
    expect(settings.map(({ tool }) => tool)).toContain('TensorRT');
    const [omni] = settings;
    expect(omni?.text).toContain(`--max-num-seqs ${String(report.requestsAtOnce.value)}`);
  });

  it('says nothing where no batch meets the target', () => {
    const [service] = plan.workloads;
    if (service?.kind !== 'task') throw new Error('The plan has no service of images.');
    const hasty: Plan = {
      ...plan,
      workloads: [{ ...service, targetSeconds: quantity(1e-6) }],
    };
    const [report] = evaluate(hasty, catalogue).workloads;
    if (report?.kind !== 'task') throw new Error('The plan has no service of images.');
    expect(planTaskLaunch(hasty, report, catalogue)).toEqual([]);
  });
});
