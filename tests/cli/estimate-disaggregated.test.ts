import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';
import type { Prediction } from '../../src/cli/estimate/case';

const serving = {
  engine: 'SGLang 0.5.5',
  weights_precision: 'FP8',
  kv_precision: 'BF16',
  mode: 'disaggregated',
  input_len: 2000,
  output_len: 100,
};

function predictionOf(
  model: string,
  hardware: object,
  given: object,
): Required<Pick<Prediction, 'predicted' | 'layout'>> {
  const one = { id: 'fleet', model: { name: model }, hardware, serving: { ...serving, ...given } };
  const [{ predicted, layout, error } = { error: 'nothing' }] = estimateCases(
    [one],
    bundledCatalogue,
  );
  if (!predicted || !layout) throw new Error(error);
  return { predicted, layout };
}

describe('workers for prompts and for answers', () => {
  const hardware = { accelerator: 'H200-SXM-141GB', count: 8, per_node: 8 };
  const rateOf = (given: object): number =>
    predictionOf('gpt-oss-120b', hardware, { tp: 2, batch_or_concurrency: 128, ...given })
      .predicted['requests_per_s'] ?? Number.NaN;

  test('bound the rate of a closed loop by the slower kind', () => {
    const long = { input_len: 4096, output_len: 64 };
    const [one, two] = [1, 2].map((workers) =>
      rateOf({ ...long, prefill_workers: workers, decode_workers: 4 - workers }),
    ) as [number, number];
    expect(two / one).toBeCloseTo(2, 1);
    const answers = { input_len: 128, output_len: 2048 };
    const [three, fewer] = [3, 2].map((workers) =>
      rateOf({ ...answers, prefill_workers: 4 - workers, decode_workers: workers }),
    ) as [number, number];
    expect(three).toBeGreaterThan(fewer);
  });

  test('hold together no more requests than there are users', () => {
    const { predicted } = predictionOf('gpt-oss-120b', hardware, {
      tp: 2,
      batch_or_concurrency: 64,
      prefill_workers: 1,
      decode_workers: 3,
      input_len: 8192,
      output_len: 256,
    });
    const { requests_per_s: rate, ttft_ms: first, tpot_ms: later } = predicted;
    const held = ((rate ?? 0) * ((first ?? 0) + 255 * (later ?? 0))) / 1e3;
    expect(held).toBeGreaterThan(0.9 * 64);
    expect(held).toBeLessThan(1.1 * 64);
  });

  test('are split for the load where a case does not say', () => {
    const [prompts, answers] = [
      { input_len: 8192, output_len: 64 },
      { input_len: 128, output_len: 2048 },
    ].map((lengths) => {
      const open = rateOf(lengths);
      return [1, 2, 3].map(
        (workers) =>
          rateOf({ ...lengths, prefill_workers: workers, decode_workers: 4 - workers }) / open,
      );
    }) as [number[], number[]];
    expect(Math.max(...prompts)).toBeCloseTo(1, 2);
    expect(prompts.indexOf(Math.max(...prompts))).toBeGreaterThan(
      answers.indexOf(Math.max(...answers)),
    );
  });
});

describe('one phase of a fleet', () => {
  const hardware = { accelerator: 'GB200', count: 48 };
  const wide = { tp: 1, ep: 48, dp: 48, phase: 'decode' };

  test('decodes as many requests as are stated, in captured steps', () => {
    const at = (requests: number) =>
      predictionOf('DeepSeek-V3', hardware, {
        ...wide,
        weights_precision: 'NVFP4',
        kv_precision: 'FP8',
        batch_or_concurrency: requests * 48,
      });
    const [below, above] = [at(500), at(1408)];
    expect(above.layout['batch_per_replica']).toBeCloseTo(1408 * 48, 0);
    // No jump where a single replica would launch kernels one by one.
    const step = (one: typeof below): number => one.predicted['tpot_ms'] ?? Number.NaN;
    expect(step(above) / step(below)).toBeLessThan(1408 / 500);
  });

  test('processes prompts at a rate that what the cache leaves does not bound', () => {
    const few = { accelerator: 'GB200', count: 4 };
    const prompts = { phase: 'prefill', tp: 1, output_len: 1 };
    const rate = (given: object): number =>
      predictionOf('DeepSeek-V3', few, { ...prompts, ep: 4, dp: 4, ...given }).predicted[
        'total_tokens_per_s'
      ] ?? Number.NaN;
    expect(rate({})).toBeGreaterThan(rate({ batch_or_concurrency: 1 }) * 2);
    expect(rate({ output_len: 100 })).toBeCloseTo(rate({}), 0);
  });
});

describe('more replicas than requests in flight', () => {
  const of = (given: object): number =>
    predictionOf(
      'Llama-3.1-8B',
      { accelerator: 'H100-SXM-80GB', count: 8, per_node: 8 },
      { mode: 'server', ...given },
    ).predicted['output_tokens_per_s_total'] ?? Number.NaN;

  test('stand idle', () => {
    const one = of({ tp: 1, batch_or_concurrency: 1 });
    expect(of({ tp: 1, batch_or_concurrency: 2 })).toBeCloseTo(2 * one, 6);
    expect(of({ tp: 1, batch_or_concurrency: 8 })).toBeCloseTo(8 * one, 6);
  });

  test('are not chosen where fewer, wider ones answer faster', () => {
    expect(of({ batch_or_concurrency: 1 })).toBeGreaterThan(
      1.5 * of({ tp: 1, batch_or_concurrency: 1 }),
    );
  });
});
