import { describe, expect, test } from 'vitest';
import { loadReplica } from '@engine/inference/loaded-replica';
import { operatingPoint } from '@engine/inference/operating-point';
import { replicaOf } from '../../fixtures/serving-fixture';

const atOnce = (requests: number) =>
  ({ kind: 'open loop', requestsPerSecond: Infinity, requests }) as const;

describe('many more requests than run at once, sent together', () => {
  const serving = replicaOf();
  const shape = { inputTokens: 215, outputTokens: 195, hasVariedAnswers: true };

  test('take about as long per token as those that run by Little’s law', () => {
    const running = 256;
    const loaded = loadReplica(serving, shape, atOnce(4000), running);
    const { batch, tokensPerSecond } = loaded.point;
    expect(batch).toBeCloseTo(running, 0);
    expect(loaded.timePerOutputToken * tokensPerSecond).toBeGreaterThan(0.8 * running);
    expect(loaded.timePerOutputToken * tokensPerSecond).toBeLessThan(1.05 * running);
  });

  test('have the machine to themselves in the end where all of them run', () => {
    const short = { ...shape, inputTokens: 16 };
    const [few, many] = [256, 4000].map(
      (requests) => loadReplica(serving, short, atOnce(requests), 256).timePerOutputToken,
    ) as [number, number];
    expect(few).toBeLessThan(0.9 * many);
  });
});

describe('a token in a step that takes prompts as well', () => {
  const long = { inputTokens: 8192, outputTokens: 64 };

  test('waits for no more of them than fit into the step', () => {
    const serving = replicaOf({ constants: { prefillTokens: 2048, mixesPrompts: 1 } });
    const point = operatingPoint(serving, long, 256);
    const full = (point.linePromptSeconds * (2048 - 256)) / long.inputTokens;
    expect(point.timePerOutputToken).toBeCloseTo(point.decode.total + full, 9);
    const light = operatingPoint(serving, { ...long, outputTokens: 8192 }, 256);
    expect(light.timePerOutputToken).toBeLessThan(light.decode.total + full);
  });

  test('waits for all of them where prompts have steps of their own', () => {
    const serving = replicaOf({ constants: { prefillTokens: 2048, mixesPrompts: 0 } });
    const { timePerOutputToken, decode, promptSeconds } = operatingPoint(serving, long, 256);
    expect(timePerOutputToken).toBeCloseTo(decode.total + (255 / 64) * promptSeconds, 9);
  });
});
