import { describe, expect, it } from 'vitest';
import { degreeProblem } from '../../../src/renderer/document/fields/degree-problem';

describe('a degree of parallelism', () => {
  it.each(['1', '200', '1000000000', ' 4 ', '1e3'])('may be “%s”', (text) => {
    expect(degreeProblem(text)).toBeNull();
  });

  it.each(['0', '-1', '1.5', '', ' ', '-', 'NaN', 'eight', '-1e30'])(
    'is whole and at least 1, not “%s”',
    (text) => {
      expect(degreeProblem(text)).toBe('Enter a whole number, 1 or more.');
    },
  );

  it.each(['1000000001', '1e30', 'Infinity'])('is at most a thousand million, not “%s”', (text) => {
    expect(degreeProblem(text)).toBe('Enter at most 1,000,000,000.');
  });
});
