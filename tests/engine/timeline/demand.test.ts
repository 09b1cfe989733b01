import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grownDemand, quarters, shortFrom } from '@engine/timeline/demand';

describe('demand that grows', () => {
  it.each([
    [100, 1, 12, 200],
    [100, 1, 6, 141.42],
    [100, -0.5, 24, 25],
    [100, 0, 60, 100],
  ])('of %d at %d a year is after %i months %d', (start, growth, months, expected) => {
    expect(grownDemand(start, growth, months)).toBeCloseTo(expected, 2);
  });
});

describe('quarters', () => {
  const points = quarters('2027-02-15', 1.5, {
    services: 100,
    growthPerYear: 1,
    jobs: [{ from: '2027-04-01', to: '2027-07-01', accelerators: 50 }],
    arrivals: [
      { on: '2027-03-31', accelerators: 120 },
      { on: '2027-10-01', accelerators: 80 },
    ],
  });

  it('begin with the one the start lies in, as many as the horizon has', () => {
    expect(points.map(({ quarter }) => quarter)).toEqual([
      'Q1 2027',
      'Q2 2027',
      'Q3 2027',
      'Q4 2027',
      'Q1 2028',
      'Q2 2028',
    ]);
  });

  it('count what is in service by their end', () => {
    expect(points.map(({ capacity }) => capacity)).toEqual([120, 120, 120, 200, 200, 200]);
  });

  it('count a job in the quarters that it touches', () => {
    const [first, second, third] = points;
    expect(first?.demand).toBeLessThan(110);
    expect(second?.demand).toBeGreaterThan(150);
    expect(third?.demand).toBeLessThan(160);
  });

  it('are short from the quarter after the last with enough', () => {
    expect(shortFrom(points)?.quarter).toBe('Q1 2028');
    expect(shortFrom(points.slice(0, 4))).toBeNull();
    expect(shortFrom([])).toBeNull();
  });

  it('never fall behind in time, and never show less capacity than before', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.double({ min: -0.9, max: 10, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 5 }),
        (years, growthPerYear, days) => {
          const arrivals = days.map((day) => ({
            on: new Date(day * 86_400_000).toISOString().slice(0, 10),
            accelerators: 8,
          }));
          const found = quarters('2020-05-05', years, {
            services: 8,
            growthPerYear,
            jobs: [],
            arrivals,
          });
          expect(found.length).toBe(Math.min(120, Math.ceil(4 * years)));
          for (const [index, point] of found.entries()) {
            const before = found[index - 1];
            if (before === undefined) continue;
            expect(point.endOn > before.endOn).toBe(true);
            expect(point.capacity).toBeGreaterThanOrEqual(before.capacity);
            expect(point.demand >= before.demand).toBe(
              growthPerYear >= 0 || point.demand === before.demand,
            );
          }
        },
      ),
    );
  });
});
