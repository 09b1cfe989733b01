import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

/** Time to the first token of a model of 70 billion parameters, 64 users unless stated otherwise. */
function firstToken(serving: Record<string, unknown>): number {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'Llama-3.1-70B' },
        hardware: { accelerator: 'H100-SXM-80GB', count: 4 },
        serving: {
          engine: 'SGLang 0.5.9',
          weights_precision: 'BF16',
          tp: 4,
          mode: 'latency',
          batch_or_concurrency: 64,
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  return prediction?.predicted?.['ttft_ms'] ?? Number.NaN;
}

describe('requests of a load generator', () => {
  test('have the lengths that a case says they have', () => {
    const first = (lengths: string | null, tokens: number, dataset: string | null = null): number =>
      firstToken({ input_len: tokens, output_len: tokens, lengths, dataset });
    // Users of one length stay together, and wait for half of all prompts each time.
    expect(first('exact', 1024) / first(null, 1024)).toBeGreaterThan(2);
    expect(first('exact', 1024)).toBe(first('random, fixed lengths', 1024));
    // Lengths that are drawn part them; what is stated is a mean, whatever number it is.
    const drawn = first('uniform 0.8 to 1 times the nominal', 900);
    expect(first('exact', 900) / drawn).toBeGreaterThan(2);
    expect(first('uniform 1 to twice the mean', 900)).toBe(first('uniform 0 to 2', 900));
    expect(first('long', 900)).toBe(first(null, 900));
    expect(first(null, 900) / first(null, 900, 'ShareGPT')).toBeGreaterThan(2);
    expect(first('exact', 900, 'ShareGPT')).toBe(first('exact', 900));
  });

  test('are those of InferenceX where a server calls them random or the benchmark is named', () => {
    const large = { engine: 'vLLM 0.14', input_len: 1024, output_len: 1024, mode: 'server' };
    const first = (said = {}): number =>
      firstToken({ ...large, batch_or_concurrency: 64, ...said });
    const drawn = first({ lengths: 'random' });
    expect(first() / drawn).toBeGreaterThan(1.2);
    expect(first({ dataset: 'InferenceMAX' })).toBe(drawn);
    expect(first({ dataset: 'random' })).toBe(first());
  });

  test('end before the length asked for now and then, where prompts were generated', () => {
    const first = (input_len: number, output_len: number, engine = 'vLLM 0.10'): number =>
      firstToken({ engine, input_len, output_len, batch_or_concurrency: 16, mode: 'server' });
    // 2,042 are 2,048 taken apart again: answers of 1,016 were to be 1,024.
    expect(first(2042, 1016) / first(2120, 1016)).toBeGreaterThan(1.2);
    expect(first(2042, 1024) / first(2042, 1016)).toBeGreaterThan(1.05);
    // Far from any usual length they ended by themselves.
    expect(first(2042, 701) / first(2120, 701)).toBeLessThan(1.05);
    // The generator of SGLang ends no answer before.
    expect(first(2042, 1016, 'SGLang 0.5.9') / first(2120, 1016, 'SGLang 0.5.9')).toBeLessThan(
      1.05,
    );
  });
});
