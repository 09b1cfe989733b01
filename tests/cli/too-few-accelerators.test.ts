import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

const serving = {
  engine: 'vLLM 0.10',
  weights_precision: 'FP8',
  input_len: 1024,
  output_len: 256,
  batch_or_concurrency: 16,
};

function predicted(model: string, accelerator: string, stated: Record<string, unknown>) {
  const { mode, ...degrees } = stated;
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: model },
        hardware: { accelerator, count: 4 },
        serving: { ...serving, ...degrees, mode: mode ?? 'server' },
      },
    ],
    bundledCatalogue,
  );
  return prediction;
}

describe('a replica on more accelerators than there are', () => {
  test.each([
    ['Llama-3.1-70B', { tp: 8 }, 'serving.tp'],
    ['Llama-3.1-70B', { tp: 4, pp: 2 }, 'serving.tp × pp'],
    ['Llama-3.1-70B', { pp: 8 }, 'serving.pp'],
    ['DeepSeek-R1', { tp: 4, ep: 8, weights_precision: 'FP4' }, 'serving.ep'],
    ['DeepSeek-R1', { dp: 8, weights_precision: 'FP4' }, 'serving.dp'],
  ])('of %s, %o, is a problem that names the field and the count', (model, degrees, field) => {
    const prediction = predicted(model, 'B200', degrees);
    expect(prediction?.error).toContain(`${field}: one replica takes 8 accelerators`);
    expect(prediction?.error).toContain('hardware.count is 4');
    expect(prediction?.predicted).toBeUndefined();
  });

  test.each([
    ['as many as there are', 'Llama-3.1-70B', 'B200', { tp: 4 }],
    ['replicas of a dense model', 'Llama-3.1-70B', 'B200', { tp: 4, dp: 2 }],
    ['cores of a TPU', 'Llama-3.1-70B', 'TPU v7x', { tp: 8 }],
    [
      'a node of a fleet',
      'DeepSeek-R1',
      'H200',
      { ep: 32, dp: 32, mode: 'disaggregated', phase: 'prefill' },
    ],
  ])('is none for %s', (_what, model, accelerator, stated) => {
    expect(predicted(model, accelerator, stated)?.error).toBeUndefined();
  });
});
