import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { readWeightFormat } from '../../src/cli/estimate/weight-format';

function predictionOf(changes: Record<string, unknown>) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'Llama-3.1-70B' },
        hardware: { accelerator: 'H100-SXM-80GB', count: 8 },
        serving: {
          engine: 'vLLM 0.10',
          weights_precision: 'FP8',
          input_len: 1024,
          output_len: 256,
        },
        ...changes,
      },
    ],
    bundledCatalogue,
  );
  if (!prediction) throw new Error('nothing predicted');
  return prediction;
}

describe('kinds of serving cases', () => {
  test.each([
    ['images', { model: { name: 'SDXL-1.0' }, serving: { mode: 'offline' } }, 'images_per_s'],
    [
      'a benchmark without prompt lengths',
      { mlperf_scenario: 'Server', model: { name: 'Llama-2-70B' }, serving: { mode: 'server' } },
      'tpot_ms',
    ],
    [
      'a phase of a disaggregated fleet',
      {
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'H100-SXM-80GB', count: 72 },
        phase: 'decode',
        serving: {
          engine: 'SGLang',
          weights_precision: 'FP8',
          ep: 72,
          dp: 72,
          batch_or_concurrency: '256 per GPU',
          input_len: 2000,
          output_len: 100,
          mode: 'disaggregated',
        },
      },
      'output_tokens_per_s_total',
    ],
    [
      'a single user on an Apple machine',
      {
        model: { name: 'Llama-3-8B' },
        hardware: { accelerator: 'Apple M3 Max (40-core GPU, 64GB)', count: 1 },
        serving: { engine: 'llama.cpp', weights_precision: 'Q4_K_M', mode: 'latency' },
      },
      'tpot_ms',
    ],
    [
      'processors in two sockets',
      {
        model: { name: 'Llama-3.1-8B' },
        hardware: { accelerator: 'CPU Intel Xeon 6980P x2 sockets', count: 1 },
        serving: { engine: 'PyTorch', weights_precision: 'INT8', mode: 'offline' },
      },
      'output_tokens_per_s_total',
    ],
    [
      'a model that only its size is known of',
      { model: { name: 'Unheard-50B', params_total: 5e10, params_active: 5e10 } },
      'ttft_ms',
    ],
  ])('%s: predicted, finite, inside its own range', (_name, changes, metric) => {
    const { predicted, interval, error } = predictionOf(changes);
    expect(error).toBeUndefined();
    expect(predicted?.[metric]).toBeGreaterThan(0);
    for (const value of Object.values(predicted ?? {})) expect(Number.isFinite(value)).toBe(true);
    expect(interval?.[metric]?.p10).toBeLessThan(interval?.[metric]?.p90 ?? 0);
  });

  test('names a model that fits nowhere, and what would help', () => {
    const { error } = predictionOf({
      hardware: { accelerator: 'RTX 4090', count: 1 },
      serving: { weights_precision: 'BF16', tp: 1 },
    });
    expect(error).toMatch(/do not fit.*fewer bits/);
  });
});

describe('weight formats', () => {
  test.each([
    ['Q4_K_M', 'fp4', 4.89],
    ['Q8_0', 'int8', 8.5],
    ['EXL2 4.0bpw', 'fp4', 4],
    ['INT4', 'fp4', 4.25],
    ['AWQ', 'fp4', 4.25],
    ['NVFP4', 'fp4', undefined],
    ['F16', 'fp16', undefined],
    ['FP8 (meta checkpoint)', 'fp8', undefined],
    ['INT8', 'int8', undefined],
    ['INT8 (weight only)', 'int8', 8],
    ['INT8-CW', 'int8', 8],
    ['W8A16 INT8', 'int8', 8],
  ])('%s is stored as %s in %s bits', (text, precision, bits) => {
    const format = readWeightFormat(text);
    expect(format?.precision).toBe(precision);
    expect(format?.bits).toBe(bits);
  });

  test('that narrow feed-forward blocks alone leave less room for requests', () => {
    const batchOf = (weights_precision: string) =>
      predictionOf({
        model: { name: 'Llama-3.1-405B' },
        serving: {
          engine: 'vLLM (Nov 2024)',
          weights_precision,
          tp: 8,
          batch_or_concurrency: 256,
          input_len: 2048,
          output_len: 2048,
          mode: 'offline',
        },
      }).layout?.['batch_per_replica'] as number;
    // 72 GB more of weights, at half a megabyte of cache per token and some 3,000 tokens of a request.
    expect(batchOf('FP8 (meta checkpoint)')).toBeLessThan(batchOf('FP8') - 30);
  });

  test('that do not hold attention in 16 bits on a stated layout narrow it, and say so', () => {
    const served = (tp: number) =>
      predictionOf({
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'GB200', count: tp },
        serving: {
          engine: 'SGLang',
          weights_precision: 'NVFP4',
          tp: 1,
          ep: tp,
          dp: tp,
          input_len: 2000,
          output_len: 1,
        },
      });
    const sentence = 'attention as narrow as the other weights: it does not fit in 16 bits';
    expect(served(2).assumptions).toContain(sentence);
    expect(served(4).assumptions).not.toContain(sentence);
  });

  test('an unknown word is no format', () => {
    expect(readWeightFormat('mixed')).toBeNull();
    expect(readWeightFormat(null)).toBeNull();
  });
});

describe('cards without a link of their own', () => {
  const sold = (accelerator: string, changes: Record<string, unknown> = {}) =>
    predictionOf({
      model: { name: 'Llama-2-70B' },
      hardware: { accelerator, count: 8, ...changes },
      serving: {
        engine: 'TensorRT-LLM 0.17',
        weights_precision: 'FP8',
        tp: 2,
        batch_or_concurrency: 512,
        input_len: 1024,
        output_len: 128,
      },
    });
  const exchange = (one: ReturnType<typeof sold>) => one.breakdown?.['tensor_parallel_s'] ?? NaN;

  test('talk over the host bus where bridges are sold apart and none is named', () => {
    const bare = sold('H100-PCIe-80GB');
    const bridged = sold('H100-PCIe-80GB', { interconnect: 'NVLink bridges' });
    expect(exchange(bare)).toBeGreaterThan(3 * exchange(bridged));
    expect(bare.predicted?.['output_tokens_per_s_total']).toBeLessThan(
      bridged.predicted?.['output_tokens_per_s_total'] ?? 0,
    );
  });

  test('keep their bridge in a pair, and where it comes with the card', () => {
    const pair = sold('H100-PCIe-80GB', { count: 2 });
    const bridged = sold('H100-PCIe-80GB', { count: 2, interconnect: 'NVLink bridges' });
    expect(exchange(pair)).toBe(exchange(bridged));
    const withBridge = sold('H100-NVL-94GB');
    expect(exchange(withBridge)).toBe(
      exchange(sold('H100-NVL-94GB', { interconnect: 'NVLink bridges' })),
    );
  });
});

test('an entry to a benchmark is not held by the default limit of requests in flight', () => {
  const offline = {
    engine: 'vLLM 0.6',
    weights_precision: 'FP8',
    mode: 'offline',
    tp: 1,
    output_len: 294,
  };
  const batch = (changes: Record<string, unknown>) =>
    predictionOf({
      model: { name: 'Llama-2-70B' },
      hardware: { accelerator: 'MI325X', count: 8 },
      ...changes,
    }).layout?.['batch_per_replica'];
  expect(batch({ serving: { ...offline, input_len: 294 } })).toBe(256);
  expect(batch({ serving: offline, mlperf_scenario: 'Offline' })).toBeGreaterThan(768);
});

describe('an entry to MLPerf', () => {
  const entry = (name: string, engine: string, changes: Record<string, unknown> = {}) =>
    predictionOf({
      model: { name },
      hardware: { accelerator: 'H100-SXM-80GB', count: 8 },
      serving: { engine, weights_precision: 'FP8', mode: 'offline' },
      ...changes,
    });

  test('is known by the name beside its software: GPT-J searches with four beams', () => {
    const output = (prediction: ReturnType<typeof entry>) =>
      prediction.predicted?.['output_tokens_per_s_total'] ?? NaN;
    const named = entry('GPT-J-6B', 'TensorRT-LLM (MLPerf v4.1)');
    const stated = entry('GPT-J-6B', 'TensorRT-LLM (2024)', { mlperf_scenario: 'Offline' });
    const plain = entry('GPT-J-6B', 'TensorRT-LLM (2024)');
    expect(output(named)).toBeCloseTo(output(stated), 6);
    expect(output(plain) / output(named)).toBeGreaterThan(1.5);
  });

  test('of 2023 runs its batches to the longest answer, later ones let requests join and leave', () => {
    const output = (engine: string) =>
      entry('GPT-J-6B', engine).predicted?.['output_tokens_per_s_total'] ?? NaN;
    const gain = output('TensorRT-LLM (MLPerf v4.0)') / output('TensorRT-LLM (MLPerf v3.1)');
    // NVIDIA states 2.4 to 2.9, with faster kernels.
    expect(gain).toBeGreaterThan(1.5);
    expect(gain).toBeLessThan(2.9);
  });

  test('has the lengths of its data set: papers of some 8,000 tokens for gpt-oss', () => {
    const { assumptions } = entry('gpt-oss-120b', 'TensorRT-LLM', { mlperf_scenario: 'Offline' });
    expect(assumptions.join()).toMatch(/8000 input tokens.*1278\.2 output tokens/);
  });
});

test('a case that says only that there is no pipeline leaves the tensor-parallel degree open', () => {
  const large = (pp: number | null) =>
    predictionOf({
      model: { name: 'Llama-3.1-405B' },
      hardware: { accelerator: 'H200-SXM-141GB', count: 8 },
      serving: {
        engine: 'vLLM 0.10',
        weights_precision: 'FP8',
        tp: null,
        pp,
        input_len: 1024,
        output_len: 256,
      },
    });
  expect(large(1).error).toBeUndefined();
  expect(large(1).predicted).toEqual(large(null).predicted);
});

test('leaves replicas idle that no request in flight is on', () => {
  const rateOf = (users: number, count: number): number | undefined =>
    predictionOf({
      model: { name: 'Llama-3.1-8B' },
      hardware: { accelerator: 'H100-SXM-80GB', count },
      serving: {
        engine: 'vLLM 0.10',
        weights_precision: 'FP8',
        tp: 1,
        batch_or_concurrency: users,
        input_len: 1024,
        output_len: 256,
        mode: 'server',
      },
    }).predicted?.['output_tokens_per_s_total'];
  const one = rateOf(1, 1) ?? Number.NaN;
  expect(rateOf(1, 4)).toBeCloseTo(one, 6);
  expect(rateOf(4, 4)).toBeCloseTo(4 * one, 6);
});
