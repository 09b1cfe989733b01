import { describe, expect, test } from 'vitest';
import {
  comparedModelIds,
  predictedRun,
} from '../../../src/renderer/features/explore/training/predicted-runs';

function ratio(modelId: string): number {
  const run = predictedRun(modelId);
  if (!run?.predicted) throw new Error(`There is no prediction of ${modelId}.`);
  return run.predicted.days / run.publishedDays;
}

describe('published runs beside their prediction', () => {
  test('are five, each with a range around its prediction', () => {
    expect(comparedModelIds).toContain('gpt-3-175b');
    expect(comparedModelIds.length).toBeGreaterThanOrEqual(5);
    for (const id of comparedModelIds) {
      const { low, days, high } = predictedRun(id)?.predicted ?? { low: 0, days: 0, high: 0 };
      expect(low, id).toBeLessThan(days);
      expect(days, id).toBeLessThan(high);
    }
  });

  // Patterson et al. 2021: 14.8 days on 10,000 V100, which no layout divides; the software of 2020.
  test('of GPT-3 takes nearly all of 10,000 accelerators', () => {
    expect(ratio('gpt-3-175b')).toBeGreaterThan(0.75);
    expect(ratio('gpt-3-175b')).toBeLessThan(1.25);
  });

  test.each(['llama-65b', 'llama-3.1-405b', 'deepseek-v3'])('of %s comes close', (id) => {
    expect(ratio(id)).toBeGreaterThan(0.75);
    expect(ratio(id)).toBeLessThan(1.3);
  });

  // The hours of BLOOM include restarts and evaluation, which its makers do not split off: the prediction is of steps.
  test('of BLOOM takes less than its makers used', () => {
    expect(ratio('bloom-176b')).toBeGreaterThan(0.5);
    expect(ratio('bloom-176b')).toBeLessThan(1);
  });
});
