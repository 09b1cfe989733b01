import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure } from '@engine/explain';
import { threeDigits } from '../../../src/renderer/features/explore/meter/three-digits';

function hours(value: number | null, low?: number, high?: number) {
  return figure({
    key: 'hours',
    label: 'Hours',
    value,
    unit: 'hours',
    formula: '',
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  });
}

describe('three significant digits', () => {
  it('are kept of the value and of both ends', () => {
    const found = threeDigits(hours(586_123_456, 168_499, 1_019_999));
    expect([found.value, found.low, found.high]).toEqual([586e6, 168e3, 1.02e6]);
  });

  it('leave what has none, and no range where there is none', () => {
    expect(threeDigits(hours(null)).value).toBeNull();
    expect('low' in threeDigits(hours(5))).toBe(false);
  });

  it('are never further away than half of the third digit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (value) => {
        const found = threeDigits(hours(value)).value ?? Number.NaN;
        expect(Math.abs(found - value) / value).toBeLessThanOrEqual(0.00500001);
        expect(found).toBe(Number(found.toPrecision(3)));
      }),
    );
  });
});
