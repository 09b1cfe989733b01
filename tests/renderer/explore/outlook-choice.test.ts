import { describe, expect, it } from 'vitest';
import {
  catalogueTrend,
  limitMarks,
  outlookChoice,
  outlookCurves,
  outlookTitle,
  outlookYears,
  ownTrends,
  trendSliders,
} from '../../../src/renderer/features/explore/outlook/outlook-choice';

describe('the sliders of the trends', () => {
  it.each(trendSliders)(
    '$range.label rises from 1 and holds the published value',
    ({ name, range: { steps } }) => {
      expect(steps[0]).toBe(1);
      expect(steps).toContain(catalogueTrend(name));
      expect(new Set(steps).size).toBe(steps.length);
      expect(steps.toSorted((first, second) => first - second)).toEqual(steps);
    },
  );
});

describe('the curves', () => {
  it('start at today, and each lies in its band', () => {
    for (const { points } of outlookCurves({})) {
      expect(points[0]).toEqual({ x: 0, y: 1, low: 1, high: 1 });
      expect(points).toHaveLength(outlookYears.length + 1);
      for (const { y, low = y, high = y } of points) {
        expect(y).toBeGreaterThanOrEqual(low);
        expect(y).toBeLessThanOrEqual(high);
      }
    }
  });

  it('stay where nothing changes', () => {
    const still = { software: 1, chip: 1, training: 1, fleet: 1 };
    const [same, , world] = outlookCurves(still);
    expect(same?.points.at(-1)?.y).toBe(1);
    expect(world?.points.at(-1)?.y).toBe(1);
    expect(outlookTitle(still, 'en')).toMatch(
      /needs 1 times as many GPUs, and the world has 1 times as many$/,
    );
  });
});

it('sets the falling need of one model against the growing number in the world', () => {
  expect(outlookTitle({}, 'en')).toMatch(/needs 0\.27\d times .*, yet the world has 2\.56 times/);
  expect(outlookTitle({ fleet: 1 }, 'en')).toMatch(/, and the world has 0\.775 times/);
});

describe('the choice', () => {
  it('is the catalogue’s until it is moved, and only what was moved is the reader’s', () => {
    expect(ownTrends(outlookChoice.first)).toEqual({});
    expect(ownTrends({ ...outlookChoice.first, fleet: 1.5 })).toEqual({ fleet: 1.5 });
  });
});

describe('the limits on the curve', () => {
  const now = Date.UTC(2026, 10, 23);

  it('stand on the line of the largest run, power first', () => {
    const [line] = outlookCurves({}).filter(({ name }) => name === 'Largest run');
    const marks = limitMarks({}, now);
    expect(marks.map(({ key }) => key)).toEqual(['power', 'chips', 'data', 'latency']);
    for (const { x, y } of marks) {
      const [before, after] = [line?.points[Math.floor(x)], line?.points[Math.ceil(x)]];
      expect(y).toBeGreaterThan(before?.y ?? Number.NaN);
      expect(y).toBeLessThan(after?.y ?? Number.NaN);
    }
  });

  it('are gone where the largest runs stop growing, or have passed them', () => {
    expect(limitMarks({ training: 1 }, now)).toEqual([]);
    expect(limitMarks({}, Date.UTC(2040, 0, 1))).toEqual([]);
  });
});
