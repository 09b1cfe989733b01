import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeQuantityText } from '@shared/quantity-text/echo';
import { parseQuantityText, type QuantityRead } from '@shared/quantity-text/parse';
import { inputUnits, type InputUnitName } from '@shared/quantity-text/unit';
import { writeQuantityText } from '@shared/quantity-text/write';

const unitNames = Object.keys(inputUnits) as InputUnitName[];
const anyUnit = fc.constantFrom(...unitNames);
const anyValue = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.double({ min: 1e-9, max: 1e24, noNaN: true }),
  fc.integer({ min: 1, max: 9_999 }).map((mantissa) => mantissa * 1e9),
);

describe('the text of a field', () => {
  it.each<[QuantityRead, InputUnitName, string]>([
    [{ value: 70e9 }, 'tokens', '70B'],
    [{ value: 15.6e12 }, 'tokens', '15.6T'],
    [{ value: 16_384 }, 'nodes', '16,384'],
    [{ value: 16_777_216 }, 'tokens', '16,777,216'],
    [{ value: 1_000_000 }, 'users', '1M'],
    [{ value: 999_999 }, 'users', '999,999'],
    [{ value: 0.35 }, 'fraction', '35'],
    [{ value: 0.925 }, 'fraction', '92.5'],
    [{ value: 3_000 }, 'kilowatts', '3,000'],
    [{ value: 2_000_000 }, 'kilowatts', '2,000,000'],
    [{ value: 0.08 }, 'usdPerKwh', '0.08'],
    [{ value: 1.5e24 }, 'count', '1.5e24'],
    [{ value: 0 }, 'users', '0'],
    [{ value: 7, low: 5, high: 9 }, 'nodes', '5 to 9'],
    [{ value: 6, low: 5, high: 9 }, 'nodes', '6 (5 to 9)'],
    [{ value: 6, low: 5 }, 'nodes', '6 (5 to 6)'],
  ])('%j in a field of %s is %s', (quantity, unit, expected) => {
    expect(writeQuantityText(quantity, unit)).toBe(expected);
  });

  it('reads back as exactly the same number, in every unit', () => {
    fc.assert(
      fc.property(anyValue, anyUnit, (value, unit) => {
        const text = writeQuantityText({ value }, unit);
        expect(parseQuantityText(text, unit)).toEqual({ ok: true, read: { value } });
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads back as exactly the same range', () => {
    fc.assert(
      fc.property(fc.tuple(anyValue, anyValue, anyValue), anyUnit, (values, unit) => {
        const [low, value, high] = values.toSorted((a, b) => a - b);
        const quantity = { value: value ?? 0, low: low ?? 0, high: high ?? 0 };
        const text = writeQuantityText(quantity, unit);
        expect(parseQuantityText(text, unit)).toEqual({ ok: true, read: quantity });
      }),
      { numRuns: 1_000 },
    );
  });

  it('never yields anything but a finite number or a sentence, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 24 }), anyUnit, (text, unit) => {
        const result = parseQuantityText(text, unit);
        if (result.ok) expect(result.read.value).toSatisfy(Number.isFinite);
        else expect(result.message).toMatch(/\.$/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the echo of what was understood', () => {
  it.each<[QuantityRead, InputUnitName, string]>([
    [{ value: 70e9 }, 'tokens', '70 billion tokens'],
    [{ value: 15.6e12 }, 'tokens', '15.6 trillion tokens'],
    [{ value: 1.5e24 }, 'count', '1.5 × 10²⁴'],
    [{ value: 3_000 }, 'kilowatts', '3,000 kW'],
    [{ value: 0.1 }, 'fraction', '10 %'],
    [{ value: 7, low: 5, high: 9 }, 'nodes', '7 nodes (5 to 9)'],
    [{ value: 1.12 }, 'ratio', '1.12'],
    [{ value: 2e15 }, 'tokens', '2 quadrillion tokens'],
  ])('%j in a field of %s is “%s”', (quantity, unit, expected) => {
    expect(describeQuantityText(quantity, unit)).toBe(expected);
  });
});
