import { describe, expect, test } from 'vitest';
import { replicaOf } from '../../fixtures/serving-fixture';
import { estimatedLoop, simulatedLoop, type ClosedLoop } from './closed-loop';

const lengths = [
  [1024, 256],
  [1024, 1024],
  [4096, 512],
  [256, 512],
] as const;

/** Estimate over simulation of everybody's first token and time per token, smallest error first. */
function ratios(
  loops: readonly ClosedLoop[],
  mixesPrompts: number,
): { readonly first: readonly number[]; readonly token: readonly number[] } {
  const serving = replicaOf({
    modelId: 'llama-3.1-70b',
    tensorParallel: 4,
    constants: { mixesPrompts, prefillTokens: 8192 },
  });
  const both = loops.map((loop) => [estimatedLoop(serving, loop), simulatedLoop(serving, loop)]);
  const of = (key: 'timeToFirstToken' | 'timePerOutputToken'): number[] =>
    both
      .map(([estimate, measured]) => (estimate?.[key] ?? Number.NaN) / (measured?.[key] ?? 1))
      .toSorted((one, other) => Math.abs(Math.log(one)) - Math.abs(Math.log(other)));
  return { first: of('timeToFirstToken'), token: of('timePerOutputToken') };
}

function grid(answerSpread: number): ClosedLoop[] {
  return lengths.flatMap(([inputTokens, outputTokens]) =>
    [8, 32, 128].map((users) => ({
      shape: { inputTokens, outputTokens, answerSpread },
      users,
      rounds: 6,
    })),
  );
}

describe.each([
  ['take turns', 0],
  ['share steps', 1],
])('a closed loop where prompts and answers %s', (_, mixesPrompts) => {
  test.each([0, 0.02, 0.22, 1])(
    'is estimated as the simulation finds it, answers spread by %d of their mean',
    (answerSpread) => {
      const { first, token } = ratios(grid(answerSpread), mixesPrompts);
      expect(Math.abs(Math.log(first[5] ?? 0))).toBeLessThan(Math.log(1.16));
      expect(Math.abs(Math.log(first[9] ?? 0))).toBeLessThan(Math.log(1.35));
      expect(Math.abs(Math.log(token[9] ?? 0))).toBeLessThan(Math.log(1.08));
    },
  );
});

describe('answers of one length', () => {
  const loop = (answerSpread: number, rounds: number): ClosedLoop => ({
    shape: { inputTokens: 1024, outputTokens: 1024, answerSpread },
    users: 64,
    rounds,
  });

  test('keep users together for good, who otherwise part soon', () => {
    const serving = replicaOf({ constants: { mixesPrompts: 0 } });
    for (const of of [simulatedLoop, estimatedLoop]) {
      const first = of(serving, loop(0, 1)).timeToFirstToken;
      expect(of(serving, loop(0, 20)).timeToFirstToken).toBeGreaterThan(0.9 * first);
      expect(of(serving, loop(0.2, 20)).timeToFirstToken).toBeLessThan(0.4 * first);
    }
  });

  test('do so in shared steps where the next requests take longer to come than a few steps', () => {
    const waits = [0, 1].map((handing) => {
      const serving = replicaOf({
        constants: {
          mixesPrompts: 1,
          requestOverheadSeconds: handing * 0.08,
          userOverheadSeconds: 0,
        },
      });
      return [simulatedLoop, estimatedLoop].map(
        (of) => of(serving, loop(0, 8)).timeToFirstToken - handing * 0.08,
      );
    });
    const [soon, late] = waits;
    expect(late?.[0]).toBeGreaterThan(1.25 * (soon?.[0] ?? Infinity));
    expect(late?.[1]).toBeGreaterThan(1.25 * (soon?.[1] ?? Infinity));
  });
});
