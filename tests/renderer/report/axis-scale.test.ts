import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearScale, logScale } from '../../../src/renderer/report/chart/axis-scale';

test('a linear axis has round ticks from zero to above the highest value', () => {
  const scale = linearScale(0, 3_846, 200, 0, 4);
  expect(scale.ticks).toEqual([0, 1_000, 2_000, 3_000, 4_000]);
  expect(scale.position(0)).toBe(200);
  expect(scale.position(4_000)).toBe(0);
  expect(scale.position(1_000)).toBe(150);
});

test('a linear axis without any amount still has a length', () => {
  const scale = linearScale(0, 0, 100, 0, 4);
  expect(Number.isFinite(scale.position(0))).toBe(true);
  expect(scale.ticks.length).toBeGreaterThan(1);
});

test('a logarithmic axis puts equal ratios at equal distances', () => {
  const scale = logScale(1, 100, 0, 200);
  expect(scale.position(10)).toBeCloseTo(100);
  expect(scale.ticks).toContain(10);
});

test('every value of the range lies between the ends of its axis', () => {
  const amount = fc.double({ min: 1e-6, max: 1e15, noNaN: true });
  fc.assert(
    fc.property(amount, amount, (one, other) => {
      const [low, high] = one < other ? [one, other] : [other, one];
      const linear = linearScale(low, high, 0, 100, 4).position(high);
      const logarithmic = logScale(low, high, 0, 100).position(high);
      expect(linear).toBeGreaterThanOrEqual(0);
      expect(linear).toBeLessThanOrEqual(100.001);
      expect(logarithmic).toBeGreaterThanOrEqual(0);
      expect(logarithmic).toBeLessThanOrEqual(100.001);
    }),
  );
});
