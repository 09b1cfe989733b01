import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  marksAt,
  plotScales,
  plottedValues,
  type PlotAxis,
  type PlotSeries,
} from '../../../src/renderer/report/chart/plot';
import { placeLabels, spreadTops } from '../../../src/renderer/report/chart/plot-labels';
import { placeAfterKey, readingsAt } from '../../../src/renderer/report/chart/plot-reading';

const area = { left: 72, right: 600, top: 32, bottom: 240 };
const count: PlotAxis = { label: 'Accelerators', isLog: true, text: String };
const days: PlotAxis = {
  label: 'Days',
  isLog: false,
  text: String,
  read: (value) => `${value} days`,
};
const series: readonly PlotSeries[] = [
  {
    name: 'Plan',
    colour: 1,
    points: [
      { x: 8, y: 80, low: 60, high: 100 },
      { x: 16, y: 45, low: 40, high: 50 },
      { x: 64, y: 20 },
    ],
  },
  {
    name: 'Ideal',
    colour: 2,
    points: [
      { x: 8, y: 80 },
      { x: 32, y: 20 },
    ],
  },
];

describe('the scales of a plot', () => {
  test('hold the ends of every range and what an axis is asked to hold', () => {
    const { across, up } = plotScales(count, { ...days, holds: [180] }, series, area);
    expect(across.position(8)).toBe(area.left);
    expect(across.position(64)).toBe(area.right);
    for (const value of [0, 60, 100, 180]) {
      expect(up.position(value)).toBeGreaterThanOrEqual(area.top);
      expect(up.position(value)).toBeLessThanOrEqual(area.bottom);
    }
  });

  test('take own ticks without rounding the ends', () => {
    const months: PlotAxis = { ...days, holds: [0], ticks: [0, 12, 24] };
    const { across } = plotScales(
      months,
      days,
      [{ name: 'a', colour: 1, points: [{ x: 30, y: 1 }] }],
      area,
    );
    expect(across.ticks).toEqual([0, 12, 24]);
    expect(across.position(30)).toBe(area.right);
  });

  test('stay finite without points, and with values that a logarithm has no place for', () => {
    const none = plotScales(count, days, [], area);
    expect(Number.isFinite(none.across.position(1) + none.up.position(1))).toBe(true);
    const zero = plotScales(
      count,
      days,
      [
        {
          name: 'a',
          colour: 1,
          points: [
            { x: 0, y: Number.NaN },
            { x: 4, y: 1 },
          ],
        },
      ],
      area,
    );
    expect(Number.isFinite(zero.across.position(4) + zero.up.position(1))).toBe(true);
  });
});

describe('what can be read off a plot', () => {
  test('are the values of all series in order', () => {
    expect(plottedValues(series)).toEqual([8, 16, 32, 64]);
  });

  test('comes with the range where there is one, and only of the series with a point there', () => {
    expect(readingsAt(series, 8, days).map(({ name, text }) => [name, text])).toEqual([
      ['Plan', '80 days (60 days to 100 days)'],
      ['Ideal', '80 days'],
    ]);
    expect(readingsAt(series, 32, days).map(({ name }) => name)).toEqual(['Ideal']);
  });

  test.each([
    ['ArrowRight', null, 0],
    ['ArrowRight', 3, 3],
    ['ArrowLeft', null, 3],
    ['ArrowLeft', 0, 0],
    ['Home', 2, 0],
    ['End', 0, 3],
    ['Escape', 2, null],
    ['Escape', null, undefined],
    ['Tab', 2, undefined],
  ])('%s from %s goes to %s of four values', (key, place, next) => {
    expect(placeAfterKey(key, place, 4)).toBe(next);
  });

  test('marks name the series where there are several', () => {
    expect(marksAt(series, 8, days).map(({ text }) => text)).toEqual([
      'Plan: 80 days',
      'Ideal: 80 days',
    ]);
    expect(marksAt(series.slice(0, 1), 16, days).map(({ text }) => text)).toEqual(['45 days']);
    expect(marksAt(series, 9, days)).toEqual([]);
  });
});

describe('words beside marks', () => {
  test('stay inside the drawing at its right end', () => {
    const [label] = placeLabels(
      [{ left: 590, top: 100, text: 'a long label at the end' }],
      [],
      area,
    );
    expect(label?.anchor).toBe('end');
  });

  test('avoid the line and one another', () => {
    const falling = [
      [100, 40],
      [500, 200],
    ] as const;
    const [above] = placeLabels(
      [{ left: 300, top: 120, text: 'on a falling line' }],
      [falling],
      area,
    );
    expect(above).toMatchObject({ anchor: 'start', y: 111 });
    const both = placeLabels(
      [
        { left: 300, top: 120, text: 'one' },
        { left: 302, top: 121, text: 'other' },
      ],
      [],
      area,
    );
    expect(both[0]).not.toEqual(both[1]);
  });

  test('at the ends of lines keep their order and the gap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 240 }), { maxLength: 6 }), (tops) => {
        const spread = spreadTops(tops, 30);
        expect(spread).toHaveLength(tops.length);
        const sorted = spread.toSorted((one, other) => one - other);
        for (let index = 1; index < sorted.length; index += 1) {
          expect((sorted[index] ?? 0) - (sorted[index - 1] ?? 0)).toBeGreaterThan(29.999);
        }
      }),
    );
    expect(spreadTops([100, 200], 30)).toEqual([100, 200]);
    expect(spreadTops([100, 110], 30)).toEqual([90, 120]);
  });
});
