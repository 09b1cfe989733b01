import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { processorLike } from '../../src/cli/estimate/like-processor';

const known = (key: string): number => bundledCatalogue.assumptions[key]?.value ?? Number.NaN;

function predictionOf(
  serving: Record<string, unknown>,
  hardware: Record<string, unknown> = {},
  name = 'Llama-3.1-8B',
) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name },
        hardware: { accelerator: 'H100-SXM-80GB', count: 1, ...hardware },
        serving: {
          engine: 'vLLM 0.10',
          weights_precision: 'BF16',
          tp: 1,
          mode: 'server',
          input_len: 1024,
          output_len: 256,
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  if (!prediction) throw new Error('nothing predicted');
  return prediction;
}

const of = (metric: string, serving: Record<string, unknown>): number =>
  predictionOf(serving).predicted?.[metric] ?? Number.NaN;

describe('runs of load generators', () => {
  test('of a rate that states no number of requests send as many as the suite of the engine', () => {
    const rate = { batch_or_concurrency: 'open-loop 4 req/s', output_len: 201 };
    const requests = known('serving.finiteRun.current');
    const stated = { ...rate, batch_or_concurrency: `open-loop 4 req/s, ${requests} prompts` };
    expect(of('output_tokens_per_s_total', rate)).toBe(of('output_tokens_per_s_total', stated));
    const longer = { ...rate, batch_or_concurrency: 'open-loop 4 req/s, 5000 prompts' };
    expect(of('output_tokens_per_s_total', longer)).toBeGreaterThan(
      of('output_tokens_per_s_total', rate),
    );
  });

  test('of MLPerf are so long that their end hardly counts', () => {
    const rate = { batch_or_concurrency: 'open-loop 4 req/s', output_len: 201 };
    const entry = of('output_tokens_per_s_total', { ...rate, engine: 'vLLM 0.10 (MLPerf v5.1)' });
    expect(entry / (4 * 201)).toBeGreaterThan(0.99);
  });

  test('share the prompts of a data set among users, and end almost alone where all come at once', () => {
    const few = { batch_or_concurrency: 8, input_len: 217, output_len: 201 };
    const all = { ...few, batch_or_concurrency: 200 };
    const even = { ...all, output_len: 200 };
    const rate = (serving: Record<string, unknown>) => of('output_tokens_per_s_total', serving);
    expect(rate(all) / rate(even)).toBeLessThan(0.75);
    expect(rate(few) / rate({ ...few, output_len: 200 })).toBeGreaterThan(0.9);
  });

  test('of SGLang with half of round lengths are drawn evenly up to them', () => {
    const drawn = { batch_or_concurrency: 'concurrency 64, 320 prompts', input_len: 497 };
    const rate = (engine: string, output: number, input = 497) =>
      of('output_tokens_per_s_total', { ...drawn, engine, output_len: output, input_len: input });
    // The longest is twice the mean, not four times, so that less of the run is almost alone.
    expect(rate('SGLang 0.5.7', 509)).toBeGreaterThan(1.1 * rate('SGLang 0.5.7', 563));
    expect(rate('vLLM 0.10', 509, 460)).toBeLessThan(1.05 * rate('vLLM 0.10', 563, 460));
    const { assumptions } = predictionOf({ ...drawn, engine: 'SGLang 0.5.7', output_len: 509 });
    expect(assumptions.join()).toContain('drawn evenly');
  });

  test('of SGLang with exactly half of what is usual are drawn up to it, other round lengths are not', () => {
    const told = (input_len: number, output_len: number, engine = 'SGLang 0.5.7'): string =>
      predictionOf({ batch_or_concurrency: 16, input_len, output_len, engine }).assumptions.join();
    for (const [input, output] of [
      [500, 500],
      [512, 512],
      [4096, 512],
      [500, 4000],
    ] as const)
      expect(told(input, output)).toContain('drawn evenly');
    expect(told(1024, 512)).not.toContain('drawn evenly');
    expect(told(502, 500)).toContain('drawn evenly');
    expect(told(502, 640)).not.toContain('drawn evenly');
    const few = { input_len: 497, output_len: 532, engine: 'SGLang 0.5.7' };
    const isDrawn = (load: string): boolean =>
      /drawn/.test(predictionOf({ ...few, batch_or_concurrency: load }).assumptions.join());
    expect(isDrawn('concurrency 64, 320 prompts')).toBe(true);
    expect(isDrawn('concurrency 64, 3200 prompts')).toBe(false);
    expect(told(500, 500, 'vLLM 0.10')).not.toContain('drawn evenly');
  });

  test('of one length send a thousand requests unless they say more, ten per user at most', () => {
    const first = (batch: number | string, engine = 'vLLM 0.10') =>
      of('ttft_ms', { batch_or_concurrency: batch, engine });
    expect(first(500)).toBe(first('concurrency 500, 1000 prompts'));
    expect(first(50)).toBe(first('concurrency 50, 500 prompts'));
    expect(first(500, 'TensorRT-LLM 1.0')).toBe(
      first('concurrency 500, 5000 prompts', 'TensorRT-LLM 1.0'),
    );
  });

  test('that say how many prompts they send count the first ones, which come together, as often', () => {
    const first = (batch_or_concurrency: string): number =>
      of('ttft_ms', { batch_or_concurrency, input_len: 930, output_len: 201 });
    const once = first('concurrency 64, 64 prompts');
    expect(first('max-concurrency 64, 6400 requests')).toBeLessThan(0.3 * once);
    expect(first('64, 128 prompts')).toBeLessThan(0.8 * once);
    expect(first('64 users')).toBe(
      first(`concurrency 64, ${known('serving.finiteRun.current')} prompts`),
    );
  });

  test('of InferenceX draw lengths between 80 and 100 % of a round one', () => {
    const drawn = { batch_or_concurrency: 64, input_len: 922, output_len: 922 };
    expect(predictionOf(drawn).assumptions.join()).not.toContain('varied length');
    expect(predictionOf({ ...drawn, output_len: 915 }).assumptions.join()).toContain(
      'varied length',
    );
  });

  test('of InferenceX are known by their lengths, of models as large as it measures, where a case is of no server', () => {
    const first = (name: string, output_len: number, mode = 'latency'): number =>
      predictionOf(
        { tp: 4, batch_or_concurrency: 64, input_len: 1024, output_len, mode },
        { count: 4 },
        name,
      ).predicted?.ttft_ms ?? Number.NaN;
    expect(first('Llama-3.1-70B', 1024) / first('Llama-3.1-70B', 1000)).toBeLessThan(0.6);
    expect(first('Llama-3.1-8B', 1024) / first('Llama-3.1-8B', 1000)).toBeGreaterThan(0.9);
    const served = first('Llama-3.1-70B', 1024, 'server');
    expect(served / first('Llama-3.1-70B', 1000, 'server')).toBeGreaterThan(0.9);
  });

  test.each([
    ['Llama-3.3-70B', 'H100-SXM-80GB', 'FP8', 'FP8'],
    ['Llama-3.3-70B', 'MI355X', 'MXFP4', 'FP8'],
    ['MiniMax-M2.5', 'MI355X', 'FP8', 'FP8'],
    ['MiniMax-M2.5', 'H200-SXM-141GB', 'FP8', 'BF16'],
    ['gpt-oss-120b', 'MI300X', 'MXFP4', 'BF16'],
    ['Llama-3.3-70B', 'H100-SXM-80GB', 'BF16', 'BF16'],
  ])(
    'of InferenceX with vLLM keep the cache of its scripts: %s on %s',
    (name, part, format, cache) => {
      const run = {
        engine: 'vLLM 0.11',
        weights_precision: format,
        tp: 4,
        input_len: 922,
        output_len: 922,
        batch_or_concurrency: 'concurrency 64, 640 prompts',
      };
      const timed = (changes: Record<string, unknown>) =>
        predictionOf({ ...run, ...changes }, { accelerator: part, count: 4 }, name).predicted?.[
          'tpot_ms'
        ];
      expect(timed({})).toBe(timed({ kv_precision: cache }));
      expect(timed({})).not.toBe(timed({ kv_precision: cache === 'FP8' ? 'BF16' : 'FP8' }));
    },
  );

  test('of InferenceX send ten prompts per user, where they say how many', () => {
    const first = (prompts: string): number =>
      predictionOf(
        {
          tp: 4,
          batch_or_concurrency: `concurrency 64${prompts}`,
          input_len: 1024,
          output_len: 1024,
          mode: 'latency',
        },
        { count: 4 },
        'Llama-3.1-70B',
      ).predicted?.ttft_ms ?? Number.NaN;
    expect(first(', 640 prompts')).toBe(first(''));
    expect(first(', 641 prompts') / first('')).toBeGreaterThan(1.6);
  });

  test('of InferenceX print medians, behind the first wave, where they say how many prompts they send and do not say means', () => {
    const first = (batch_or_concurrency: string | number, latency_statistic?: string): number =>
      predictionOf(
        { tp: 4, batch_or_concurrency, input_len: 922, output_len: 922, latency_statistic },
        { count: 4 },
        'Llama-3.1-70B',
      ).predicted?.ttft_ms ?? Number.NaN;
    const median = first('concurrency 64, 640 prompts');
    const mean = first(64);
    expect(first('concurrency 64, 640 prompts', 'mean')).toBe(mean);
    expect(first(64, 'Median')).toBe(median);
    const one = first(1);
    expect(median).toBeLessThan(2 * one);
    // A tenth of the requests, those of the first wave, wait for half of it on average.
    expect(mean - median).toBeGreaterThan((0.05 / 2) * 63 * one * 0.5);
    expect(mean).toBeLessThan(median + 0.05 * 64 * one);
  });

  test.each([
    ['looks for requests once in thirty steps', 'SGLang 0.5.9', 'B200', 64, 30 / 2],
    ['looks once in ten where users are few', 'SGLang 0.5.9', 'B200', 8, 10 / 2],
    ['looks at once on Hopper', 'SGLang 0.5.9', 'H200-SXM-141GB', 8, 0],
    ['gathers short prompts of dense models', 'TensorRT-LLM 1.1', 'B200', 4, 20],
  ])('of InferenceX run a server that %s', (_, engine, accelerator, users, steps) => {
    const run = (output_len: number) =>
      predictionOf(
        {
          engine,
          tp: 4,
          batch_or_concurrency: `concurrency ${users}, ${10 * users} prompts`,
          input_len: 922,
          output_len,
        },
        { accelerator, count: 4 },
        'Llama-3.1-70B',
      );
    // Twice 512 tokens are drawn as well, but InferenceX does not ask for them.
    const [asked, other] = [run(922), run(460.8)];
    const { weights_and_arithmetic_s, cache_s, tensor_parallel_s, overhead_s } =
      asked.breakdown ?? {};
    const step = [weights_and_arithmetic_s, cache_s, tensor_parallel_s, overhead_s].reduce<number>(
      (sum, part) => sum + Number(part),
      0,
    );
    const more = (asked.predicted?.ttft_ms ?? 0) - (other.predicted?.ttft_ms ?? 0);
    expect(more / (step * 1e3)).toBeGreaterThan(0.9 * steps - 1);
    expect(more / (step * 1e3)).toBeLessThan(2.2 * steps + 1);
  });

  test('of InferenceX look more often for requests to models with sparse attention', () => {
    const first = (name: string, users: number): number =>
      predictionOf(
        {
          engine: 'SGLang 0.5.9',
          tp: 8,
          batch_or_concurrency: users,
          input_len: 922,
          output_len: 922,
        },
        { accelerator: 'B200', count: 8 },
        name,
      ).predicted?.ttft_ms ?? Number.NaN;
    const more = (name: string): number => first(name, 16) / first(name, 15);
    expect(more('GLM-5')).toBeLessThan(1.1);
    expect(more('DeepSeek-V3')).toBeGreaterThan(1.2);
  });

  test('of InferenceX take requests for sparse attention in 8 bits and for DeepSeek-V4 at once', () => {
    const more = (name: string, weights_precision: string): number => {
      const first = (output_len: number): number =>
        predictionOf(
          {
            engine: 'SGLang 0.5.12',
            tp: 8,
            batch_or_concurrency: 'concurrency 8, 80 prompts',
            weights_precision,
            input_len: 922,
            output_len,
          },
          { accelerator: 'B200', count: 8 },
          name,
        ).predicted?.ttft_ms ?? Number.NaN;
      // Twice 512 tokens are drawn as well, but InferenceX does not ask for them.
      return first(922) / first(460.8);
    };
    expect(more('GLM-5', 'FP4')).toBeGreaterThan(1.1);
    expect(more('GLM-5', 'FP8')).toBeLessThan(1.1);
    expect(more('DeepSeek-V4-Pro', 'FP4')).toBeLessThan(1.1);
  });

  test('of NVIDIA count only once the load has settled', () => {
    const users = { batch_or_concurrency: 25, input_len: 5000, output_len: 500 };
    const settled = of('ttft_ms', { ...users, engine: 'NVIDIA NIM 1.8.0 (genai-perf)' });
    const alone = of('ttft_ms', { ...users, engine: 'NVIDIA NIM 1.8.0', batch_or_concurrency: 1 });
    expect(settled / alone).toBeLessThan(2.5);
  });

  test('of a disaggregated fleet give no more than is asked for', () => {
    const split = { mode: 'disaggregated', batch_or_concurrency: 'open-loop 2 req/s' };
    const { predicted } = predictionOf(split, { count: 8 });
    // The last requests of a run are still answered when no more come.
    expect(predicted?.output_tokens_per_s_total).toBeLessThan(2 * 256);
    expect(predicted?.output_tokens_per_s_total).toBeGreaterThan(0.95 * 2 * 256);
    const more = predictionOf(
      { ...split, batch_or_concurrency: 'open-loop 20 req/s' },
      { count: 8 },
    );
    expect(more.predicted?.tpot_ms).toBeGreaterThan(predicted?.tpot_ms ?? Infinity);
  });
});

describe('what takes part in a run', () => {
  const whole = { batch_or_concurrency: 1536, input_len: 128, output_len: 128, mode: 'offline' };
  const batchOf = (engine: string) =>
    predictionOf({ ...whole, engine, weights_precision: 'FP8' }, { accelerator: 'Gaudi 3' })
      .layout?.['batch_per_replica'];

  test('a static batch runs whole, a server takes what it accepts', () => {
    expect(batchOf('optimum-habana')).toBe(1536);
    expect(batchOf('vLLM 0.10')).toBe(1024);
  });

  test("a server's static graph is read whole, one that a guide compiled for one request is not", () => {
    const cacheOf = (engine: string) =>
      predictionOf(
        { engine, mode: 'latency', batch_or_concurrency: 1, input_len: 10000, output_len: 1500 },
        { accelerator: 'Trainium2', count: 4 },
      ).breakdown?.['cache_s'] ?? NaN;
    const [many, one] = ['vLLM / optimum-neuron 0.4', 'NxD Inference + vLLM'].map(cacheOf);
    expect((many ?? NaN) / (one ?? NaN)).toBeGreaterThan(10);
  });

  test('a server that is told to run eagerly launches the kernels of every step one by one', () => {
    const step = (engine: string) => of('tpot_ms', { engine, batch_or_concurrency: 1 });
    expect(step('vLLM 0.10 (enforce eager)')).toBeGreaterThan(1.2 * step('vLLM 0.10'));
    expect(step('SGLang 0.4.1, no CUDA graphs')).toBeGreaterThan(1.2 * step('SGLang 0.4.1'));
  });

  test('a static batch shows its first tokens together, and is not held up afterwards', () => {
    const batch = (count: number, engine = 'AutoAWQ 0.1.6') =>
      predictionOf({ batch_or_concurrency: count, output_len: 32, mode: 'offline', engine })
        .predicted ?? {};
    const [one, sixteen] = [batch(1), batch(16)];
    const ratio = (metric: string) => (sixteen[metric] ?? NaN) / (one[metric] ?? NaN);
    expect(ratio('ttft_ms')).toBeGreaterThan(10);
    expect(ratio('tpot_ms')).toBeLessThan(1.5);
    const run = (sixteen['ttft_ms'] ?? NaN) + 32 * (sixteen['tpot_ms'] ?? NaN);
    expect(sixteen['output_tokens_per_s_total']).toBeCloseTo((16 * 32 * 1e3) / run, 6);
    expect(batch(16, 'vLLM 0.10')['tpot_ms']).toBeGreaterThan(sixteen['tpot_ms'] ?? NaN);
  });

  test('replicas beyond the requests in flight add nothing', () => {
    const one = { batch_or_concurrency: 1, mode: 'latency' };
    const [alone, eight] = [1, 8].map(
      (count) => predictionOf(one, { count }).predicted?.['output_tokens_per_s_total'],
    );
    expect(eight).toBe(alone);
  });

  test('one request runs on every socket of a server', () => {
    const layoutOf = (batch_or_concurrency: number) =>
      predictionOf(
        { engine: 'SGLang CPU backend', batch_or_concurrency, mode: 'server' },
        { accelerator: 'CPU Intel Xeon 6980P x2 sockets' },
      ).layout;
    expect(layoutOf(1)).toMatchObject({ tp: 2, replicas: 1 });
    expect(layoutOf(64)).toMatchObject({ tp: 1, replicas: 2 });
  });
});

describe('processors that the catalogue does not name', () => {
  test.each([
    ['CPU Intel Xeon Platinum 8580 x2 sockets', 'xeon-8592plus'],
    ['Intel Xeon Gold 6454S', 'xeon-8480plus'],
    ['Xeon Silver 4310', 'xeon-8380'],
    ['AMD EPYC 9174F', 'epyc-9654'],
    ['CPU AMD Threadripper PRO 7995WX', 'epyc-9654'],
    ['CPU AMD Ryzen 9 7940HS', 'ryzen-7950x'],
    ['Intel Core i9-14900K', 'core-i9-13900k'],
    ['H100', null],
  ])('%s stands for %s', (name, id) => {
    expect(processorLike(name)).toBe(id);
    if (id !== null) expect(bundledCatalogue.accelerators.has(id)).toBe(true);
  });

  test('run as their generation does, which is said', () => {
    const cpu = { accelerator: 'CPU Intel Xeon Platinum 8599', count: 1 };
    const like = { accelerator: 'Xeon Platinum 8592+', count: 1 };
    const serving = { engine: 'llama.cpp', weights_precision: 'INT8', batch_or_concurrency: 1 };
    const found = predictionOf(serving, cpu);
    expect(found.predicted).toEqual(predictionOf(serving, like).predicted);
    expect(found.assumptions.join()).toContain('of its generation');
  });
});

describe('an entry to MLPerf that states its rate', () => {
  const entry = { engine: 'TensorRT-LLM', weights_precision: 'FP8', mode: 'server', tp: 2 };
  const of = (given: Record<string, unknown>) =>
    predictionOf(
      {
        ...entry,
        mlperf_scenario: 'Server',
        input_len: 294.5,
        output_len: 292,
        ...given,
      },
      { count: 8 },
      'Llama-2-70B',
    ).predicted;

  test('runs at its limits, and gives no more than its rate', () => {
    const [open, stated] = [of({}), of({ batch_or_concurrency: 'open-loop 30 req/s' })] as const;
    expect(stated?.['output_tokens_per_s_total']).toBeCloseTo(30 * 292, 3);
    expect(open?.['output_tokens_per_s_total']).toBeGreaterThan(30 * 292);
    expect(stated?.['tpot_ms']).toBeCloseTo(open?.['tpot_ms'] ?? Number.NaN, 6);
  });
});
