import { describe, expect, test } from 'vitest';
import { arrivalTimes, type ArrivalPattern } from '@engine/simulation/arrivals';
import { drawLengths, meanTokens, type LengthDistribution } from '@engine/simulation/lengths';
import { randomStream } from '@engine/simulation/random';
import { squaredVariation } from '@engine/simulation/steady-load';

function moments(values: Iterable<number>): { mean: number; variation: number } {
  const all = [...values];
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const square = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
  return { mean, variation: square / mean ** 2 };
}

function gapsOf(pattern: ArrivalPattern, rate: number, requests = 100_000): number[] {
  const times = arrivalTimes(pattern, rate, requests, randomStream(5));
  return Array.from(times, (time, index) => time - (times[index - 1] ?? 0));
}

describe('a stream of random numbers', () => {
  test('is the same for a seed and another for the next', () => {
    const draw = (seed: number) => {
      const random = randomStream(seed);
      return [random.uniform(), random.exponential(), random.normal(), random.gamma(2)];
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  test.each([0.25, 1, 3])('has gamma variates of mean 1 and squared variation %s', (variation) => {
    const random = randomStream(11);
    const drawn = moments(Array.from({ length: 100_000 }, () => random.gamma(variation)));
    expect(drawn.mean).toBeCloseTo(1, 1);
    expect(drawn.variation / variation).toBeCloseTo(1, 1);
  });

  test('fills the unit interval evenly', () => {
    const random = randomStream(3);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const bin = Math.floor(random.uniform() * 10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(9_500);
    expect(Math.max(...counts)).toBeLessThan(10_500);
  });
});

describe('arrivals', { timeout: 60_000 }, () => {
  test.each([
    [{ kind: 'poisson' }, 1],
    [{ kind: 'gamma', squaredVariation: 4 }, 4],
  ] as const)('%o come at the rate with the stated variation', (pattern, variation) => {
    const gaps = moments(gapsOf(pattern, 20));
    expect(gaps.mean * 20).toBeCloseTo(1, 1);
    expect(gaps.variation / variation).toBeCloseTo(1, 1);
  });

  test('of busy and calm spells keep the mean rate and vary more than Poisson', () => {
    const pattern = {
      kind: 'two-state',
      busyFactor: 2.5,
      busyShare: 0.3,
      spellSeconds: 10,
    } as const;
    const gaps = moments(gapsOf(pattern, 20, 400_000));
    expect(gaps.mean * 20).toBeCloseTo(1, 1);
    expect(gaps.variation).toBeGreaterThan(1.3);
  });

  test('of a day are most at noon and fewest at midnight', () => {
    const times = arrivalTimes({ kind: 'daily', peakToMean: 1.8 }, 2, 172_800, randomStream(2));
    const within = (from: number, to: number): number =>
      times.filter((time) => time >= from * 3600 && time < to * 3600).length;
    expect(within(11, 13) / within(23, 25)).toBeGreaterThan(5);
    expect(within(11, 13) / (2 * 7200)).toBeCloseTo(1.8, 1);
  });
});

describe('lengths', () => {
  const shapes: readonly (readonly [LengthDistribution, number])[] = [
    [{ kind: 'fixed', tokens: 300 }, 0],
    [{ kind: 'lognormal', mean: 300, variation: 0.8 }, 0.64],
    [
      {
        kind: 'histogram',
        rows: [
          { tokens: 100, weight: 2 },
          { tokens: 700, weight: 1 },
        ],
      },
      8 / 9,
    ],
  ];

  test.each(shapes)('%o have the stated mean and variation', (shape, variation) => {
    const drawn = moments(drawLengths(shape, 100_000, 1e6, randomStream(8)));
    expect(meanTokens(shape)).toBe(300);
    expect(drawn.mean / 300).toBeCloseTo(1, 1);
    expect(drawn.variation).toBeCloseTo(variation, 1);
    expect(squaredVariation(shape)).toBeCloseTo(variation, 6);
  });

  test('are whole, at least one and no longer than allowed', () => {
    const drawn = drawLengths(
      { kind: 'lognormal', mean: 3, variation: 3 },
      5000,
      50,
      randomStream(1),
    );
    expect(Math.min(...drawn)).toBe(1);
    expect(Math.max(...drawn)).toBe(50);
  });
});
