import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replicasFor } from '@engine/inference/staffing';
import { dailyLoad } from '@engine/service/daily-load';

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('the load of a day', () => {
  it('peaks in the evening at the peak and has its trough twelve hours apart', () => {
    const points = dailyLoad(100, 0.4, (rate) => replicasFor(rate, 10));
    expect(points).toHaveLength(25);
    expect(points[20]?.requestsPerSecond).toBeCloseTo(100, 9);
    expect(points[20]?.replicasNeeded).toBe(10);
    expect(points[8]?.requestsPerSecond).toBeCloseTo(0, 9);
    expect(points[0]?.requestsPerSecond).toBeCloseTo(points[24]?.requestsPerSecond ?? 0, 9);
  });

  it('has the mean that the plan states, whatever the peak', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 1e6, noNaN: true }),
        (fraction, peak) => {
          const points = dailyLoad(peak, fraction, null).slice(0, 24);
          const loads = points.map(({ requestsPerSecond }) => requestsPerSecond);
          // 24 samples of a sharp peak miss its mean by a little.
          expect(Math.abs(mean(loads) / peak - fraction)).toBeLessThan(0.01);
          expect(Math.max(...loads)).toBeLessThanOrEqual(peak * (1 + 1e-9));
        },
      ),
    );
  });

  it('is level where mean and peak are the same, and needs nothing where nobody asks', () => {
    for (const { requestsPerSecond } of dailyLoad(5, 1, null)) {
      expect(requestsPerSecond).toBeCloseTo(5, 12);
    }
    for (const { replicasNeeded } of dailyLoad(0, 0.5, (rate) => replicasFor(rate, 3)))
      expect(replicasNeeded).toBe(0);
  });

  it('needs no number of replicas where there is no operating point', () => {
    expect(dailyLoad(5, 0.5, null)[3]?.replicasNeeded).toBeNull();
  });
});
