import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePerToken, decodeStep } from '@engine/inference/decode';
import { operatingPoint } from '@engine/inference/operating-point';
import { chanceOfShare, tokensPerStep } from '@engine/inference/speculation';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf();
const speculation = { draftTokens: 3, acceptance: 0.8, draftShare: 0.05 };

describe('tokens that a step yields', () => {
  // Leviathan et al. 2023, figure 2 and equation 1: 3.36 tokens at 0.8 with four proposed, 1.9 at 0.9 with one.
  test.each([
    [4, 0.8, 3.3616],
    [1, 0.9, 1.9],
    [3, 0, 1],
    [3, 1, 4],
    [0, 0.5, 1],
  ])('with %i proposed of which %f are kept are %f', (draftTokens, acceptance, expected) => {
    expect(tokensPerStep({ draftTokens, acceptance, draftShare: 0 })).toBeCloseTo(expected, 10);
  });

  test('are more than one and at most one more than proposed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (draftTokens, acceptance) => {
          const found = tokensPerStep({ draftTokens, acceptance, draftShare: 0 });
          expect(found).toBeGreaterThan(1);
          expect(found).toBeLessThanOrEqual(draftTokens + 1 + 1e-9);
        },
      ),
    );
  });
});

describe('the chance that follows from the share of tokens that is kept', () => {
  test('yields the mean length that engines print: 3.48 tokens of GLM-5 with three proposed', () => {
    const acceptance = chanceOfShare((3.48 - 1) / 3, 3);
    expect(tokensPerStep({ draftTokens: 3, acceptance, draftShare: 0 })).toBeCloseTo(3.48, 6);
  });

  test('is that share with one token proposed, and no less with more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (draftTokens, share) => {
          expect(chanceOfShare(share, 1)).toBeCloseTo(share, 6);
          expect(chanceOfShare(share, draftTokens)).toBeGreaterThanOrEqual(share - 1e-6);
        },
      ),
    );
  });
});

describe('a decode step that checks proposed tokens', () => {
  test('takes longer by what the scheduler does between steps, per token that it yields', () => {
    const speculativeOverheadSeconds = 6e-3;
    const waits = { ...serving, constants: { ...serving.constants, speculativeOverheadSeconds } };
    const [one, other] = [serving, waits].map(
      (replica) => decodePerToken(replica, 4, 1000, speculation).total,
    ) as [number, number];
    const before = serving.constants.speculativeOverheadSeconds;
    expect((other - one) * tokensPerStep(speculation)).toBeCloseTo(6e-3 - before, 9);
  });

  test('is the plain one where none are proposed', () => {
    expect(decodePerToken(serving, 8, 1000, undefined)).toEqual(decodeStep(serving, 8, 1000));
    const none = { ...speculation, draftTokens: 0 };
    expect(decodePerToken(serving, 8, 1000, none)).toEqual(decodeStep(serving, 8, 1000));
  });

  test('adds up to its parts and reads the cache once for all tokens of a request', () => {
    const { total, matmul, cache, collective, overhead } = decodePerToken(
      serving,
      8,
      1000,
      speculation,
    );
    expect(matmul + cache + collective + overhead).toBeCloseTo(total, 12);
    const plain = decodeStep(serving, 8, 1000);
    expect(cache).toBeCloseTo(plain.cache / tokensPerStep(speculation), 12);
  });

  test('speeds one request up nearly by what it yields and many requests less', () => {
    const gain = (batch: number): number =>
      decodeStep(serving, batch, 1000).total /
      decodePerToken(serving, batch, 1000, speculation).total;
    const most = tokensPerStep(speculation) / (1 + 3 * 0.05);
    expect(gain(1)).toBeLessThanOrEqual(most + 1e-9);
    expect(gain(1)).toBeGreaterThan(0.85 * most);
    expect(gain(1024)).toBeLessThan(gain(1));
  });

  test('gives DeepSeek-V3 about the 1.8 times of its report with one token of which 85 to 90 % are kept', () => {
    const replica = replicaOf({
      architecture: architectureOf('deepseek-v3'),
      acceleratorId: 'h200-sxm',
      tensorParallel: 8,
    });
    const shape = { inputTokens: 1000, outputTokens: 1000 };
    const one = { draftTokens: 1, acceptance: 0.875, draftShare: 1 / 61 };
    const [plain, faster] = [shape, { ...shape, speculation: one }].map(
      (asked) => operatingPoint(replica, asked, 1).timePerOutputToken,
    );
    const gain = (plain ?? 0) / (faster ?? 1);
    expect(gain).toBeGreaterThan(1.45);
    expect(gain).toBeLessThan(1.875);
  });
});
