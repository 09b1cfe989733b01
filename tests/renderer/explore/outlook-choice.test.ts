import { describe, expect, it } from 'vitest';
import {
  catalogueTrend,
  outlookCurves,
  outlookTitle,
  outlookYears,
  trendSliders,
} from '../../../src/renderer/features/explore/outlook/outlook-choice';

describe('the sliders of the trends', () => {
  it.each(trendSliders)('$label rises from 1 and holds the published value', ({ name, steps }) => {
    expect(steps[0]).toBe(1);
    expect(steps).toContain(catalogueTrend(name));
    expect(new Set(steps).size).toBe(steps.length);
    expect(steps.toSorted((first, second) => first - second)).toEqual(steps);
  });
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
