import { describe, expect, test } from 'vitest';
import { operatingPoint } from '@engine/inference/operating-point';
import { promptLine } from '@engine/inference/prompt-line';
import { replicaOf } from '../../fixtures/serving-fixture';

const users = 8;

/** What prompts of that many tokens wait longer when clients send them than when they are handed over within the process, over their own time. */
function aheadOf(inputTokens: number, lengths: object, constants = {}): number {
  const serving = replicaOf({
    constants: {
      mixesPrompts: 0,
      promptLayerOverheadSeconds: 1e-3,
      capturedLaunch: 1,
      admissionSeconds: 0,
      ...constants,
    },
  });
  const shape = { inputTokens, outputTokens: 256, rounds: 10, ...lengths };
  const point = operatingPoint(serving, shape, users);
  const secondsOf = (isInProcess: boolean): number =>
    promptLine(serving, { ...shape, isInProcess }, point, users).seconds;
  return (secondsOf(false) - secondsOf(true)) / (point.ownPrompt - point.linePromptSeconds);
}

describe('prompts that come together', () => {
  test('wait for the first of them, which is processed by itself', () => {
    // Of eight users of one length seven wait for the pass of the first, in every round.
    expect(aheadOf(128, {})).toBeCloseTo(7 / 8, 9);
    expect(aheadOf(128, { rounds: 1 })).toBeCloseTo(7 / 8, 9);
  });

  test('hardly do where answers end at random, but for the first round', () => {
    const ahead = aheadOf(128, { hasVariedAnswers: true });
    expect(ahead).toBeGreaterThan(0.7 / 8);
    expect(ahead).toBeLessThan(0.2);
  });

  test('do not where all are received before any is processed', () => {
    expect(aheadOf(128, { rounds: 1 }, { admissionSeconds: 1 })).toBe(0);
  });
});
