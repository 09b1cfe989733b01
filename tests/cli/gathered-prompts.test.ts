import { expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

/** DeepSeek-V3 under TensorRT-LLM on eight B200, with lengths that InferenceX draws. */
function run(users: number, weights_precision = 'fp8') {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'B200', count: 8 },
        serving: {
          engine: 'TensorRT-LLM 1.3.0rc14',
          weights_precision,
          tp: 8,
          mode: 'server',
          batch_or_concurrency: users,
          input_len: 922,
          output_len: 922,
        },
      },
    ],
    bundledCatalogue,
  );
  const { ttft_ms: first, output_tokens_per_s_total: rate } = prediction?.predicted ?? {};
  return { first: Number(first), rate: Number(rate) };
}

test('InferenceX gathers prompts for experts in 8 bits between 64 and 256 users of TensorRT-LLM', () => {
  expect(run(64).first / run(63).first).toBeGreaterThan(1.5);
  expect(run(255).first / run(256).first).toBeGreaterThan(1.2);
  expect(run(64, 'fp4').first / run(63, 'fp4').first).toBeLessThan(1.1);
  // Prompts that share a pass leave more of the time to answers.
  expect(run(64).rate).toBeGreaterThan(1.05 * run(63).rate);
});
