import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { readServingConstants } from '@engine/inference/constants';
import { decodeStep } from '@engine/inference/decode';
import { expertSeconds } from '@engine/inference/experts';
import { prefillSeconds } from '@engine/inference/prefill';
import { prepareServing } from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../../src/cli/estimate/estimate';

function servingOf(compiledRequests: number, modelId = 'llama-3.1-8b') {
  const part = catalogue.accelerators.get('trainium2');
  const model = catalogue.models.get(modelId);
  if (!part || !model) throw new Error('Not in the catalogue.');
  const device = describeDevice(part, null, catalogue.assumptions);
  const constants = readServingConstants(catalogue.assumptions, 'neuron', device.family);
  return prepareServing(
    {
      device,
      architecture: model.architecture,
      weightPrecision: 'bf16',
      keyValuePrecision: 'bf16',
      tensorParallel: 1,
      pipelineParallel: 1,
    },
    { ...constants, compiledRequests },
  );
}

describe('steps of static graphs', () => {
  test('compute all requests and tokens that they were compiled for', () => {
    const [open, compiled] = [servingOf(0), servingOf(32)];
    const full = decodeStep(open, 32, 4096);
    expect(decodeStep(compiled, 1, 500).cache).toBeCloseTo(full.cache, 12);
    expect(decodeStep(compiled, 1, 500).matmul).toBeCloseTo(full.matmul, 12);
    expect(decodeStep(open, 1, 500).cache).toBeLessThan(0.02 * full.cache);
  });

  test('take longer with longer requests, and no more of them than the memory holds', () => {
    const compiled = servingOf(32);
    expect(decodeStep(compiled, 32, 8192).cache).toBeGreaterThan(
      1.9 * decodeStep(compiled, 1, 500).cache,
    );
    expect(decodeStep(servingOf(100_000), 1, 500).cache).toBeLessThan(
      decodeStep(servingOf(0), 200, 4096).cache,
    );
  });

  test('take a prompt for as long as the longest that they were compiled for', () => {
    const [open, compiled] = [servingOf(0), servingOf(32)];
    expect(prefillSeconds(compiled, 1, 1500)).toBe(prefillSeconds(open, 1, 4096));
    expect(prefillSeconds(compiled, 1, 8000)).toBe(prefillSeconds(open, 1, 8000));
    expect(prefillSeconds(open, 1, 1500)).toBeLessThan(0.5 * prefillSeconds(compiled, 1, 1500));
  });

  test('compute every row in every expert once all could be needed', () => {
    const [open, compiled] = [servingOf(0, 'qwen3-30b-a3b'), servingOf(32, 'qwen3-30b-a3b')];
    // Eight of 128 experts per token: sixteen times the arithmetic.
    const ratio = expertSeconds(compiled, 4096) / expertSeconds(open, 4096);
    expect(ratio).toBeGreaterThan(8);
    expect(ratio).toBeLessThan(16.1);
    expect(expertSeconds(compiled, 4)).toBe(expertSeconds(open, 4));
  });

  // huggingface/optimum-neuron: first tokens of one user on Trainium2, in ms
  test.each([
    ['Llama-3.1-8B', 1, 197],
    ['Qwen3-30B-A3B', 1, 1547],
    ['Qwen3-235B-A22B', 16, 4587],
    ['Llama-4-Maverick', 16, 1714],
  ])('show the first token of %s on %d parts', (name, count, measured) => {
    const [prediction] = estimateCases(
      [
        {
          id: 'one',
          model: { name },
          hardware: { accelerator: 'Trainium2', count },
          serving: {
            engine: 'vLLM 0.10 / optimum-neuron 0.4',
            weights_precision: 'BF16',
            tp: count,
            batch_or_concurrency: 1,
            input_len: 1500,
            output_len: 237,
            mode: 'server',
          },
        },
      ],
      catalogue,
    );
    const found = prediction?.predicted?.ttft_ms ?? Number.NaN;
    expect(found / measured).toBeGreaterThan(0.67);
    expect(found / measured).toBeLessThan(1.5);
  });

  test('are those of servers on Neuron, not of batches run by themselves', () => {
    const tokensOf = (engine: string) =>
      estimateCases(
        [
          {
            id: 'one',
            model: { name: 'Llama-3.1-8B' },
            hardware: { accelerator: 'Trainium2', count: 1 },
            serving: {
              engine,
              weights_precision: 'BF16',
              batch_or_concurrency: 1,
              input_len: 1500,
              output_len: 237,
              mode: 'latency',
            },
          },
        ],
        catalogue,
      )[0]?.predicted?.tpot_ms ?? Number.NaN;
    // huggingface/optimum-neuron, llama-3.1-8b-trn2: 22.1 ms of one user, graphs of 32 requests of 4,096 tokens
    expect(tokensOf('vLLM 0.10 / optimum-neuron 0.4')).toBeGreaterThan(17);
    expect(tokensOf('vLLM 0.10 / optimum-neuron 0.4')).toBeLessThan(28);
    expect(tokensOf('Transformers NeuronX')).toBeLessThan(15);
  });
});
