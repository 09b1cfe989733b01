import { describe, expect, test } from 'vitest';
import { loadReplica } from '@engine/inference/loaded-replica';
import { replicaOf } from '../../fixtures/serving-fixture';

const users = { kind: 'closed loop', users: 64 } as const;
const shape = { inputTokens: 1024, outputTokens: 512 };

function loadedBy(lengths: object) {
  return loadReplica(
    replicaOf({ constants: { mixesPrompts: 0 } }),
    { ...shape, ...lengths },
    users,
  );
}

describe('the first token of the request in the middle', () => {
  test('does not show the first round, where users have parted since', () => {
    const sent = { hasVariedAnswers: true, rounds: 10 };
    const mean = loadedBy(sent);
    const median = loadedBy({ ...sent, countsMedian: true });
    const settled = loadedBy({ ...sent, rounds: 100_000 });
    expect(median.timeToFirstToken).toBeLessThan(0.7 * mean.timeToFirstToken);
    expect(median.timeToFirstToken / settled.timeToFirstToken).toBeCloseTo(1, 1);
    expect(median.tokensPerSecond).toBe(mean.tokensPerSecond);
    expect(median.timePerOutputToken / mean.timePerOutputToken).toBeCloseTo(1, 1);
  });

  test('is one of the first round where there are hardly others', () => {
    for (const rounds of [1, 2])
      expect(loadedBy({ rounds, countsMedian: true })).toEqual(loadedBy({ rounds }));
  });

  test('waits for half of a wave where users stay together, as the mean does', () => {
    const [median, mean] = [true, false].map(
      (countsMedian) => loadedBy({ rounds: 10, countsMedian, isInProcess: true }).timeToFirstToken,
    );
    expect((median ?? 0) / (mean ?? 1)).toBeCloseTo(1, 1);
  });
});
