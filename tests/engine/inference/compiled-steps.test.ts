import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { readServingConstants } from '@engine/inference/constants';
import { decodeStep } from '@engine/inference/decode';
import { prepareServing } from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../../src/cli/estimate/estimate';

function servingOf(compiledRequests: number) {
  const part = catalogue.accelerators.get('trainium2');
  const model = catalogue.models.get('llama-3.1-8b');
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
