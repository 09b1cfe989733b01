import { describe, expect, it } from 'vitest';
import { writtenNumber } from '../../src/cli/estimate/written-number';

describe('a number written as text', () => {
  it.each([
    ['8192', 8192],
    [' 4,194,304 ', 4_194_304],
    ['1_000_000', 1_000_000],
    ['3.2e6', 3.2e6],
    ['15T', 15e12],
    ['2.5 b', 2.5e9],
    ['16k', 16_000],
  ])('%j is %d', (text, number) => {
    expect(writtenNumber(text)).toBe(number);
  });

  it.each(['', 'many', '8x7', '-3', '4096 tokens', '1,2', null, undefined, 7, true])(
    'leaves %j as it is',
    (value) => {
      expect(writtenNumber(value)).toBe(value);
    },
  );
});
