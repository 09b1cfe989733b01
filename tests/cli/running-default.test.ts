import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

const accepted = bundledCatalogue.assumptions['serving.speculativeBatch.sglang']?.value ?? 0;

function layoutOf(serving: Record<string, unknown>, hardware: Record<string, unknown> = {}) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'GLM-4.5-Air' },
        hardware: { accelerator: 'H200', count: 4, ...hardware },
        serving: {
          engine: 'SGLang 0.5.9',
          weights_precision: 'fp8',
          tp: 4,
          dp: null,
          ep: null,
          mode: 'server',
          input_len: 640,
          output_len: 320,
          batch_or_concurrency: 'concurrency 100, 1000 prompts',
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  return prediction?.layout;
}

const speculation = { speculative_tokens: 3, acceptance: 0.7 };
const batchOf = (serving: Record<string, unknown>, hardware = {}) =>
  layoutOf(serving, hardware)?.batch_per_replica;

describe('requests that run at once', () => {
  test('are as many as 4,096 under SGLang where so many fit, and 1,024 under vLLM', () => {
    const many = { batch_or_concurrency: 'concurrency 6000, 60000 prompts', input_len: 128 };
    const wide = { count: 8, accelerator: 'MI355X' };
    const of = (engine: string) => batchOf({ ...many, engine, tp: 8, output_len: 128 }, wide);
    expect(of('SGLang 0.5.9')).toBe(4096);
    expect(of('vLLM 0.14.0')).toBe(1024);
  });

  test('are fewer on SGLang where it checks proposed tokens and nobody told it otherwise', () => {
    expect(batchOf({})).toBe(100);
    expect(batchOf(speculation)).toBe(accepted);
    const few = { batch_or_concurrency: 'concurrency 16, 160 prompts' };
    expect(batchOf({ ...speculation, ...few })).toBe(16);
    expect(batchOf({ ...speculation, engine: 'vLLM 0.18' })).toBe(100);
  });

  test('are those of a user where its launch command sets them: InferenceX, NPUs, attention in groups', () => {
    const drawn = { input_len: 922, output_len: 922 };
    expect(batchOf({ ...speculation, ...drawn })).toBe(100);
    // SGLang's own load generator draws up to a length, and nobody told the server anything.
    const upTo = { input_len: 502, output_len: 500 };
    expect(batchOf({ ...speculation, ...upTo })).toBe(accepted);
    expect(batchOf({ ...speculation, dp: 4 })).toBe(100);
    const onNpus = { accelerator: 'Ascend 910B', count: 8 };
    expect(batchOf({ ...speculation, tp: 8, weights_precision: 'int8' }, onNpus)).toBe(100);
  });
});

test('are all prompts of an offline run of vLLM on parts of AMD, whose guide sets the limit to their number', () => {
  const offline = {
    engine: 'vLLM 0.10.0 (ROCm)',
    batch_or_concurrency: 3200,
    mode: 'offline',
    tp: 8,
    input_len: 128,
    output_len: 256,
  };
  expect(batchOf(offline, { accelerator: 'MI300X', count: 8 })).toBe(3200);
  expect(batchOf(offline, { accelerator: 'H200', count: 8 })).toBe(1024);
});

test('a rate of requests meets attention in groups only where the case says so', () => {
  const rate = { batch_or_concurrency: 'open-loop 10 req/s, 32 prompts', engine: 'vLLM 0.18' };
  expect(layoutOf(rate)?.attention_groups).toBe(1);
  expect(layoutOf({ ...rate, dp: 4 })?.attention_groups).toBe(4);
});
