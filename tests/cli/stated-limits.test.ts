import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { statedStepTokens } from '../../src/cli/estimate/stated-limits';

function predictionOf(
  serving: Record<string, unknown>,
  hardware: Record<string, unknown> = {},
  model = 'Llama-3.1-8B',
) {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: model },
        hardware: { accelerator: 'H100-SXM-80GB', count: 1, ...hardware },
        serving: {
          engine: 'vLLM 0.11.0',
          weights_precision: 'bf16',
          tp: 1,
          mode: 'server',
          input_len: 1024,
          output_len: 256,
          batch_or_concurrency: 'concurrency 200, 2000 prompts',
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  return prediction;
}

const firstToken = (serving: Record<string, unknown>) =>
  predictionOf(serving)?.predicted?.ttft_ms ?? 0;
const perToken = (serving: Record<string, unknown>, hardware = {}) =>
  predictionOf(serving, hardware)?.predicted?.tpot_ms ?? 0;

describe('what a server was told', () => {
  test.each(['max_num_seqs', 'max_running_requests', 'max_batch_size', 'max_batch'])(
    '%s bounds the requests that run at once, and the others wait',
    (name) => {
      expect(predictionOf({ [name]: 32 })?.layout?.batch_per_replica).toBe(32);
      expect(firstToken({ [name]: 32 })).toBeGreaterThan(3 * firstToken({}));
    },
  );

  test('tokens of a step bound what prompts add to it', () => {
    const eight = { batch_or_concurrency: 8, input_len: 8192 };
    const few = perToken({ ...eight, max_num_batched_tokens: 512 });
    const many = perToken({ ...eight, max_num_batched_tokens: 16384 });
    expect(few).not.toBeCloseTo(many, 1);
  });

  test('steps that are not captured take longer, whichever option says so', () => {
    const alone = { batch_or_concurrency: 1 };
    const captured = perToken(alone);
    expect(perToken({ ...alone, enforce_eager: true })).toBeGreaterThan(captured);
    expect(
      perToken({ ...alone, disable_cuda_graph: true, engine: 'SGLang 0.5.5' }),
    ).toBeGreaterThan(perToken({ ...alone, engine: 'SGLang 0.5.5' }));
    expect(perToken({ ...alone, enforce_eager: false })).toBe(captured);
  });

  test('a smaller share of the memory holds fewer requests', () => {
    const long = { input_len: 8192, max_num_seqs: 1000 };
    const runs = (share: number) =>
      Number(
        predictionOf({ ...long, gpu_memory_utilization: share })?.layout?.batch_per_replica ?? 0,
      );
    expect(runs(0.5)).toBeLessThan(0.7 * runs(0.9));
  });

  test('prompt tokens of a step are divided by the groups of attention in SGLang', () => {
    const said = { chunked_prefill_size: 65536 };
    expect(statedStepTokens(said)).toBe(65536);
    expect(statedStepTokens(said, 8)).toBe(8192);
    expect(statedStepTokens({ max_num_batched_tokens: 8192 }, 8)).toBe(8192);
  });

  test('graphs of Neuron compute the requests that they were compiled for', () => {
    const neuron = {
      engine: 'TGI-neuronx (2024)',
      weights_precision: 'fp16',
      tp: 16,
      input_len: 1500,
      batch_or_concurrency: 1,
    };
    const hardware = { accelerator: 'Trainium1', count: 16 };
    const [one, four, eight] = [1, 4, 8].map(
      (max_batch) =>
        predictionOf({ ...neuron, max_batch }, hardware, 'Llama-3-70B')?.predicted?.tpot_ms ?? 0,
    );
    expect(four).toBeGreaterThan(one ?? 0);
    expect(eight).toBeGreaterThan(four ?? 0);
  });

  test('a format of all layers reaches attention and the output head', () => {
    const alone = { batch_or_concurrency: 1 };
    const weights = (weights_precision: string) =>
      predictionOf({ ...alone, weights_precision }, { accelerator: 'DGX Spark' }, 'gpt-oss-120b')
        ?.breakdown?.weights_and_arithmetic_s ?? 0;
    expect(weights('MXFP4 (all layers)')).toBeLessThan(0.85 * weights('MXFP4'));
  });
});
