import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatDollars,
  formatNumber,
  formatPowerOfTen,
  noBreakSpace,
  roundedToThreeDigits,
  typeset,
  type Digits,
} from '@shared/format/number';

/** Expected texts are written with ordinary spaces; the formatter sets ones that do not break. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('a number', () => {
  test.each<[number, Digits, string]>([
    [0, 'measured', '0'],
    [-0, 'measured', '0'],
    [1.2345, 'measured', '1.23'],
    [12.345, 'measured', '12.3'],
    [123.45, 'measured', '123'],
    [1_234.5, 'measured', '1,235'],
    [9_999.4, 'measured', '9,999'],
    [12_345, 'measured', '12,300'],
    [0.001_234, 'measured', '0.00123'],
    [0.000_999, 'measured', '9.99 × 10⁻⁴'],
    [-12.345, 'measured', '−12.3'],
    [1e15, 'measured', '1 × 10¹⁵'],
    [16_384, 'counted', '16,384'],
    [9_999_999, 'counted', '9,999,999'],
    [12_345_678, 'counted', '12,300,000'],
    [2.5, 'counted', '2.5'],
    [0.5, 'share', '0.5'],
    [0.123, 'share', '0.12'],
    [45.67, 'share', '45.7'],
    [99.97, 'share', '99.97'],
    [100, 'share', '100'],
  ])('%d that is %s reads "%s"', (value, digits, text) => {
    expect(plain(formatNumber(value, digits))).toBe(text);
  });

  test.each([
    ['en', 1_234.5, '1,235'],
    ['de', 1_234.5, '1.235'],
    ['fr', 1_234.5, '1 235'],
    ['en-IN', 12_345_678, '1,23,00,000'],
    ['de', 0.125, '0,125'],
    ['fr', -12.345, '−12,3'],
    ['sv', -12.345, '−12,3'],
    ['es', 16_384, '16.400'],
    ['ja', 16_384, '16,400'],
  ])('in %s writes %d as "%s"', (locale, value, text) => {
    expect(plain(formatNumber(value, 'measured', locale))).toBe(text);
  });

  test('never breaks at the end of a line and never shows a hyphen for a minus', () => {
    const locale = fc.constantFrom('en', 'de', 'fr', 'sv', 'de-CH', 'en-IN', 'nb', 'fi');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), locale, (value, chosen) => {
        expect(formatNumber(value, 'measured', chosen)).not.toMatch(/[ -]/);
      }),
    );
  });
});

describe('a power of ten', () => {
  test.each([
    [3.8e25, '3.8 × 10²⁵'],
    [3.14e23, '3.14 × 10²³'],
    [1e15, '1 × 10¹⁵'],
    [9.999e17, '1 × 10¹⁸'],
    [2.3e-4, '2.3 × 10⁻⁴'],
    [-1.5e20, '−1.5 × 10²⁰'],
    [0, '0 × 10⁰'],
  ])('%d reads "%s"', (value, text) => {
    expect(plain(formatPowerOfTen(value))).toBe(text);
  });

  test('has the decimal mark of its locale', () => {
    expect(plain(formatPowerOfTen(3.8e25, 'de'))).toBe('3,8 × 10²⁵');
  });
});

describe('an amount in dollars', () => {
  test.each([
    [0, '', '$0'],
    [0.081_1, '', '$0.081'],
    [0.5, '', '$0.50'],
    [2, '', '$2.00'],
    [2.499, '', '$2.50'],
    [82, '', '$82'],
    [82.5, '', '$82.50'],
    [123.45, '', '$123'],
    [9_876.5, '', '$9,877'],
    [98_765, '', '$98,800'],
    [1.534, 'M', '$1.53 M'],
    [-1.534, 'M', '−$1.53 M'],
    [634.88, 'B', '$635 B'],
  ])('%d with scale "%s" reads "%s"', (value, scale, text) => {
    expect(plain(formatDollars(value, scale))).toBe(text);
  });

  test.each([
    ['de', '1,53 M $'],
    ['fr', '1,53 M $'],
    ['ja', '$1.53 M'],
  ])('in %s puts sign and scale where people look for them', (locale, text) => {
    expect(plain(formatDollars(1.534, 'M', locale))).toBe(text);
  });
});

describe('typesetting', () => {
  test('is done once: doing it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeset(typeset(text))).toBe(typeset(text));
      }),
    );
    expect(typeset('-1 2')).toBe(`−1${noBreakSpace}2`);
  });
});

describe('three significant digits', () => {
  test('are within half a per cent, keep the sign, and rounding again changes nothing', () => {
    const size = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
    fc.assert(
      fc.property(size, fc.boolean(), (magnitude, isNegative) => {
        const value = isNegative ? -magnitude : magnitude;
        const rounded = roundedToThreeDigits(value);
        expect(Math.abs(rounded / value - 1)).toBeLessThan(0.005_01);
        expect(roundedToThreeDigits(rounded)).toBe(rounded);
      }),
    );
  });

  test.each([
    [999.9, 1_000],
    [999.4, 999],
    [0.123_45, 0.123],
    [0, 0],
  ])('of %d are %d', (value, rounded) => {
    expect(roundedToThreeDigits(value)).toBe(rounded);
  });
});
