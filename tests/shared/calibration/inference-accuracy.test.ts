import { describe, expect, test } from 'vitest';
import { inferenceAccuracy } from '@shared/calibration/inference-accuracy';

const { rows, families, fitted, leftOut, coverage } = inferenceAccuracy;
const { byMetric, byFamily, byAccelerator } = inferenceAccuracy;

describe('the accuracy of inference as the fit wrote it', () => {
  test('counts every figure once by metric and by source', () => {
    for (const groups of [byMetric, byFamily]) {
      expect(groups.reduce((sum, group) => sum + group.rows, 0)).toBe(rows);
      expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    }
    expect(byFamily).toHaveLength(families);
    const throughputs = byAccelerator.reduce((sum, group) => sum + group.rows, 0);
    expect(throughputs).toBeGreaterThan(0);
    expect(throughputs).toBeLessThan(rows);
  });

  test('is worse with a source left out than with it, and at nine in ten than at half', () => {
    expect(leftOut.median).toBeGreaterThan(fitted.median);
    for (const { median, p90 } of [fitted, leftOut]) expect(p90).toBeGreaterThan(median);
    for (const group of [...byMetric, ...byFamily, ...byAccelerator]) {
      expect(group.fitted.p90).toBeGreaterThanOrEqual(group.fitted.median);
      expect(group.leftOut.p90).toBeGreaterThanOrEqual(group.leftOut.median);
    }
  });

  test('says truly which metric is worst, as the dialog does', () => {
    const worst = byMetric.toSorted((one, other) => other.leftOut.median - one.leftOut.median)[0];
    expect(worst?.name).toBe('Time to first token');
  });

  test('has ranges that hold about four of five', () => {
    expect(coverage).toBeGreaterThan(0.75);
    expect(coverage).toBeLessThan(0.9);
  });
});
