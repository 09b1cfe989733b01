import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(serving: Record<string, unknown>, beside: Record<string, unknown> = {}) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'Llama-3.1-8B' },
        hardware: { accelerator: 'H100-SXM-80GB', count: 1 },
        serving: {
          engine: 'vLLM 0.11.0',
          weights_precision: 'bf16',
          tp: 1,
          mode: 'server',
          input_len: 100,
          output_len: 443,
          batch_or_concurrency: 50,
          ...serving,
        },
        ...beside,
      },
    ],
    bundledCatalogue,
  );
  return prediction;
}

const rateOf = (serving: Record<string, unknown>, beside: Record<string, unknown> = {}) =>
  predictionOf(serving, beside)?.predicted?.output_tokens_per_s_total ?? 0;

describe('requests of a run in a field of their own', () => {
  test('count as those that the words for the load count', () => {
    const inWords = rateOf({ batch_or_concurrency: 'concurrency 50, 100 prompts' });
    expect(rateOf({}, { num_requests: 100 })).toBe(inWords);
    expect(rateOf({ num_prompts: 100 })).toBe(inWords);
    expect(
      rateOf({ batch_or_concurrency: 'concurrency 50, 100 prompts' }, { num_requests: 999 }),
    ).toBe(inWords);
    expect(inWords).not.toBe(rateOf({}));
  });

  test('are all there from the start where they are processed offline', () => {
    const offline = { mode: 'offline', batch_or_concurrency: null };
    const batchOf = (num_requests: number) =>
      predictionOf(offline, { num_requests })?.layout?.batch_per_replica;
    expect(batchOf(8)).toBe(8);
    expect(batchOf(40)).toBe(40);
  });
});

describe('a stated length at which answers are cut off', () => {
  const burst = { num_requests: 50 };

  test('ends a run earlier than answers of any length would', () => {
    const open = rateOf(burst);
    const cut = rateOf({ ...burst, max_output_len: 600 });
    expect(cut).toBeGreaterThan(1.5 * open);
    expect(rateOf({ ...burst, max_output_len: 100_000 })).toBeCloseTo(open, 6);
  });

  test('is what most answers run to where their mean comes near', () => {
    const near = predictionOf({ ...burst, output_len: 560, max_output_len: 600 });
    expect(near?.assumptions.join()).toContain('cut off at 600');
  });
});
