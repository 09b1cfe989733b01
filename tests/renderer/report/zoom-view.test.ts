import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clampView,
  panned,
  viewAfterKey,
  wholeView,
  zoomedAt,
  type Extent,
  type View,
} from '../../../src/renderer/report/zoom/view';

const extent: Extent = {
  width: 600,
  height: 200,
  furthest: 20,
  sizeAt: (zoom) => ({ width: 600 * zoom, height: 200 * zoom }),
};

const views = fc.record({
  zoom: fc.double({ min: 0.1, max: 100, noNaN: true }),
  x: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
  y: fc.double({ min: -1e5, max: 1e5, noNaN: true }),
});

function isInside({ zoom, x, y }: View): boolean {
  const { width, height } = extent.sizeAt(zoom);
  const slack = 1e-6;
  return (
    zoom >= 1 &&
    zoom <= extent.furthest &&
    x >= 0 &&
    y >= 0 &&
    x + extent.width <= width + slack &&
    y + extent.height <= height + slack
  );
}

describe('a view of a drawing', () => {
  test('never shows what lies beside the drawing, whatever is asked', () => {
    fc.assert(
      fc.property(
        views,
        views,
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        (view, by, factor) => {
          const inside = clampView(view, extent);
          expect(isInside(inside)).toBe(true);
          expect(isInside(zoomedAt(inside, factor, { x: 10, y: 10 }, extent))).toBe(true);
          expect(isInside(panned(inside, by.x, by.y, extent))).toBe(true);
        },
      ),
    );
  });

  test('keeps what stands under the pointer where it is', () => {
    const view = { zoom: 4, x: 700, y: 220 };
    const point = { x: 150, y: 90 };
    const near = zoomedAt(view, 2, point, extent);
    expect(near.zoom).toBe(8);
    expect((near.x + point.x) / near.zoom).toBeCloseTo((view.x + point.x) / view.zoom, 9);
    expect((near.y + point.y) / near.zoom).toBeCloseTo((view.y + point.y) / view.zoom, 9);
  });

  test('comes back to the whole when zoomed out as often as in', () => {
    const middle = { x: 300, y: 100 };
    const near = zoomedAt(wholeView, 1.5, middle, extent);
    expect(zoomedAt(near, 1 / 1.5, middle, extent)).toEqual(wholeView);
  });
});

describe('the keys of a drawing', () => {
  const near = zoomedAt(wholeView, 4, { x: 300, y: 100 }, extent);

  test.each([
    ['+', { zoom: 6 }],
    ['-', { zoom: near.zoom / 1.5 }],
    ['0', wholeView],
    ['ArrowLeft', { x: near.x - 75 }],
    ['ArrowRight', { x: near.x + 75 }],
    ['ArrowUp', { y: near.y - 25 }],
    ['ArrowDown', { y: near.y + 25 }],
    ['Home', { zoom: 4, x: 0, y: 0 }],
    ['End', { zoom: 4, x: 1800, y: 600 }],
  ])('%s', (key, expected) => {
    expect(viewAfterKey(near, key, extent)).toMatchObject(expected);
  });

  test('leave all others to the page', () => {
    for (const key of ['Tab', 'a', 'PageDown', 'Escape']) {
      expect(viewAfterKey(near, key, extent)).toBeNull();
    }
  });
});
