import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function timeOf(serving: Record<string, unknown>, model = 'Qwen3-30B-A3B', accelerator = 'MI300X') {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: model },
        hardware: { accelerator, count: 1 },
        serving: {
          engine: 'vLLM 0.11.0',
          weights_precision: 'bf16',
          tp: 1,
          mode: 'server',
          input_len: 128,
          output_len: 1024,
          batch_or_concurrency: 64,
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  return prediction?.predicted?.tpot_ms ?? 0;
}

describe('experts of vLLM on Instinct', () => {
  const own = timeOf({});

  test('run in its own kernels unless a case names those of AMD', () => {
    expect(timeOf({ engine: 'vLLM 0.11.0 (AITER)' })).toBeLessThan(own);
    expect(timeOf({ engine: 'vLLM 0.11.0 (ROCm 7.0)' })).toBeLessThan(own);
    expect(timeOf({ lengths: 'uniform 0.8 to 1 times the nominal' })).toBeLessThan(own);
  });

  test('are nobody else’s', () => {
    const named = { engine: 'vLLM 0.11.0 (AITER)' };
    expect(timeOf({}, 'Qwen3-8B')).toBe(timeOf(named, 'Qwen3-8B'));
    expect(timeOf({}, 'Qwen3-30B-A3B', 'H200')).toBe(timeOf(named, 'Qwen3-30B-A3B', 'H200'));
  });
});
