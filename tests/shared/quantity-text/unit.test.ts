import { describe, expect, it } from 'vitest';
import {
  decimalFrom,
  decimalOf,
  numberOf,
  plainText,
  shifted,
} from '@shared/quantity-text/decimal';
import { parseQuantityText } from '@shared/quantity-text/parse';
import { plainCharacters, readNumber } from '@shared/quantity-text/read-number';
import { inputUnits, type InputUnitName } from '@shared/quantity-text/unit';

const unitNames = Object.keys(inputUnits) as InputUnitName[];

describe('the units of a field', () => {
  const words = unitNames.flatMap((name) =>
    inputUnits[name].terms.map(({ word }): [string, InputUnitName] => [word, name]),
  );

  it.each(words)('“2 %s” is understood in a field of %s', (word, name) => {
    const { terms } = inputUnits[name];
    const term = terms.find((candidate) => candidate.word === word);
    const result = parseQuantityText(`2 ${word}`, name);
    expect(result).toMatchObject({ ok: true });
    const value = result.ok ? result.read.value : Number.NaN;
    expect(value).toBeCloseTo(2 * (term?.times ?? 0) * 10 ** (term?.tenPower ?? 0), 9);
  });

  it.each(unitNames)('has no word twice with two meanings in a field of %s', (name) => {
    const meanings = new Map<string, string>();
    for (const { word, tenPower, times } of inputUnits[name].terms) {
      const meaning = `${tenPower} ${times}`;
      expect(meanings.get(word) ?? meaning).toBe(meaning);
      meanings.set(word, meaning);
    }
  });

  it.each(unitNames)('understands the unit that it shows beside a field of %s', (name) => {
    const { symbol } = inputUnits[name];
    const shown = parseQuantityText(`3 ${symbol}`, name);
    expect(shown).toEqual(parseQuantityText('3', name));
  });

  it('tells bits from bytes by their case', () => {
    const bits = parseQuantityText('100 Gb/s', 'gigabitsPerSecond');
    const bytes = parseQuantityText('100 GB/s', 'gigabitsPerSecond');
    expect(bits).toMatchObject({ read: { value: 100 } });
    expect(bytes).toMatchObject({ read: { value: 800 } });
  });
});

describe('exact decimals', () => {
  it.each<[number, string]>([
    [0, '0'],
    [7, '7'],
    [-7.5, '-7.5'],
    [1_234_567.25, '1,234,567.25'],
    [0.000_123, '0.000123'],
    [1e-9, '1e-9'],
    [1.25e-8, '1.25e-8'],
    [123_456_789_012, '123,456,789,012'],
    [1e21, '1e21'],
  ])('%d is written %s', (value, text) => {
    expect(plainText(decimalOf(value))).toBe(text);
    expect(numberOf(decimalOf(value))).toBe(value);
  });

  it('moves the point without rounding', () => {
    expect(numberOf(shifted(decimalOf(35), -2))).toBe(0.35);
    expect(numberOf(shifted(decimalOf(0.07), 3))).toBe(70);
    expect(numberOf(shifted(decimalOf(0), 5))).toBe(0);
    expect(numberOf(decimalFrom('1', '50', 9))).toBe(1.5e9);
  });
});

describe('reading one number', () => {
  it.each<[string, number, string]>([
    ['70B', 70, 'B'],
    ['1.5e24 FLOP', 1.5e24, 'FLOP'],
    ['2 × 10³ kW', 2_000, 'kW'],
    ['16,384 nodes', 16_384, 'nodes'],
    ['5 exa', 5, 'exa'],
    ['+3', 3, ''],
  ])('%s leaves the rest alone', (text, value, rest) => {
    const read = readNumber(plainCharacters(text));
    expect(read && numberOf(read.number)).toBe(value);
    expect(read?.rest).toBe(rest);
  });

  it.each(['', 'abc', '.', ',5,', '--5'])('finds no number in %j', (text) => {
    expect(readNumber(text)).toBeNull();
  });
});
