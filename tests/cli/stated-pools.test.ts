import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

type Fields = Readonly<Record<string, unknown>>;

function predictionOf(beside: Fields, serving: Fields = {}, count = 16) {
  const [prediction] = estimateCases(
    [
      {
        model: { name: 'DeepSeek-V4-Pro' },
        hardware: { accelerator: 'GB200', count, per_node: 4 },
        serving: {
          engine: 'vLLM (May 2026)',
          weights_precision: 'FP4',
          batch_or_concurrency: 512,
          input_len: 7373,
          output_len: 922,
          mode: 'disaggregated',
          ...serving,
        },
        ...beside,
      },
    ],
    bundledCatalogue,
  );
  if (!prediction?.predicted || !prediction.layout) throw new Error(prediction?.error);
  return { predicted: prediction.predicted, layout: prediction.layout };
}

const wide = { workers: 1, tp: 1, ep: 8, dp_attention: true, gpus: 8 };
const narrow = { workers: 1, tp: 8, gpus: 8 };

describe('workers of a fleet that states how both kinds are laid out', () => {
  test('serve what InferenceX measured: 5,336 tokens/s and accelerator, 47.4 ms a token (GB200, DeepSeek-V4-Pro, 8 + 8)', () => {
    const { predicted, layout } = predictionOf({ prefill_layout: wide, decode_layout: wide });
    expect((predicted['total_tokens_per_s'] ?? NaN) / 16 / 5336).toBeGreaterThan(0.8);
    expect((predicted['total_tokens_per_s'] ?? NaN) / 16 / 5336).toBeLessThan(1.25);
    expect((predicted['tpot_ms'] ?? NaN) / 47.43).toBeGreaterThan(0.8);
    expect((predicted['tpot_ms'] ?? NaN) / 47.43).toBeLessThan(1.25);
    expect(layout).toMatchObject({ tp: 8, attention_groups: 8, replicas: 1 });
  });

  test('may differ: a token takes as long as those for answers need', () => {
    const few = { batch_or_concurrency: 8 };
    const inGroups = predictionOf({ prefill_layout: narrow, decode_layout: wide }, few);
    const together = predictionOf({ prefill_layout: wide, decode_layout: narrow }, few);
    expect(inGroups.layout['attention_groups']).toBe(8);
    expect(together.layout['attention_groups']).toBe(1);
    expect(together.predicted['tpot_ms']).toBeLessThan(inGroups.predicted['tpot_ms'] ?? 0);
  });

  test('more of those for prompts serve more where prompts are what is waited for', () => {
    const many = { batch_or_concurrency: 4096 };
    const rate = (workers: number): number =>
      predictionOf(
        { prefill_layout: { ...wide, workers, gpus: 8 * workers }, decode_layout: wide },
        many,
        8 * workers + 8,
      ).predicted['requests_per_s'] ?? NaN;
    expect(rate(2) / rate(1)).toBeGreaterThan(1.7);
  });

  test('are alike where a case counts them and says no more', () => {
    const { layout } = predictionOf({}, { prefill_workers: 1, decode_workers: 1 });
    expect(layout).toMatchObject({ tp: 8, replicas: 1 });
  });

  test('check proposed tokens as other replicas do', () => {
    const pools = { prefill_layout: narrow, decode_layout: narrow };
    const few = { batch_or_concurrency: 4 };
    const plain = predictionOf(pools, few).predicted['tpot_ms'] ?? NaN;
    const checked = predictionOf(pools, { ...few, speculative_tokens: 3, acceptance: 0.9 });
    expect(checked.predicted['tpot_ms']).toBeLessThan(0.6 * plain);
  });
});
