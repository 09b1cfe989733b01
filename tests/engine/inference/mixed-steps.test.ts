import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeStep } from '@engine/inference/decode';
import { promptAddedSeconds, promptsTogether } from '@engine/inference/mixed-steps';
import {
  meanContextTokens,
  operatingPoint,
  type RequestShape,
} from '@engine/inference/operating-point';
import { prefillSecondsPerRequest } from '@engine/inference/prefill';
import { replicaOf } from '../../fixtures/serving-fixture';

const mixing = replicaOf({ constants: { mixesPrompts: 1 } });
const separate = replicaOf({ constants: { mixesPrompts: 0 } });
const shapes = fc.record({
  inputTokens: fc.integer({ min: 16, max: 32_768 }),
  outputTokens: fc.integer({ min: 16, max: 4096 }),
});
const batches = fc.integer({ min: 1, max: 512 });

function added(serving: typeof mixing, shape: RequestShape, batch: number): number {
  return promptAddedSeconds(
    serving,
    shape,
    batch,
    decodeStep(serving, batch, meanContextTokens(shape)),
  );
}

describe('what a prompt adds to the time of a replica', () => {
  test('is its own time where prompts have steps of their own', () => {
    fc.assert(
      fc.property(shapes, batches, (shape, batch) => {
        const alone = prefillSecondsPerRequest(separate, batch, shape.inputTokens);
        expect(added(separate, shape, batch)).toBe(alone);
      }),
    );
  });

  test('is less where prompts and answers share steps, by no more than the steps that they share', () => {
    fc.assert(
      fc.property(shapes, batches, (shape, batch) => {
        const alone = added(separate, shape, batch);
        const shared = added(mixing, shape, batch);
        expect(shared).toBeLessThanOrEqual(alone);
        expect(shared).toBeGreaterThanOrEqual(0.1 * alone - 1e-15);
        const step = decodeStep(mixing, batch, meanContextTokens(shape)).total;
        const steps = Math.max(1, shape.inputTokens / mixing.constants.prefillTokens);
        expect(alone - shared).toBeLessThanOrEqual(steps * step + 1e-12);
      }),
    );
  });

  test('is by hand: one step of weights and launches for a prompt that fills a step', () => {
    const shape = { inputTokens: mixing.constants.prefillTokens, outputTokens: 1024 };
    const batch = 8;
    const decode = decodeStep(mixing, batch, meanContextTokens(shape));
    const alone = prefillSecondsPerRequest(mixing, batch, shape.inputTokens);
    const bookkeeping = mixing.constants.sequenceOverheadSeconds * batch;
    const spared = decode.matmul + decode.overhead - bookkeeping;
    const arithmetic = (batch * alone) / shape.inputTokens;
    expect(alone - added(mixing, shape, batch)).toBeCloseTo(spared - arithmetic, 12);
  });

  test('makes a mixing replica answer more tokens per second, and never fewer', () => {
    fc.assert(
      fc.property(shapes, batches, (shape, batch) => {
        const [one, other] = [mixing, separate].map((serving) =>
          operatingPoint(serving, shape, batch),
        );
        expect(one?.tokensPerSecond).toBeGreaterThanOrEqual(other?.tokensPerSecond ?? Infinity);
        expect(one?.timePerOutputToken).toBeLessThanOrEqual(other?.timePerOutputToken ?? 0);
      }),
    );
  });
});

describe('beams', () => {
  const shape = { inputTokens: 924, outputTokens: 69 };

  test('step as rows of their own and keep the cache of every answer', () => {
    const four = operatingPoint(separate, { ...shape, beams: 4 }, 16);
    const rows = decodeStep(separate, 64, 924 + 69 / 2);
    expect(four.decode.total).toBe(rows.total);
    expect(meanContextTokens({ ...shape, beams: 4 })).toBe(924 + 2 * 69);
    const one = operatingPoint(separate, shape, 16);
    expect(four.tokensPerSecond).toBeLessThan(one.tokensPerSecond);
  });
});

describe('the prompts that come together', () => {
  const fixed = { inputTokens: 200, outputTokens: 256 };
  const varied = { ...fixed, hasVariedAnswers: true };

  test('are all of answers of one length, and few of answers that differ', () => {
    expect(promptsTogether(fixed, 64, 1)).toBe(64);
    expect(promptsTogether(varied, 64, 1)).toBeCloseTo(1 + (63 * 2) / 256, 12);
    expect(promptsTogether({ ...fixed, answerSpread: 0.2 }, 64, 1)).toBe(
      promptsTogether(varied, 64, 1),
    );
    expect(promptsTogether(varied, 64, 1e6)).toBe(64);
    expect(promptsTogether(varied, 0.5, 1)).toBe(1);
  });

  test('cost more each the fewer they are, where launching them takes longest', () => {
    const perToken = (shape: RequestShape) => operatingPoint(separate, shape, 64).prefillShare;
    expect(perToken(varied)).toBeGreaterThan(1.3 * perToken(fixed));
    const long = { inputTokens: 16_384, outputTokens: 256 };
    expect(perToken({ ...long, hasVariedAnswers: true })).toBeCloseTo(perToken(long), 12);
  });
});
