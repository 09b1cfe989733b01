import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictedOf(serving: Record<string, unknown>, count = 8): Record<string, number> {
  const [prediction] = estimateCases(
    [
      {
        model: { name: 'gpt-oss-120b' },
        hardware: { accelerator: 'H200-SXM-141GB', count, per_node: 8 },
        serving: {
          engine: 'SGLang 0.5.2',
          weights_precision: 'MXFP4',
          tp: 2,
          batch_or_concurrency: 'concurrency 128, 12800 prompts',
          input_len: 2048,
          output_len: 64,
          mode: 'disaggregated',
          ...serving,
        },
      },
    ],
    bundledCatalogue,
  );
  if (!prediction?.predicted) throw new Error(prediction?.error ?? 'nothing predicted');
  return { ...prediction.predicted };
}

const split = (prompts: number, serving: Record<string, unknown> = {}) =>
  predictedOf({ prefill_workers: prompts, decode_workers: 4 - prompts, ...serving });

describe('a closed loop on replicas for prompts and for answers', () => {
  test('of long prompts is bound by their replicas: twice as many serve about twice as much', () => {
    const [one, two] = [split(1), split(2)];
    const ratio =
      (two['output_tokens_per_s_total'] ?? NaN) / (one['output_tokens_per_s_total'] ?? NaN);
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.2);
  });

  test.each([1, 2, 3])('keeps all users busy with %i replicas for prompts (Little)', (prompts) => {
    const found = split(prompts);
    const inside =
      ((found['requests_per_s'] ?? NaN) *
        ((found['ttft_ms'] ?? NaN) + 64 * (found['tpot_ms'] ?? NaN))) /
      1e3;
    expect(inside).toBeGreaterThan(0.8 * 128);
    expect(inside).toBeLessThan(1.25 * 128);
  });

  test('of long answers is bound by the others', () => {
    const long = { input_len: 64, output_len: 2048 };
    const [one, three] = [split(1, long), split(3, long)];
    expect(one['output_tokens_per_s_total']).toBeGreaterThan(
      three['output_tokens_per_s_total'] ?? NaN,
    );
  });

  test('that states no split gets the best of whole replicas', () => {
    const best = Math.max(...[1, 2, 3].map((one) => split(one)['output_tokens_per_s_total'] ?? 0));
    expect(predictedOf({})['output_tokens_per_s_total']).toBeCloseTo(best, 6);
  });

  test('on a part of one replica is one phase: nothing is taken away for the other', () => {
    const wide = { tp: 1, ep: 16, dp: 16, batch_or_concurrency: null };
    const node = predictedOf(wide);
    const phase = predictedOf({ ...wide, phase: 'decode' });
    expect(node['output_tokens_per_s_total']).toBeCloseTo(
      phase['output_tokens_per_s_total'] ?? NaN,
      6,
    );
  });
});
