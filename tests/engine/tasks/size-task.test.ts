import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { servedPerSecond, sizeTask, slowestSeconds } from '@engine/tasks/size-task';
import type { TaskReplica } from '@engine/tasks/task-time';

/** Work of a second per request, and half a second for each batch whatever its size. */
function replicaOf(each: number, fixed: number, largestBatch = 8): TaskReplica {
  return {
    weightBytes: 1e9,
    usableBytes: 80e9,
    flopPerRequest: 1e12,
    largestBatch,
    at: (requests) => ({
      requests,
      seconds: fixed + requests * each,
      parts: [{ key: 'all', label: 'All', seconds: fixed + requests * each }],
    }),
  };
}

describe('the slowest of a hundred requests', () => {
  it('waits for nobody where nobody asks', () => {
    expect(slowestSeconds(replicaOf(1, 0).at(1), 0, 1)).toBe(1);
  });

  it('is as M/D/1 says: at half load, W₉₉ = ln(50) · t', () => {
    expect(slowestSeconds(replicaOf(1, 0).at(1), 0.5, 1)).toBeCloseTo(1 + Math.log(50), 9);
  });

  it('is never answered where more is asked than can be done', () => {
    expect(slowestSeconds(replicaOf(1, 0).at(1), 1.01, 1)).toBe(Infinity);
  });
});

describe('the size of a service', () => {
  it('is the fewest accelerators that meet the target', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 1.1, max: 60, noNaN: true }),
        (rate, target) => {
          const { batch, accelerators } = sizeTask(replicaOf(1, 0, 1), rate, target);
          expect(batch).not.toBeNull();
          if (batch === null || accelerators === null) return;
          expect(slowestSeconds(batch, rate, accelerators)).toBeLessThanOrEqual(target);
          expect(accelerators).toBeGreaterThan(rate - 1);
          if (accelerators > 1) {
            expect(slowestSeconds(batch, rate, accelerators - 1)).toBeGreaterThan(target);
          }
        },
      ),
    );
  });

  it('works on more at once where that saves accelerators and time allows', () => {
    const replica = replicaOf(0.1, 1);
    expect(sizeTask(replica, 20, 1.5).batch?.requests).toBe(1);
    const patient = sizeTask(replica, 20, 30);
    expect(patient.batch?.requests).toBe(8);
    expect(patient.accelerators ?? Infinity).toBeLessThan(
      sizeTask(replica, 20, 1.5).accelerators ?? 0,
    );
  });

  it('has no answer where one request alone is too slow, or has no time', () => {
    expect(sizeTask(replicaOf(2, 0), 1, 1)).toMatchObject({ batch: null, accelerators: null });
    expect(sizeTask(replicaOf(Infinity, 0), 1, 1).batch).toBeNull();
    expect(sizeTask(replicaOf(Number.NaN, 0), 1, 1).batch).toBeNull();
    expect(sizeTask(replicaOf(1, 0, 0), 1, 10).batch).toBeNull();
  });

  it('of a hundred thousand accelerators is found at once', () => {
    const { accelerators } = sizeTask(replicaOf(1, 0, 1), 1e5, 2);
    expect(accelerators ?? 0).toBeGreaterThan(1e5);
    expect(accelerators ?? 0).toBeLessThan(1.01e5);
  });
});

describe('what accelerators can answer', () => {
  it('is what sizing gives back', () => {
    const replica = replicaOf(1, 0, 1);
    const { batch, accelerators } = sizeTask(replica, 37, 1.5);
    if (batch === null || accelerators === null) throw new Error('It has a size.');
    const served = servedPerSecond(batch, accelerators, 1.5);
    expect(served).toBeGreaterThanOrEqual(37);
    expect(servedPerSecond(batch, accelerators - 1, 1.5)).toBeLessThan(37);
    expect(servedPerSecond(batch, 0, 1.5)).toBe(0);
  });

  it('goes on smoothly where queues are no longer counted through', () => {
    const batch = replicaOf(1, 0, 1).at(1);
    const [below, above] = [servedPerSecond(batch, 2_000, 2), servedPerSecond(batch, 2_001, 2)];
    expect(above / below).toBeGreaterThan(0.9);
    expect(above / below).toBeLessThan(1.1);
  });
});
