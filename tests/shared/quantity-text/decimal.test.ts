import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decimalFrom,
  decimalOf,
  numberOf,
  plainText,
  shifted,
  type Decimal,
} from '@shared/quantity-text/decimal';
import { plainCharacters, readNumber } from '@shared/quantity-text/read-number';

const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('a number as decimal digits', () => {
  it.each<[number, Decimal]>([
    [0, { isNegative: false, digits: '0', exponent: 0 }],
    [7, { isNegative: false, digits: '7', exponent: 0 }],
    [16_384, { isNegative: false, digits: '16384', exponent: 0 }],
    [70e9, { isNegative: false, digits: '7', exponent: 10 }],
    [0.35, { isNegative: false, digits: '35', exponent: -2 }],
    [-1.5e-7, { isNegative: true, digits: '15', exponent: -8 }],
    [3.8e25, { isNegative: false, digits: '38', exponent: 24 }],
  ])('%d has the fewest digits that mean it', (value, expected) => {
    expect(decimalOf(value)).toEqual(expected);
  });

  it('goes there and back without loss, whatever the number', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        expect(numberOf(decimalOf(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('has no zeros at either end', () => {
    fc.assert(
      fc.property(anyNumber, (value) => {
        const { digits } = decimalOf(value);
        if (digits !== '0') expect(digits).toMatch(/^[1-9](\d*[1-9])?$/);
      }),
    );
  });

  it.each([
    ['16', '384', 0, 16.384],
    ['0016', '', 0, 16],
    ['', '5', 0, 0.5],
    ['1', '50', 24, 1.5e24],
    ['0', '000', 9, 0],
    ['123', '000', -3, 0.123],
  ])('is %s point %s times ten to the %i', (whole, fraction, tenPower, expected) => {
    expect(numberOf(decimalFrom(whole, fraction, tenPower))).toBe(expected);
  });
});

describe('moving the point', () => {
  it.each([
    [0.35, 2, 35],
    [35, -2, 0.35],
    [0.07, 2, 7],
    [1.1, 1, 11],
    [0.29, 2, 29],
    [4.35, 2, 435],
    [0, 5, 0],
  ])(
    'of %d by %i places gives exactly %d, where multiplying may not',
    (value, places, expected) => {
      expect(numberOf(shifted(decimalOf(value), places))).toBe(expected);
    },
  );

  it('there and back changes nothing', () => {
    fc.assert(
      fc.property(anyNumber, fc.integer({ min: -30, max: 30 }), (value, places) => {
        const decimal = decimalOf(value);
        expect(shifted(shifted(decimal, places), -places)).toEqual(decimal);
      }),
    );
  });
});

describe('plain text', () => {
  it.each([
    [0, '0'],
    [1_000, '1,000'],
    [1_234_567.891, '1,234,567.891'],
    [-16_384, '-16,384'],
    [0.000_12, '0.00012'],
    [1e15, '1,000,000,000,000,000'],
    [1e17, '100,000,000,000,000,000'],
    [1.5e24, '1.5e24'],
    [3e30, '3e30'],
    [1.25e-9, '1.25e-9'],
  ])('of %d is %s', (value, text) => {
    expect(plainText(decimalOf(value))).toBe(text);
  });

  it('is read back as the number it was written for', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e90, max: 1e90, noNaN: true }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-90);
        const read = readNumber(plainText(decimalOf(value)));
        expect(read?.rest).toBe('');
        expect(read && numberOf(read.number)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('typographic characters', () => {
  it.each([
    ['16\u00a0384', '16 384'],
    ['16\u202f384', '16 384'],
    ['−5', '-5'],
    ['1.5 × 10²⁴', '1.5 × 10^24'],
    ['2 × 10⁻³', '2 × 10^-3'],
    ['  7  ', '7'],
    ['70 B', '70 B'],
  ])('in “%s” become “%s”', (typed, text) => {
    expect(plainCharacters(typed)).toBe(text);
  });

  it('are gone after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = plainCharacters(text);
        expect(plainCharacters(once)).toBe(once);
      }),
    );
  });
});

describe('a number at the start of a text', () => {
  it.each([
    ['70B', 70, 'B'],
    ['3 MW', 3, 'MW'],
    ['-2.5 %', -2.5, '%'],
    ['1.5e24 FLOP', 1.5e24, 'FLOP'],
    ['16,384 GPUs', 16_384, 'GPUs'],
    ['1.5 x 10^3 tokens', 1_500, 'tokens'],
    ['0,35 USD', 0.35, 'USD'],
    ['5 to 9', 5, 'to 9'],
    ['12e', 12, 'e'],
    ['-0', 0, ''],
  ])('of “%s” is %d, and “%s” follows', (text, value, rest) => {
    const read = readNumber(text);
    expect(read && numberOf(read.number)).toBe(value);
    expect(read?.rest).toBe(rest);
  });

  it('never yields anything but a finite number or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readNumber(text);
        if (read) expect(numberOf(read.number)).not.toBeNaN();
      }),
    );
  });
});
