import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Prediction } from '../../src/cli/estimate/case';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { readLoad } from '../../src/cli/estimate/load';
import { readPrecision } from '../../src/cli/estimate/precision';
import { readRecompute, readZeroStage } from '../../src/cli/estimate/training-fields';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { runCommand, sample } from './support';

interface SampleCase {
  readonly id: string;
  readonly training?: object;
  readonly serving?: object;
}

function samples(name: string): SampleCase[] {
  return JSON.parse(readFileSync(sample(`cases/${name}`), 'utf8')) as SampleCase[];
}

function predict(raw: unknown): Prediction {
  const [prediction] = estimateCases([raw], catalogue);
  if (prediction === undefined) throw new Error('No prediction came back.');
  return prediction;
}

function metric(prediction: Prediction, name: string): number {
  const value = prediction.predicted?.[name];
  if (value === undefined) throw new Error(prediction.error ?? `There is no ${name}.`);
  return value;
}

describe('estimate', () => {
  test.each(['training.json', 'serving.json'])(
    'predicts every case of %s in order',
    async (name) => {
      const { status, printed } = await runCommand(['estimate', sample(`cases/${name}`)]);
      const predictions = JSON.parse(printed) as Prediction[];
      expect(status).toBe(0);
      expect(predictions.map(({ id }) => id)).toEqual(samples(name).map(({ id }) => id));
      for (const prediction of predictions) {
        expect(prediction.error, prediction.id ?? '').toBeUndefined();
        for (const [metricName, range] of Object.entries(prediction.interval ?? {})) {
          expect(range.p10).toBeLessThan(metric(prediction, metricName));
          expect(range.p90).toBeGreaterThan(metric(prediction, metricName));
        }
      }
    },
  );

  test('reads standard input', async () => {
    const text = readFileSync(sample('cases/serving.json'), 'utf8');
    const piped = await runCommand(['estimate', '-'], text);
    expect(piped.printed).toBe(
      (await runCommand(['estimate', sample('cases/serving.json')])).printed,
    );
  });

  test('cannot be led by what a case carries for scoring', () => {
    for (const plain of [...samples('training.json'), ...samples('serving.json')]) {
      const scored = {
        ...plain,
        measured: { iteration_s: 1, tokens_per_s_per_gpu: 1, tpot_ms: 1 },
        derived: { iteration_s: 2 },
        derived_fields: ['tpot_ms'],
        closed_loop_est: { output_tokens_per_s_total: 3 },
        littles_law_in_flight: 4,
        notes: 'micro-batch 7, TP 2',
        source: { title: 'elsewhere' },
        tier: 'D',
      };
      expect(predict(scored)).toEqual(predict(plain));
    }
  });

  // Published: Llama 3 405B ran at 380 to 430 TFLOP/s per GPU and took 54 days on up to 16,384 H100; within 25 %.
  test('comes close to the published Llama 3 405B run', () => {
    const prediction = predict(samples('training.json')[0]);
    expect(Math.abs(metric(prediction, 'tflops_per_gpu') / 400 - 1)).toBeLessThan(0.25);
    expect(prediction.layout).toMatchObject({ tp: 8, pp: 16, dp: 128 });
  });

  // Published: a 70B at TP 2 in FP8 on H200 steps in about 27 ms with 128 and 15 ms with 32 requests in flight.
  test('comes close to a published serving step', () => {
    const prediction = predict(samples('serving.json')[0]);
    expect(metric(prediction, 'tpot_ms')).toBeGreaterThan(15);
    expect(metric(prediction, 'tpot_ms')).toBeLessThan(29);
  });

  test('relates its numbers to each other', () => {
    const trained = predict(samples('training.json')[0]);
    const tokens = 2048 * 8192;
    const perGpu = tokens / metric(trained, 'iteration_s') / 16384;
    expect(metric(trained, 'tokens_per_s_per_gpu')).toBeCloseTo(perGpu, 6);
    expect(metric(trained, 'gpu_hours')).toBeCloseTo(metric(trained, 'days') * 24 * 16384, 3);
    const parts = Object.values(trained.breakdown ?? {}).reduce((sum, part) => sum + part, 0);
    expect(parts / metric(trained, 'iteration_s')).toBeCloseTo(1, 9);
    const served = predict(samples('serving.json')[0]);
    const step = Object.values(served.breakdown ?? {}).reduce((sum, part) => sum + part, 0);
    expect((step * 1e3) / metric(served, 'tpot_ms')).toBeCloseTo(1, 9);
  });

  test('lists what it assumed', () => {
    const { assumptions } = predict(samples('training.json')[2]);
    expect(assumptions.some((sentence) => sentence.startsWith('TP '))).toBe(true);
  });

  test('an error stays with its case', () => {
    const [good] = samples('serving.json');
    const predictions = estimateCases(
      [
        { id: 'no part' },
        { ...good, id: 'unknown model', model: { name: 'Nobody 7X' } },
        { ...good, id: 'unknown part', hardware: { accelerator: 'Abacus 3000' } },
        { ...good, id: 'too small', model: { name: 'DeepSeek-V3' } },
        17,
        good,
      ],
      catalogue,
    );
    const errors = predictions.map(({ error }) => error ?? null);
    expect(errors[0]).toContain('neither a training nor a serving part');
    expect(errors[1]).toContain('Nobody 7X');
    expect(errors[2]).toContain('Abacus 3000');
    expect(errors[3]).toContain('do not fit');
    expect(errors[4]).toContain('not a JSON object');
    expect(errors[5]).toBeNull();
  });

  test('survives any case: nothing is thrown, nothing is NaN', () => {
    const number = fc.oneof(fc.constant(null), fc.integer({ min: -2, max: 4096 }), fc.string());
    const field = (...names: string[]) =>
      fc.record(Object.fromEntries(names.map((name) => [name, number])), { requiredKeys: [] });
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.models.keys(), 'nobody'),
        fc.constantFrom(...catalogue.accelerators.keys()),
        fc.integer({ min: 1, max: 20_000 }),
        field('seq_len', 'global_batch_seqs', 'micro_batch', 'tp', 'pp', 'vpp', 'cp', 'ep', 'dp'),
        field('tp', 'pp', 'ep', 'dp', 'batch_or_concurrency', 'input_len', 'output_len'),
        fc.boolean(),
        (name, accelerator, count, training, serving, isTraining) => {
          const part = isTraining ? { training } : { serving };
          const prediction = predict({
            id: 'any',
            model: { name },
            hardware: { accelerator, count },
            ...part,
          });
          expect(JSON.stringify(prediction)).not.toMatch(/NaN|Infinity|null,|:null/);
          expect(prediction.predicted === undefined).toBe(prediction.error !== undefined);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the words of a case', () => {
  test.each([
    ['FP8 (meta checkpoint)', 'fp8'],
    ['amp_bf16', 'bf16'],
    ['FP16 mixed', 'fp16'],
    ['NVFP4', 'fp4'],
    ['MXFP8', 'fp8'],
    ['Q4_K_M', 'fp4'],
    ['EXL2 4.0bpw', 'fp4'],
    ['INT8', 'int8'],
    ['', null],
    ['mixed', null],
  ])('%s means %s', (text, precision) => {
    expect(readPrecision(text)).toBe(precision);
  });

  test.each([
    [64, { kind: 'requests in flight', requests: 64 }],
    ['concurrency 64', { kind: 'requests in flight', requests: 64 }],
    ['open-loop 2 req/s', { kind: 'request rate', requestsPerSecond: 2, requests: null }],
    ['16,384 tokens per device', { kind: 'unknown', atMost: null }],
    [null, { kind: 'unknown', atMost: null }],
    ['max 768 per engine', { kind: 'unknown', atMost: 768 }],
    ['128 per GPU', { kind: 'requests in flight', requests: 1024 }],
    [
      'open-loop INF req/s, 1000 prompts',
      { kind: 'request rate', requestsPerSecond: Infinity, requests: 1000 },
    ],
  ])('a load of %s is understood', (given, load) => {
    expect(readLoad(given, 8)).toEqual(load);
  });

  test('ZeRO stages and recomputation are found in prose', () => {
    expect(readZeroStage({ zero_stage_or_fsdp: 'FSDP FULL_SHARD (ZeRO-3)' })).toBe(3);
    expect(readZeroStage({ zero_stage_or_fsdp: 'FSDP SHARD_GRAD_OP (ZeRO-2)' })).toBe(2);
    expect(readZeroStage({ zero_stage_or_fsdp: 'DDP/distributed optimizer (FSDP=0)' })).toBe(1);
    expect(readZeroStage({ zero_stage_or_fsdp: 'none (plain DP; no ZeRO)' })).toBe(0);
    expect(readZeroStage({ zero_stage_or_fsdp: 'not stated in CSV' })).toBeNull();
    expect(readRecompute('full activation checkpointing')).toBe('full');
    expect(readRecompute('selective (attention core) + sequence parallelism')).toBe('selective');
    expect(readRecompute('disabled')).toBe('none');
    expect(readRecompute(null)).toBeNull();
  });
});

describe('a configuration given inline', () => {
  const config = {
    model_type: 'llama',
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    intermediate_size: 14336,
    vocab_size: 128256,
    max_position_embeddings: 131072,
    tie_word_embeddings: false,
  };
  const rest = {
    hardware: { accelerator: 'H100 SXM', count: 8, per_node: 8 },
    training: { seq_len: 4096, global_batch_seqs: 64, tp: 1, pp: 1, dp: 8 },
  };

  test('is the model of the case, whatever its name', () => {
    const [given, named] = estimateCases(
      [
        { ...rest, model: { name: 'of one’s own', config } },
        { ...rest, model: { name: 'Llama 3.1 8B' } },
      ],
      catalogue,
    );
    expect(given?.predicted?.['iteration_s']).toBeGreaterThan(0);
    expect(given?.predicted?.['iteration_s']).toBe(named?.predicted?.['iteration_s']);
  });

  test('that is wrong is an error that names the field', () => {
    const wrong = { ...config, hidden_size: 'wide' };
    const [prediction] = estimateCases([{ ...rest, model: { config: wrong } }], catalogue);
    expect(prediction?.error).toContain('hidden_size');
  });
});

test.each([
  ['Llama 5 72B', 'Llama 3.1 70B'],
  ['Qwen4-31B', 'Qwen1.5 32B'],
])('%s, which nobody knows, is taken as %s, and that is said', (name, relative) => {
  const [prediction] = estimateCases(
    [
      {
        model: { name },
        hardware: { accelerator: 'H100 SXM', count: 64, per_node: 8 },
        training: { seq_len: 4096, global_batch_seqs: 256 },
      },
    ],
    catalogue,
  );
  expect(prediction?.error).toBeUndefined();
  expect(prediction?.assumptions.join()).toMatch(/nearest of its family/);
  expect(prediction?.assumptions.join()).toContain(relative);
});

describe('a cluster or batch that nothing divides', () => {
  const llama = { name: 'Llama 3.1 70B' };

  test('is answered by the nearest that something does, and said', () => {
    const { predicted, layout, assumptions, error } = predict({
      model: llama,
      hardware: { accelerator: 'H100', count: 1_000 },
      training: { seq_len: 8_192, global_batch_seqs: 512 },
    });
    expect(error).toBeUndefined();
    expect(Number(layout?.['dp'])).toBeGreaterThan(100);
    expect(predicted?.['mfu']).toBeGreaterThan(0.3);
    expect(assumptions.join('; ')).toMatch(/global batch of \d+ sequences instead of 512/);
  });

  // LLaMA 65B: "4M tokens" on 2,048 accelerators, https://arxiv.org/abs/2302.13971; the paper says 380 tokens/s per GPU.
  test('takes a batch in tokens for a rounded one', () => {
    const given = { accelerator: 'A100-80GB', count: 2_048 };
    const training = { seq_len: 2_048, global_batch_tokens: 4_000_000 };
    const rounded = predict({ model: { name: 'LLaMA 65B' }, hardware: given, training });
    expect(rounded.layout?.['dp']).toBeGreaterThanOrEqual(128);
    const rate = metric(rounded, 'tokens_per_s_per_gpu');
    expect(rate).toBeGreaterThan(380 * 0.75);
    expect(rate).toBeLessThan(380 * 1.25);
  });
});

test('a part without BF16 trains in FP16 where nothing is said', () => {
  const training = { seq_len: 2_048, global_batch_seqs: 512 };
  const open = { model: { name: 'GPT-3 13B', layers: 40, hidden: 5_120, heads: 40 }, training };
  const said = (accelerator: string) =>
    predict({ ...open, hardware: { accelerator, count: 64 } }).assumptions.join('; ');
  expect(said('V100-32GB')).toContain('FP16: precision not given');
  expect(said('A100-80GB')).toContain('BF16: precision not given');
});

test.each(['GPT-4', 'Llama', 'Qwen'])('%s, of a family of many sizes, is not guessed', (name) => {
  const { error, predicted } = predict({
    model: { name },
    hardware: { accelerator: 'H100', count: 64 },
    training: { seq_len: 4_096, global_batch_seqs: 64 },
  });
  expect(predicted).toBeUndefined();
  expect(error).toContain(`no model named '${name}'`);
  expect(error).toContain('parameter count');
});
