import { expect, test } from 'vitest';
import { fixedChoice, fixedCount } from '../../../src/renderer/features/plan/fixed-degrees';

test('an axis is fixed to a value, changed, and open again', () => {
  const eight = fixedChoice({}, 'tensorParallel', 8);
  expect(eight).toEqual({ tensorParallel: [8] });
  const both = fixedChoice(eight, 'recompute', 'full');
  expect(fixedCount(both)).toBe(2);
  expect(fixedChoice(both, 'tensorParallel', 4)).toEqual({
    recompute: ['full'],
    tensorParallel: [4],
  });
  expect(fixedChoice(both, 'tensorParallel', null)).toEqual({ recompute: ['full'] });
  expect(fixedCount({})).toBe(0);
});

test('ZeRO 0 is a value, half a rank is none', () => {
  expect(fixedChoice({}, 'zeroStage', 0)).toEqual({ zeroStage: [0] });
  expect(fixedChoice({ microBatch: [2] }, 'microBatch', 1.5)).toEqual({});
  expect(fixedChoice({}, 'dataParallel', Number.NaN)).toEqual({});
});
