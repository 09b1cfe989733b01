import { describe, expect, test } from 'vitest';
import { loadReplica } from '@engine/inference/loaded-replica';
import { operatingPoint } from '@engine/inference/operating-point';
import { promptLine } from '@engine/inference/prompt-line';
import {
  drainSeconds,
  easedAtEnd,
  exponentialIntegral,
  rushInterruption,
} from '@engine/inference/run-ends';
import { randomStream } from '@engine/simulation/random';
import { replicaOf } from '../../fixtures/serving-fixture';

const shape = { inputTokens: 217, outputTokens: 201 };
const varied = { ...shape, hasVariedAnswers: true };

/** Mean over requests of what prompts add per token, drawn request by request: lengths exponential or even, positions in the line even. */
function drawnInterruption(
  answer: number,
  steps: number,
  waits: boolean,
  isEven = false,
  draws = 100_000,
): number {
  const random = randomStream(7);
  let sum = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = random.uniform();
    const length = Math.max(1, isEven ? 2 * answer * drawn : -answer * Math.log(1 - drawn));
    const left = random.uniform() * steps;
    sum += (waits ? left : Math.min(length, left)) / length;
  }
  return sum / draws;
}

describe('the exponential integral', () => {
  // Abramowitz and Stegun, table 5.1.
  test.each([
    [0.1, 1.8229239585],
    [0.5, 0.5597735948],
    [1, 0.2193839344],
    [1.5, 0.1000195824],
    [5, 0.001148295591],
  ])('of %d', (x, value) => {
    expect(exponentialIntegral(x)).toBeCloseTo(value, 9);
  });
});

describe('requests that all come at once', () => {
  test('see prompts beside more of their tokens where answers vary, as a draw of lengths finds', () => {
    const serving = replicaOf({ constants: { mixesPrompts: 1, prefillTokens: 8192 } });
    const point = operatingPoint(serving, varied, 1000);
    for (const requests of [200, 1000, 4000]) {
      // Those of the last step see no more prompts.
      const steps = (requests * shape.inputTokens) / 8192 - 1;
      const perStep = (8192 / shape.inputTokens) * point.promptSeconds;
      const alike = Math.min(1, steps / shape.outputTokens / 2);
      const expected = (drawnInterruption(shape.outputTokens, steps, false) - alike) * perStep;
      const found = rushInterruption(serving, varied, point, requests);
      expect(found / expected).toBeGreaterThan(0.9);
      expect(found / expected).toBeLessThan(1.1);
      const drawn = drawnInterruption(shape.outputTokens, steps, false, true) - alike;
      const even = rushInterruption(serving, { ...shape, answerSpread: 2 }, point, requests);
      expect(Math.abs(even - drawn * perStep)).toBeLessThan(0.02 * perStep);
    }
    expect(rushInterruption(serving, shape, point, 1000)).toBe(0);
    expect(rushInterruption(serving, varied, point, 1)).toBe(0);
  });

  test('wait for all prompts after their own where those stop answers, which short ones feel most', () => {
    const serving = replicaOf({ constants: { mixesPrompts: 0 } });
    const point = operatingPoint(serving, varied, 1000);
    const waiting = 1000 - Math.floor(serving.constants.prefillTokens / shape.inputTokens);
    const alike = ((waiting / 2) * point.promptSeconds) / shape.outputTokens;
    const all = alike + rushInterruption(serving, varied, point, 1000);
    // Answers of every length from one token on; those from four on, as data sets are cut, suffer less.
    const drawn = drawnInterruption(shape.outputTokens, 1, true) * waiting * point.promptSeconds;
    expect(all).toBeLessThan(drawn);
    expect(all).toBeGreaterThan(0.5 * drawn);
    const even = { ...shape, answerSpread: 2 };
    const drawnEvenly = drawnInterruption(shape.outputTokens, 1, true, true);
    const each = alike + rushInterruption(serving, even, point, 1000);
    expect(each / (drawnEvenly * waiting * point.promptSeconds)).toBeGreaterThan(0.8);
    expect(each / (drawnEvenly * waiting * point.promptSeconds)).toBeLessThan(1.1);
  });

  test('have prompts that share steps with the answers before them, more of them the later they come', () => {
    const mixing = replicaOf({ constants: { mixesPrompts: 1 } });
    const point = operatingPoint(mixing, shape, 1000);
    const once = { ...shape, rounds: 1, isInProcess: true };
    const line = promptLine(mixing, once, point, 1000);
    const alone = line.prompts * point.linePromptSeconds;
    const beside =
      (shape.inputTokens / mixing.constants.prefillTokens) *
      (point.decode.cache + mixing.constants.sequenceOverheadSeconds * 1000);
    expect(line.seconds - alone).toBeCloseTo((line.prompts * beside) / 2, 9);
    const stopping = replicaOf({ constants: { mixesPrompts: 0 } });
    const apart = promptLine(stopping, once, point, 1000);
    expect(apart.seconds).toBeCloseTo(apart.prompts * point.linePromptSeconds, 9);
  });

  test('are all received before the first is processed, unless handed over within the process', () => {
    const serving = replicaOf();
    const { admissionSeconds } = serving.constants;
    const burst = (requests: number, changes = {}) =>
      loadReplica(
        serving,
        { ...shape, ...changes },
        { kind: 'open loop', requestsPerSecond: Infinity, requests },
      );
    const sent = burst(400);
    const handed = burst(400, { isInProcess: true });
    expect(sent.timeToFirstToken - handed.timeToFirstToken).toBeCloseTo(400 * admissionSeconds, 9);
    const run = (tokensPerSecond: number): number => (400 * shape.outputTokens) / tokensPerSecond;
    expect(run(sent.tokensPerSecond) - run(handed.tokensPerSecond)).toBeCloseTo(
      400 * admissionSeconds,
      9,
    );
  });

  test('are the users of a closed loop of one round', () => {
    const serving = replicaOf();
    const once = { kind: 'closed loop', users: 300 } as const;
    const burst = { kind: 'open loop', requestsPerSecond: Infinity, requests: 300 } as const;
    expect(loadReplica(serving, varied, burst)).toEqual(
      loadReplica(serving, { ...varied, rounds: 1, isStaticBatch: false }, once),
    );
  });
});

describe('the end of a run', () => {
  const serving = replicaOf();
  const point = operatingPoint(serving, varied, 100);

  test('is eased only where answers vary', () => {
    expect(easedAtEnd(serving, shape, point)).toBe(0);
    const eased = easedAtEnd(serving, varied, point);
    expect(eased).toBeGreaterThan(0);
    expect(eased).toBeLessThan(0.31 * point.decode.total);
  });

  test('takes as long as the longest answer beyond the mean, alone', () => {
    expect(drainSeconds(serving, shape, 100)).toBe(0);
    const alone = operatingPoint(serving, varied, 1).decode.total;
    // The mean of the longest of 100 is 5.2 means; answers are cut at four.
    expect(drainSeconds(serving, varied, 100) / (3 * 201 * alone)).toBeCloseTo(1, 9);
    expect(drainSeconds(serving, varied, 10)).toBeLessThan(drainSeconds(serving, varied, 100));
    // The longest of 99 drawn evenly is 0.99 of the longest possible.
    const even = { ...shape, answerSpread: 2 };
    expect(drainSeconds(serving, even, 99) / (0.98 * 201 * alone)).toBeCloseTo(1, 9);
    expect(drainSeconds(serving, { ...shape, answerSpread: 0.2 }, 99)).toBe(0);
  });

  test('takes a wave of its own for requests that are no multiple of the users', () => {
    const loaded = (rounds: number, changes = {}) =>
      loadReplica(
        serving,
        { ...shape, rounds, isInProcess: true, ...changes },
        { kind: 'closed loop', users: 32 },
      ).tokensPerSecond;
    const wave = (users: number): number =>
      201 / operatingPoint(serving, shape, users).tokensPerSecond;
    const seconds = 3 * 32 * wave(32) + 4 * wave(4);
    expect(loaded(100 / 32) / ((100 * 201) / seconds)).toBeCloseTo(1, 9);
    expect(loaded(3)).toBe(loaded(4));
    const settled = { isSettled: true };
    expect(loaded(100 / 32, settled)).toBe(loaded(3, settled));
  });
});
