import { describe, expect, test } from 'vitest';
import { cutShare } from '@engine/inference/cut-answers';
import { operatingPoint } from '@engine/inference/operating-point';
import { promptLine } from '@engine/inference/prompt-line';
import { drainSeconds } from '@engine/inference/run-ends';
import { replicaOf } from '../../fixtures/serving-fixture';

const shape = { inputTokens: 2048, outputTokens: 960 };

describe('answers that are cut off at a length', () => {
  test.each([
    [1024, 1024, 1],
    [1000, 960, 1 - 4 * 0.04],
    [1000, 875, 0.5],
    [1000, 700, 0],
  ])('of %d tokens run to it in part, where their mean is %d', (longestAnswer, mean, share) => {
    expect(cutShare({ ...shape, outputTokens: mean, longestAnswer })).toBeCloseTo(share, 12);
  });

  test('wait between those of one length, who stay together, and those that end by themselves', () => {
    for (const mixesPrompts of [0, 1]) {
      const serving = replicaOf({ constants: { mixesPrompts } });
      const waitOf = (lengths: object): number => {
        const sent = { ...shape, ...lengths, rounds: 10 };
        return promptLine(serving, sent, operatingPoint(serving, sent, 16), 16).seconds;
      };
      const alike = waitOf({});
      const varied = waitOf({ hasVariedAnswers: true });
      const often = waitOf({ longestAnswer: 980 });
      const seldom = waitOf({ longestAnswer: 1100 });
      expect(alike).toBeGreaterThan(often);
      expect(often).toBeGreaterThan(seldom);
      expect(seldom).toBeGreaterThan(0.95 * varied);
    }
  });

  test('end a run at that length', () => {
    const serving = replicaOf({});
    expect(drainSeconds(serving, shape, 16)).toBe(0);
    const cut = drainSeconds(serving, { ...shape, longestAnswer: 1024 }, 16);
    expect(cut).toBeGreaterThan(0);
    expect(cut).toBeLessThan(drainSeconds(serving, { ...shape, hasVariedAnswers: true }, 16));
  });
});
