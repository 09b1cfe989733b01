import { describe, expect, test } from 'vitest';
import { trainingAccuracy } from '@shared/calibration/training-accuracy';

const { rows, families, fitted, leftOut, ranges, coverage } = trainingAccuracy;
const { byFamily = [], byAccelerator = [], byModelKind = [] } = trainingAccuracy;

describe('the accuracy of training as the fit wrote it', () => {
  test('counts every run once by source, by accelerator and by kind', () => {
    for (const groups of [byFamily, byAccelerator, byModelKind]) {
      expect(groups.reduce((sum, group) => sum + group.rows, 0)).toBe(rows);
      expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    }
    expect(byFamily).toHaveLength(families);
    expect(ranges.reduce((sum, range) => sum + range.rows, 0)).toBe(rows);
  });

  test('is worse with a source left out than with it, and at nine in ten than at half', () => {
    expect(leftOut.median).toBeGreaterThan(fitted.median);
    for (const { median, p90 } of [fitted, leftOut]) expect(p90).toBeGreaterThan(median);
    for (const { fitted: inside, leftOut: outside } of byFamily) {
      expect(inside.p90).toBeGreaterThanOrEqual(inside.median);
      expect(outside.p90).toBeGreaterThanOrEqual(outside.median);
    }
  });

  test('holds shares, not per cent', () => {
    for (const share of coverage) {
      expect(share).toBeGreaterThan(0.5);
      expect(share).toBeLessThan(1);
    }
    for (const { error } of ranges) {
      expect(error).toBeGreaterThan(0);
      expect(error).toBeLessThan(2);
    }
  });
});
