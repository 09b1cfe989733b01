import { describe, expect, test } from 'vitest';
import { findAccelerator } from '@engine/catalogue/find-part';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(one: Record<string, unknown>) {
  const [prediction] = estimateCases([{ id: 'one', ...one }], catalogue);
  if (!prediction) throw new Error('nothing predicted');
  return prediction;
}

function expectSane(predicted: Record<string, number> | undefined): void {
  const values = Object.values(predicted ?? {});
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) {
    expect(Number.isFinite(value)).toBe(true);
    expect(value).toBeGreaterThan(0);
  }
}

describe('one user of an 8B model is held by the memory bandwidth of every part', () => {
  const weightsGb = { FP16: 16.06, Q4_K_M: 4.89 } as const;
  test.each([
    ['AMD Instinct MI300X', 'FP16', 'vLLM'],
    ['MI325X', 'FP16', 'vLLM'],
    ['AMD Instinct MI355X', 'FP16', 'vLLM'],
    ['MI308X', 'FP16', 'vLLM'],
    ['Intel Gaudi 2', 'FP16', 'Optimum Habana'],
    ['Gaudi3', 'FP16', 'vLLM'],
    ['TPU v5 lite', 'FP16', 'JetStream'],
    ['TPU v6e', 'FP16', 'vLLM'],
    ['AWS Inferentia2', 'FP16', 'Optimum Neuron'],
    ['Trainium2', 'FP16', 'vLLM'],
    ['NVIDIA L4', 'FP16', 'vLLM'],
    ['Tesla T4', 'Q4_K_M', 'llama.cpp'],
    ['NVIDIA A10G', 'FP16', 'TGI'],
    ['L40S', 'FP16', 'vLLM'],
    ['NVIDIA GeForce RTX 4090', 'FP16', 'vLLM'],
    ['RTX 5090', 'Q4_K_M', 'llama.cpp'],
    ['NVIDIA RTX PRO 6000 Blackwell Server Edition', 'FP16', 'vLLM'],
    ['Tesla P40', 'Q4_K_M', 'llama.cpp'],
    ['Radeon RX 6900 XT', 'Q4_K_M', 'llama.cpp'],
    ['MI50', 'Q4_K_M', 'llama.cpp'],
    ['GH200 480GB', 'FP16', 'vLLM'],
    ['HGX B200', 'FP16', 'vLLM'],
    ['GB200 NVL72', 'FP16', 'TensorRT-LLM'],
    ['B300', 'FP16', 'vLLM'],
    ['H20-141GB', 'FP16', 'SGLang'],
    ['DGX Spark (GB10)', 'Q4_K_M', 'Ollama'],
    ['Apple M4 Max (40-core GPU)', 'Q4_K_M', 'MLX'],
    ['Apple M5', 'Q4_K_M', 'llama.cpp'],
    ['AMD EPYC 9654', 'Q4_K_M', 'llama.cpp'],
    ['AMD Ryzen 9 9950X', 'Q4_K_M', 'llama.cpp'],
    ['Intel Core i9-13900K', 'Q4_K_M', 'llama.cpp'],
    ['Graviton3', 'Q4_K_M', 'llama.cpp'],
    ['NVIDIA Grace CPU', 'Q4_K_M', 'llama.cpp'],
  ] as const)('%s with %s weights in %s', (accelerator, weights, engine) => {
    const { predicted, error } = predictionOf({
      model: { name: 'meta-llama/Llama-3.1-8B-Instruct' },
      hardware: { accelerator, count: 1 },
      serving: {
        engine,
        weights_precision: weights,
        batch_or_concurrency: 1,
        input_len: 64,
        output_len: 128,
        mode: 'latency',
      },
    });
    expect(error).toBeUndefined();
    expectSane(predicted);
    const bandwidth = findAccelerator(catalogue, accelerator)?.memoryBandwidth.value ?? 0;
    const most = bandwidth / weightsGb[weights];
    const perSecond = 1000 / (predicted?.['tpot_ms'] ?? 0);
    expect(perSecond).toBeLessThan(1.15 * most);
    expect(perSecond).toBeGreaterThan(0.15 * most);
  });
});

describe('ways of saying a run', () => {
  const serving = {
    engine: 'vLLM 0.10',
    weights_precision: 'FP8',
    input_len: 1024,
    output_len: 256,
  };
  const ask = (changes: Record<string, unknown>, name = 'Llama-3.1-70B') =>
    predictionOf({
      model: { name },
      hardware: { accelerator: 'H100-SXM-80GB', count: 8 },
      serving: { ...serving, ...changes },
    });
  const rateOf = (changes: Record<string, unknown>) =>
    ask(changes).predicted?.['output_tokens_per_s_total'] ?? NaN;

  test.each([
    ['proposed tokens', { speculative_tokens: 3, acceptance: 0.7, batch_or_concurrency: 1 }],
    ['cached prefixes', { prefix_hit_rate: 0.5 }],
    ['a long context', { input_len: 120_000, output_len: 1000, batch_or_concurrency: 4 }],
    ['one token of answer', { output_len: 1, mode: 'offline' }],
    ['an FP8 cache', { kv_precision: 'fp8_e4m3' }],
    ['mean lengths and shared users', { input_len: 215.3, output_len: 180.6 }],
    ['GPTQ weights', { weights_precision: 'GPTQ INT4 g128', tp: 2 }],
    ['a degree that divides no heads', { tp: 3 }],
    ['stages', { tp: 4, pp: 2 }],
    ['disaggregation', { mode: 'disaggregated' }],
    ['requests at once', { batch_or_concurrency: 'inf req/s', mode: 'server' }],
    ['a range', { batch_or_concurrency: '1-64' }],
  ])('%s', (_name, changes) => {
    const { predicted, error } = ask(changes);
    expect(error).toBeUndefined();
    expectSane(predicted);
  });

  test.each([
    ['single-stream', 'latency'],
    ['SingleStream', 'latency'],
    ['online', 'server'],
    ['max throughput', 'offline'],
  ])('a mode called %s is %s', (said, meant) => {
    expect(rateOf({ mode: said })).toBe(rateOf({ mode: meant }));
  });

  test('a rate is read from its name as well', () => {
    const load = { mode: 'server', batch_or_concurrency: '4 req/s' };
    expect(rateOf({ ...load, batch_or_concurrency: 'QPS 4' })).toBe(rateOf(load));
  });

  test('prompt tokens per device set how many are processed together', () => {
    const prefill = { mode: 'disaggregated', phase: 'prefill', ep: 32, dp: 32 };
    const at = (batch_or_concurrency: string) =>
      predictionOf({
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'H100-SXM-80GB', count: 32 },
        serving: { ...serving, ...prefill, batch_or_concurrency },
      }).predicted?.['total_tokens_per_s'] ?? NaN;
    expect(at('16,384 tokens per device')).toBeGreaterThan(at('4,096 tokens per device'));
  });
});

test('engines of one user put layers, not slices, on several parts: twice the parts are no faster', () => {
  const at = (engine: string, count: number) =>
    predictionOf({
      model: { name: 'Llama-2-70B' },
      hardware: { accelerator: 'RTX 4090', count },
      serving: { engine, weights_precision: 'Q4_0', batch_or_concurrency: 1, mode: 'latency' },
    }).predicted?.['tpot_ms'] ?? NaN;
  expect(at('llama.cpp', 4)).toBeCloseTo(at('llama.cpp', 2), 6);
  expect(at('vLLM', 4)).toBeLessThan(0.8 * at('vLLM', 2));
});

test('two processors in front of a name are two, where no more are counted', () => {
  const at = (accelerator: string, count: number) =>
    predictionOf({
      model: { name: 'Llama-3.1-8B' },
      hardware: { accelerator, count },
      serving: { engine: 'PyTorch', weights_precision: 'INT8', mode: 'offline' },
    }).predicted?.['output_tokens_per_s_total'] ?? NaN;
  expect(at('2x AMD EPYC 9654', 1)).toBeCloseTo(at('AMD EPYC 9654', 2), 6);
  expect(at('2x AMD EPYC 9654', 2)).toBeCloseTo(at('AMD EPYC 9654', 2), 6);
});

test('a batch that is run as a whole and fits only with a narrow cache has one', () => {
  const layoutOf = (batch: number, engine = 'Optimum Habana') =>
    predictionOf({
      model: { name: 'Llama-2-7B' },
      hardware: { accelerator: 'Gaudi2', count: 1 },
      serving: {
        engine,
        weights_precision: 'FP8',
        tp: 1,
        batch_or_concurrency: batch,
        input_len: 128,
        output_len: 2048,
        mode: 'offline',
      },
    });
  const said = 'FP8 key–value cache: the stated batch does not fit with 16 bits';
  expect(layoutOf(163).assumptions).toContain(said);
  expect(layoutOf(163).layout?.['batch_per_replica']).toBe(163);
  expect(layoutOf(32).assumptions).not.toContain(said);
  expect(layoutOf(163, 'vLLM').assumptions).not.toContain(said);
});

describe('image generators', () => {
  test.each([
    ['stable-diffusion-xl-base-1.0', 0.2, 3],
    ['Kolors', 0.2, 3],
    ['stable-diffusion-2', 0.3, 6],
    ['FLUX.1 [dev]', 0.08, 0.6],
    ['FLUX.2-dev', 0.02, 0.15],
    ['Qwen-Image', 0.02, 0.15],
    ['Sana-1.6B', 0.5, 20],
  ])('%s makes between %d and %d images a second on one H100', (name, least, most) => {
    const { predicted } = predictionOf({
      model: { name },
      hardware: { accelerator: 'H100', count: 1 },
      serving: {
        engine: 'Diffusers, compiled',
        steps: 28,
        resolution: '1024x1024',
        batch_or_concurrency: 1,
        mode: 'latency',
      },
    });
    expect(predicted?.['images_per_s']).toBeGreaterThan(least);
    expect(predicted?.['images_per_s']).toBeLessThan(most);
  });

  test('run in 16 bits where nothing says otherwise, in 8 in a benchmark or a prepared engine', () => {
    const saidOf = (changes: Record<string, unknown>) =>
      predictionOf({
        model: { name: 'SDXL-1.0' },
        hardware: { accelerator: 'H100', count: 8 },
        ...changes,
      }).assumptions.join(' ');
    const offline = { mode: 'offline' };
    expect(saidOf({ serving: { ...offline, engine: 'Diffusers' } })).toMatch(/denoiser in FP16/);
    expect(saidOf({ serving: { ...offline, engine: 'TensorRT 10' } })).toMatch(/denoiser in FP8/);
    expect(saidOf({ serving: offline, mlperf_scenario: 'Offline' })).toMatch(/denoiser in FP8/);
    expect(saidOf({ serving: { ...offline, engine: 'Diffusers eager BF16' } })).not.toMatch(
      /denoiser in/,
    );
  });
});

describe('weights that the usual layouts do not hold', () => {
  const run = (model: string, accelerator: string, count: number, serving: object) =>
    predictionOf({
      model: { name: model },
      hardware: { accelerator, count },
      serving: { input_len: 1000, output_len: 500, ...serving },
    });
  const kimi = { engine: 'vLLM (Jul 2025)', weights_precision: 'FP8', batch_or_concurrency: 1 };

  test.each([
    // published with 8 ranks in 2 stages: each half is left out in turn, then both
    [{ tp: 8 }, { tp: 8, pp: 2 }],
    [{ pp: 2 }, { tp: 8, pp: 2 }],
    [{}, { tp: 8, pp: 2 }],
    [{ pp: 1 }, { tp: 16, pp: 1 }],
  ])('are spread over degrees that %j leaves open', (stated, layout) => {
    const found = run('Kimi-K2', 'H800', 16, { ...kimi, mode: 'latency', ...stated });
    expect(found.error).toBeUndefined();
    expect(found.layout).toMatchObject(layout);
    expect(found.assumptions.join()).toContain('do not hold the weights');
    expectSane(found.predicted);
  });

  test('are spread in whole groups of experts', () => {
    const serving = { engine: 'SGLang', weights_precision: 'FP8', ep: 4, pp: 1 };
    const found = run('DeepSeek-R1', 'H200-SXM-141GB', 8, {
      ...serving,
      batch_or_concurrency: 8,
      mode: 'server',
    });
    expect(found.layout).toMatchObject({ tp: 8, pp: 1 });
  });

  test('are refused where every degree is stated, or no layout holds them', () => {
    const stated = { ...kimi, mode: 'latency', tp: 8, pp: 1 };
    expect(run('Kimi-K2', 'H800', 16, stated).error).toContain('do not fit');
    expect(run('Kimi-K2', 'H800', 4, { ...kimi, mode: 'latency' }).error).toContain('do not fit');
  });

  test('stay where a stated layout holds them', () => {
    const found = run('Llama-3.1-70B', 'H100-SXM-80GB', 8, {
      ...kimi,
      tp: 4,
      mode: 'latency',
    });
    expect(found.layout).toMatchObject({ tp: 4, pp: 1 });
  });
});
