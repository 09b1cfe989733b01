import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { evaluate } from '@engine/evaluate';
import { embeddingLaunch } from '@engine/launch/embedding-launch';
import { speechLaunch } from '@engine/launch/speech-launch';
import { videoLaunch, type LaunchVideos } from '@engine/launch/video-launch';
import { planTaskLaunch } from '@engine/launch/task-launch';
import type { LaunchTask } from '@engine/launch/task-text';
import type { Plan, TaskKind } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';
import { options } from './launch-fixture';

const usual: LaunchTask = {
  modelName: 'BGE M3',
  precision: 'fp16',
  batch: 32,
  tokens: 512,
  accelerators: 2,
  vendor: 'NVIDIA',
  isOnCpu: false,
};

const vllm = {
  '--max-num-seqs': /^\d+$/,
  '--dtype': /^(bfloat16|float16|float32)$/,
  '--quantization': /^fp8$/,
};
/** Flags that the documents of each tool list, with what they take: see the docstrings of the writers. */
const documented: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  vLLM: {
    ...vllm,
    '--runner': /^pooling$/,
    '--convert': /^embed$/,
    '--max-num-batched-tokens': /^\d+$/,
  },
  'Text Embeddings Inference': {
    '--model-id': /^CHECKPOINT$/,
    '--dtype': /^float(16|32)$/,
    '--max-batch-tokens': /^\d+$/,
    '--max-batch-requests': /^\d+$/,
  },
  'whisper.cpp': {
    '--model': /^CHECKPOINT\.bin$/,
    '--host': /^0\.0\.0\.0$/,
    '--port': /^\d+$/,
    '--language': /^auto$/,
    '--convert': /^$/,
  },
};

const precisions: readonly Precision[] = ['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'];
const launches = { embedding: embeddingLaunch, speech: speechLaunch };

describe.each(Object.entries(launches))('what starts a service of %s', (_, launch) => {
  const tools = (change: Partial<LaunchTask>) =>
    launch({ ...usual, ...change }).map(({ tool }) => tool);

  it('uses documented flags alone, for every number format', () => {
    for (const precision of precisions) {
      for (const { tool, text } of launch({ ...usual, precision })) {
        if (tool === 'faster-whisper') continue;
        for (const [flag, value] of options(text)) {
          expect(documented[tool]?.[flag], `${tool} ${flag}`).toBeDefined();
          expect(value).toMatch(documented[tool]?.[flag] ?? /^never$/);
        }
      }
    }
  });

  it('says how often a copy is started, and what it is a copy of', () => {
    for (const { form } of launch(usual)) expect(form).toMatch(/started 2 times; .*of BGE M3$/);
    for (const { form } of launch({ ...usual, accelerators: 1 })) expect(form).toContain('once');
  });

  it('names a tool on every GPU that it knows and on processors', () => {
    for (const vendor of ['NVIDIA', 'AMD', 'Intel', 'Apple']) {
      expect(tools({ vendor })).not.toEqual([]);
    }
    expect(tools({ vendor: 'Intel', isOnCpu: true })).not.toEqual([]);
    expect(tools({ vendor: 'Apple' })).not.toContain('vLLM');
  });

  it('says what narrow numbers need', () => {
    for (const { tool, text, cannot } of launch({ ...usual, precision: 'fp4' })) {
      expect(text, tool).not.toContain('fp4');
      expect(cannot.join(' '), tool).toContain('FP4');
    }
  });
});

describe('a service of texts', () => {
  const of = (tool: string, change: Partial<LaunchTask> = {}) =>
    embeddingLaunch({ ...usual, ...change }).find((one) => one.tool === tool);

  it('gathers so many texts, and all their tokens', () => {
    const router = options(of('Text Embeddings Inference')?.text ?? '');
    expect(router.get('--max-batch-requests')).toBe('32');
    expect(router.get('--max-batch-tokens')).toBe(String(32 * 512));
    const server = options(of('vLLM')?.text ?? '');
    expect(server.get('--max-num-seqs')).toBe('32');
    expect(server.get('--max-num-batched-tokens')).toBe(String(32 * 512));
  });

  it('has no option for 16 bits of the other kind in the router', () => {
    const router = of('Text Embeddings Inference', { precision: 'bf16' });
    expect(router?.text).not.toContain('--dtype');
    expect(router?.cannot.join(' ')).toContain('FP16 or FP32');
  });
});

describe('a service of recordings', () => {
  const of = (tool: string, change: Partial<LaunchTask> = {}) =>
    speechLaunch({ ...usual, tokens: 0, ...change }).find((one) => one.tool === tool);

  it('gathers windows where the tool can', () => {
    expect(of('faster-whisper')?.text).toContain('batch_size=32');
    expect(of('faster-whisper', { isOnCpu: true })?.text).toContain('device="cpu"');
    expect(of('vLLM')?.text).toContain('--max-num-seqs 32');
    expect(of('whisper.cpp')?.cannot.join(' ')).toContain('not on 32 windows at once');
    expect(of('whisper.cpp', { batch: 1 })?.cannot).toHaveLength(1);
  });

  it('runs faster-whisper on GPUs of one maker alone', () => {
    expect(of('faster-whisper', { vendor: 'AMD' })).toBeUndefined();
  });
});

describe('a service of videos', () => {
  const clip: LaunchVideos = {
    modelName: 'Wan 2.1 T2V 14B',
    precision: 'bf16',
    steps: 50,
    frames: 81,
    framesPerSecond: 16,
    width: 832,
    height: 480,
    accelerators: 4,
    vendor: 'NVIDIA',
    isOnCpu: false,
  };
  const tools = (change: Partial<LaunchVideos> = {}) =>
    videoLaunch({ ...clip, ...change }).map(({ tool }) => tool);

  it('names tools only where they run', () => {
    expect(tools()).toEqual(['vLLM-Omni', 'SGLang Diffusion', 'Diffusers']);
    expect(tools({ vendor: 'Intel' })).toEqual(['vLLM-Omni', 'Diffusers']);
    expect(tools({ vendor: 'Apple' })).toEqual(['Diffusers']);
    expect(tools({ vendor: 'Intel', isOnCpu: true })).toEqual(['Diffusers']);
  });

  it('says the frames, the size and the steps, in the command or of each request', () => {
    for (const { tool, text, cannot } of videoLaunch(clip)) {
      const said = `${text} ${cannot.join(' ')}`;
      for (const number of ['81', '832', '480', '50', '16']) expect(said, tool).toContain(number);
    }
  });

  it('says what narrow numbers need', () => {
    const [omni, sglang, diffusers] = videoLaunch({ ...clip, precision: 'fp8' });
    expect(omni?.text).toContain('--quantization fp8');
    expect(sglang?.text).not.toContain('--dit-precision');
    expect(sglang?.cannot.join(' ')).toContain('already be stored so');
    expect(diffusers?.cannot.join(' ')).toContain('already be stored so');
  });
});

describe('a plan', () => {
  const plain = templatePlan('lab-node-8-h100');
  const planOf = (task: TaskKind, modelId: string, targetSeconds: number): Plan => ({
    ...plain,
    workloads: [
      {
        kind: 'task',
        task,
        id: 'service',
        name: 'Service',
        clusterId: plain.clusters[0]?.id ?? '',
        modelId,
        precision: 'fp16',
        requestsPerDay: quantity(task === 'video' ? 500 : 50_000),
        meanLoadFraction: quantity(0.6),
        targetSeconds: quantity(targetSeconds),
      },
    ],
  });
  const settingsOf = (plan: Plan) => {
    const [report] = evaluate(plan, catalogue).workloads;
    if (report?.kind !== 'task') throw new Error('The plan has no such service.');
    return { report, settings: planTaskLaunch(plan, report, catalogue) };
  };

  it('gives texts the batch and the tokens that it works with', () => {
    const { report, settings } = settingsOf(planOf('embedding', 'bge-m3', 5));
    const batch = report.requestsAtOnce.value ?? Number.NaN;
    const tokens = catalogue.assumptions['task.textTokens']?.value ?? Number.NaN;
    const router = settings.find(({ tool }) => tool === 'Text Embeddings Inference');
    expect(router?.text).toContain(`--max-batch-tokens ${String(batch * tokens)}`);
  });

  it('gives videos the frames of their length', () => {
    const { settings } = settingsOf(planOf('video', 'wan-2.1-t2v-1.3b', 3_600));
    expect(settings.at(-1)?.text).toContain('num_frames=81');
  });

  it('gives recordings the windows that it works with', () => {
    const { settings } = settingsOf(planOf('speech', 'whisper-large-v3', 60));
    expect(settings.map(({ tool }) => tool)).toEqual(['vLLM', 'faster-whisper', 'whisper.cpp']);
    expect(settings[1]?.text).toMatch(/batch_size=\d+\)/);
  });

  it('says nothing where no batch meets the target', () => {
    expect(settingsOf(planOf('speech', 'whisper-large-v3', 1e-6)).settings).toEqual([]);
  });
});
