import { describe, expect, test } from 'vitest';
import { deepSpeedLaunch } from '@engine/launch/deepspeed';
import { launchSettings, planLaunch } from '@engine/launch/launch-settings';
import { bridgeLaunch, megatronLaunch } from '@engine/launch/megatron';
import { nemoLaunch } from '@engine/launch/nemo';
import { torchtitanLaunch } from '@engine/launch/torchtitan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import type { LaunchJob } from '@engine/launch/types';
import { expertJob, job, options } from './launch-fixture';

describe('Megatron-LM', () => {
  test('gets every degree, the batch and the precision', () => {
    expect(Object.fromEntries(options(megatronLaunch(job()).text))).toEqual({
      '--tensor-model-parallel-size': '8',
      '--sequence-parallel': '',
      '--pipeline-model-parallel-size': '16',
      '--pipeline-model-parallel-layout': '"E|(t|)*126L"',
      '--context-parallel-size': '1',
      '--micro-batch-size': '1',
      '--global-batch-size': '2048',
      '--seq-length': '8192',
      '--recompute-granularity': 'selective',
      '--use-distributed-optimizer': '',
      '--bf16': '',
    });
  });

  test('is told nothing of a split of layers that is even', () => {
    const even = megatronLaunch(job({ pipelineParallel: 7, virtualStages: 6 }));
    expect(even.cannot).toEqual([]);
    expect(even.text).not.toMatch(/pipeline-model-parallel-layout|pipeline-num-layers/);
  });

  test.each([
    [0, undefined],
    [1, undefined],
    [2, 'optim_grads'],
    [3, 'optim_grads_params'],
  ] as const)('shards by ZeRO %i as %s', (zeroStage, strategy) => {
    const found = options(megatronLaunch(job({ zeroStage })).text);
    expect(found.get('--data-parallel-sharding-strategy')).toBe(strategy);
    expect(found.has('--use-megatron-fsdp')).toBe(zeroStage >= 2);
    expect(found.has('--use-distributed-optimizer')).toBe(zeroStage >= 1);
  });

  test.each([
    ['none', undefined, undefined],
    ['selective', 'selective', undefined],
    ['full', 'full', 'uniform'],
  ] as const)('recomputes %s', (recompute, granularity, method) => {
    const found = options(megatronLaunch(job({ recompute })).text);
    expect(found.get('--recompute-granularity')).toBe(granularity);
    expect(found.get('--recompute-method')).toBe(method);
  });

  test.each([
    ['bf16', ['--bf16']],
    ['fp16', ['--fp16']],
    ['fp8', ['--bf16', '--fp8-format']],
    ['fp4', ['--bf16', '--fp4-format']],
  ] as const)('trains in %s', (precision, names) => {
    const found = options(megatronLaunch(job({}, { precision })).text);
    for (const name of names) expect(found.has(name)).toBe(true);
  });

  test('says what a precision without an option is', () => {
    expect(megatronLaunch(job({}, { precision: 'fp32' })).cannot.join(' ')).toContain('precision');
  });

  test('spreads experts only where there are experts', () => {
    const dense = options(megatronLaunch(job({ expertParallel: 4 })).text);
    expect(dense.has('--expert-model-parallel-size')).toBe(false);
    const spread = options(megatronLaunch(expertJob({ expertParallel: 4 })).text);
    expect(spread.get('--expert-model-parallel-size')).toBe('4');
    expect(spread.get('--expert-tensor-parallel-size')).toBe('1');
  });

  test('needs no sequence parallelism and no chunks where there is one rank and one stage', () => {
    const layout = { tensorParallel: 1, pipelineParallel: 1, virtualStages: 1 };
    const found = options(megatronLaunch(job(layout)).text);
    expect(found.has('--sequence-parallel')).toBe(false);
    expect(found.has('--num-virtual-stages-per-pipeline-rank')).toBe(false);
  });
});

describe('Megatron Bridge and NeMo', () => {
  test('take the degrees under the same names', () => {
    const bridge = bridgeLaunch(job()).text;
    const nemo = nemoLaunch(job()).text;
    for (const name of [
      'tensor_model_parallel_size',
      'pipeline_model_parallel_size',
      'virtual_pipeline_model_parallel_size',
      'context_parallel_size',
    ]) {
      const value = new RegExp(`${name} ?= ?(\\w+)`);
      expect(value.exec(bridge)?.[1]).toBe(value.exec(nemo)?.[1]);
    }
  });

  test('have no chunks without interleaving', () => {
    const layout = { virtualStages: 1 };
    expect(bridgeLaunch(job(layout)).text).toContain('virtual_pipeline_model_parallel_size = None');
    expect(nemoLaunch(job(layout)).text).toContain('virtual_pipeline_model_parallel_size=None');
  });

  test.each([
    ['bf16', 'bf16_mixed'],
    ['fp16', 'fp16_mixed'],
    ['fp8', 'bf16_with_fp8_current_scaling_mixed'],
  ] as const)('%s is the recipe %s', (precision, recipe) => {
    expect(bridgeLaunch(job({}, { precision })).text).toContain(`"${recipe}"`);
  });

  test('say what they cannot: full sharding, a recipe, the batch', () => {
    expect(bridgeLaunch(job({ zeroStage: 3 })).cannot).toHaveLength(1);
    expect(bridgeLaunch(job({}, { precision: 'fp4' })).cannot).toHaveLength(1);
    expect(nemoLaunch(job({ zeroStage: 3 })).cannot.join(' ')).toContain('2048');
  });

  test('shard the optimizer in both places or in neither', () => {
    expect(bridgeLaunch(job()).text.match(/use_distributed_optimizer = True/g)).toHaveLength(2);
    const plain = bridgeLaunch(job({ zeroStage: 0 })).text;
    expect(plain.match(/use_distributed_optimizer = False/g)).toHaveLength(2);
  });

  test('name experts where there are any', () => {
    expect(bridgeLaunch(expertJob({ expertParallel: 8 })).text).toContain(
      'expert_model_parallel_size = 8',
    );
    expect(bridgeLaunch(job()).text).not.toContain('expert');
  });
});

describe('torchtitan', () => {
  const field = (text: string, name: string): string | undefined =>
    new RegExp(`\\b${name}=([^,\\n]+)`).exec(text)?.[1];

  test('counts the batch in tokens', () => {
    const { text } = torchtitanLaunch(job({ microBatch: 2 }));
    expect(field(text, 'num_tokens_per_microbatch_per_dp_rank')).toBe('16384');
    expect(field(text, 'num_tokens_per_train_step')).toBe(String(2048 * 8192));
    expect(field(text, 'max_context_length')).toBe('8192');
    expect(field(text, 'num_pp_microbatches')).toBe('8');
  });

  test('uses every accelerator: the degrees multiply to them', () => {
    const { text } = torchtitanLaunch(job());
    const degrees = [
      'data_parallel_replicate_degree',
      'data_parallel_shard_degree',
      'tensor_parallel_degree',
      'context_parallel_degree',
      'pipeline_parallel_degree',
    ].map((name) => Number(field(text, name)));
    expect(degrees.reduce((product, degree) => product * degree, 1)).toBe(16_384);
  });

  test.each([
    [1, '"1F1B"', '8'],
    [8, '"Interleaved1F1B"', '1'],
  ])('%i chunks run as %s', (virtualStages, schedule, perChunk) => {
    const { text } = torchtitanLaunch(job({ virtualStages }));
    expect(field(text, 'pipeline_parallel_schedule')).toBe(schedule);
    expect(field(text, 'pipeline_parallel_layers_per_stage')).toBe(perChunk);
  });

  test.each([
    ['none', 'None'],
    ['selective', 'SelectiveAC.Config()'],
    ['full', 'FullAC.Config()'],
  ] as const)('recomputation %s is %s', (recompute, value) => {
    expect(field(torchtitanLaunch(job({ recompute })).text, 'activation_checkpoint')).toBe(value);
  });

  test('says that a sharded optimizer alone does not exist', () => {
    expect(torchtitanLaunch(job()).cannot.join(' ')).toContain('ZeRO 1');
    expect(torchtitanLaunch(job({ zeroStage: 3 })).cannot).toEqual([]);
  });

  test('says that experts must spread as wide as tensor parallelism', () => {
    const narrow = torchtitanLaunch(expertJob({ expertParallel: 2, zeroStage: 3 }));
    expect(narrow.cannot.join(' ')).toContain('at least as wide');
    const wide = torchtitanLaunch(expertJob({ expertParallel: 8, zeroStage: 3 }));
    expect(wide.cannot).toEqual([]);
  });

  test('replicates without sharding', () => {
    const { text } = torchtitanLaunch(job({ zeroStage: 0 }));
    expect(field(text, 'data_parallel_replicate_degree')).toBe('128');
    expect(field(text, 'data_parallel_shard_degree')).toBe('1');
  });

  test('has no pipeline fields without a pipeline', () => {
    const { text } = torchtitanLaunch(job({ pipelineParallel: 1, virtualStages: 1 }));
    expect(text).not.toContain('pipeline_parallel_schedule');
  });
});

describe('DeepSpeed', () => {
  interface File {
    readonly train_batch_size: number;
    readonly train_micro_batch_size_per_gpu: number;
    readonly gradient_accumulation_steps: number;
    readonly zero_optimization: { readonly stage: number };
    readonly tensor_parallel?: { readonly autotp_size: number };
    readonly bf16?: { readonly enabled: boolean };
    readonly fp16?: { readonly enabled: boolean };
  }
  const file = (one: LaunchJob): File => JSON.parse(deepSpeedLaunch(one).text) as File;

  test('is a file whose batch is micro-batch times accumulation times replicas', () => {
    const one = job({ microBatch: 4 });
    const read = file(one);
    expect(
      read.train_micro_batch_size_per_gpu * read.gradient_accumulation_steps * one.dataParallel,
    ).toBe(read.train_batch_size);
    expect(read.zero_optimization.stage).toBe(1);
    expect(read.tensor_parallel?.autotp_size).toBe(8);
    expect(read.bf16?.enabled).toBe(true);
  });

  test('says 16-bit floats as such', () => {
    const read = file(job({}, { precision: 'fp16' }));
    expect(read.fp16?.enabled).toBe(true);
    expect(read.bf16).toBeUndefined();
  });

  test('says what stands in the program', () => {
    const { cannot } = deepSpeedLaunch(
      expertJob({ contextParallel: 2, expertParallel: 4, zeroStage: 3, recompute: 'full' }),
    );
    const words = cannot.join(' ');
    for (const part of [
      'PipelineModule(num_stages=16)',
      'Interleaved',
      'ZeRO 2 or 3',
      'ZeRO 0 to 2',
      'Ulysses',
      'MoE layer',
      'recomputed',
    ]) {
      expect(words).toContain(part);
    }
  });

  test('has nothing to add for data parallelism alone', () => {
    const plain = job({
      tensorParallel: 1,
      pipelineParallel: 1,
      virtualStages: 1,
      recompute: 'none',
    });
    expect(deepSpeedLaunch(plain).cannot).toEqual([]);
    expect(file(plain).tensor_parallel).toBeUndefined();
  });
});

describe('all tools', () => {
  test('have a name, a form, a text and a source with its date, each once', () => {
    const settings = launchSettings(job());
    expect(new Set(settings.map(({ tool }) => tool)).size).toBe(5);
    for (const { form, text, source, cannot } of settings) {
      expect(form).not.toBe('');
      expect(text).not.toMatch(/undefined|NaN|null/);
      expect(source).toMatch(/read \d{4}-\d\d-\d\d$/);
      for (const sentence of cannot) expect(sentence).toMatch(/^[A-Z0-9].*\.$/);
    }
  });

  test('of a plan are those of its layout, for its training jobs alone', () => {
    const template = planTemplates.find(({ id }) => id === 'llama-3-405b');
    if (!template) throw new Error('The template is missing.');
    const { plan } = template;
    const [workload] = plan.workloads;
    if (workload?.kind !== 'training') throw new Error('There is no training job.');
    const [first] = planLaunch(plan, workload.id, catalogue);
    expect(first?.text).toContain(`--tensor-model-parallel-size ${workload.layout.tensorParallel}`);
    expect(planLaunch(plan, 'nowhere', catalogue)).toEqual([]);
    const layout = { ...workload.layout, pipelineParallel: 1e6 };
    const impossible = { ...plan, workloads: [{ ...workload, layout }] };
    expect(planLaunch(impossible, workload.id, catalogue)).toEqual([]);
  });
});
