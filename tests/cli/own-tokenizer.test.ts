import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

const microseconds = bundledCatalogue.assumptions['serving.ownTokenizer']?.value ?? 0;
const dense = {
  params_total: 8e9,
  layers: 32,
  hidden: 4096,
  heads: 32,
  kv_heads: 8,
  vocab: 131072,
};

function timeOf(name: string, engine: string, users = 50): number {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name, ...dense },
        hardware: { accelerator: 'H100-SXM-80GB', count: 1 },
        serving: {
          engine,
          weights_precision: 'bf16',
          tp: 1,
          mode: 'server',
          input_len: 128,
          output_len: 1024,
          batch_or_concurrency: users,
        },
      },
    ],
    bundledCatalogue,
  );
  return prediction?.predicted?.tpot_ms ?? 0;
}

describe('a tokenizer of its own', () => {
  const own = 'Magistral-Eight';
  const other = 'Some-Eight';

  test.each(['vLLM 0.15.0', 'SGLang 0.5.7'])('takes its time for each request of %s', (engine) => {
    for (const users of [10, 50]) {
      const added = timeOf(own, engine, users) - timeOf(other, engine, users);
      expect(added).toBeCloseTo((users * microseconds) / 1000, 1);
    }
  });

  test('is used where a case says so, and by no compiled server', () => {
    const vllm = 'vLLM 0.15.0';
    expect(timeOf(other, `${vllm} (tokenizer-mode mistral)`)).toBe(timeOf(own, vllm));
    const compiled = 'TensorRT-LLM 1.0';
    expect(timeOf(own, compiled)).toBe(timeOf(other, compiled));
  });
});
