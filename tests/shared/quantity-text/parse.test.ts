import { describe, expect, it } from 'vitest';
import { parseQuantityText, type QuantityRead } from '@shared/quantity-text/parse';
import type { InputUnitName } from '@shared/quantity-text/unit';

function read(text: string, unit: InputUnitName): QuantityRead {
  const result = parseQuantityText(text, unit);
  if (!result.ok) throw new Error(result.message);
  return result.read;
}

function refusal(text: string, unit: InputUnitName): string {
  const result = parseQuantityText(text, unit);
  return result.ok ? `read as ${result.read.value}` : result.message;
}

describe('a single number', () => {
  it.each<[string, InputUnitName, number]>([
    ['70B', 'tokens', 70e9],
    ['70 b', 'tokens', 70e9],
    ['70 bn tokens', 'tokens', 70e9],
    ['15.6T', 'tokens', 15.6e12],
    ['15.6 trillion', 'tokens', 15.6e12],
    ['1.5e24', 'count', 1.5e24],
    ['1.5E+24', 'count', 1.5e24],
    ['1.5 × 10²⁴', 'count', 1.5e24],
    ['2 x 10^-3', 'ratio', 0.002],
    ['16,384', 'nodes', 16_384],
    ['16 384', 'nodes', 16_384],
    ['16\u202f384', 'nodes', 16_384],
    ['16_384 nodes', 'nodes', 16_384],
    ["16'384", 'nodes', 16_384],
    ['1,234,567.5', 'count', 1_234_567.5],
    ['1.234.567', 'count', 1_234_567],
    ['1.234,5', 'count', 1_234.5],
    ['0,35', 'ratio', 0.35],
    ['1,5', 'ratio', 1.5],
    ['0,350', 'ratio', 0.35],
    ['12,3456', 'ratio', 12.3456],
    ['.5', 'ratio', 0.5],
    ['1.12×', 'ratio', 1.12],
    ['10 %', 'fraction', 0.1],
    ['10', 'fraction', 0.1],
    ['35', 'fraction', 0.35],
    ['92.5 percent', 'fraction', 0.925],
    ['3 MW', 'kilowatts', 3_000],
    ['3mw', 'kilowatts', 3_000],
    ['0.15 GW', 'kilowatts', 150_000],
    ['700 W', 'kilowatts', 0.7],
    ['3,000', 'kilowatts', 3_000],
    ['$2.10', 'usdPerHour', 2.1],
    ['2.10 $/h', 'usdPerHour', 2.1],
    ['$300k', 'usd', 300_000],
    ['1.2M USD', 'usd', 1_200_000],
    ['8 ct', 'usdPerKwh', 0.08],
    ['80 USD/MWh', 'usdPerKwh', 0.08],
    ['400G', 'gigabitsPerSecond', 400],
    ['50 GB/s', 'gigabitsPerSecond', 400],
    ['50 Gb/s', 'gigabitsPerSecond', 50],
    ['1.6 Tb/s', 'gigabitsPerSecond', 1_600],
    ['2 s', 'milliseconds', 2_000],
    ['500 µs', 'milliseconds', 0.5],
    ['2 min', 'seconds', 120],
    ['6 months', 'years', 0.5],
    ['2 weeks', 'days', 14],
    ['0.4 kg/kWh', 'gramsPerKwh', 400],
    ['-5', 'count', -5],
    ['−5', 'count', -5],
  ])('%s in a field of %s is %d', (text, unit, expected) => {
    expect(read(text, unit)).toEqual({ value: expected });
  });

  it('keeps decimals exact when it changes units', () => {
    expect(read('35 %', 'fraction').value).toBe(0.35);
    expect(read('0.07 MW', 'kilowatts').value).toBe(70);
    expect(read('4.35B', 'tokens').value).toBe(4_350_000_000);
  });
});

describe('a range', () => {
  it.each<[string, InputUnitName, QuantityRead]>([
    ['5 to 9', 'nodes', { value: 7, low: 5, high: 9 }],
    ['5–9', 'nodes', { value: 7, low: 5, high: 9 }],
    ['5 - 9', 'nodes', { value: 7, low: 5, high: 9 }],
    ['5-9', 'nodes', { value: 7, low: 5, high: 9 }],
    ['5..9', 'nodes', { value: 7, low: 5, high: 9 }],
    ['5 to 9 MW', 'kilowatts', { value: 7_000, low: 5_000, high: 9_000 }],
    ['500 kW to 1 MW', 'kilowatts', { value: 750, low: 500, high: 1_000 }],
    ['10–20 %', 'fraction', { value: 0.15000000000000002, low: 0.1, high: 0.2 }],
    ['6 (5 to 9)', 'nodes', { value: 6, low: 5, high: 9 }],
    ['$2 - $4', 'usdPerHour', { value: 3, low: 2, high: 4 }],
    ['1e-3 to 2e-3', 'ratio', { value: 0.0015, low: 0.001, high: 0.002 }],
  ])('%s', (text, unit, expected) => {
    expect(read(text, unit)).toEqual(expected);
  });

  it('does not take the sign of an exponent for a range', () => {
    expect(read('1e-3', 'ratio')).toEqual({ value: 0.001 });
  });
});

describe('text that is refused', () => {
  it.each<[string, InputUnitName, RegExp]>([
    ['', 'nodes', /^Enter a number\.$/],
    ['   ', 'nodes', /^Enter a number\.$/],
    ['many', 'nodes', /^“many” is not a number\. Examples: /],
    ['NaN', 'nodes', /is not a number/],
    ['9'.repeat(400), 'nodes', /^“9{32}…” is not a number/],
    ['Infinity', 'nodes', /is not a number/],
    ['1e999', 'count', /is not a number/],
    ['5 to many', 'nodes', /^“many” is not a number/],
    ['3 MWh', 'kilowatts', /^“MWh” is not a unit of this field\. .*kW, MW, GW/],
    ['5 furlongs', 'count', /^“furlongs” is not a unit of this field\. Enter a plain number\.$/],
    ['9 to 5', 'nodes', /^The low end of the range is above its high end\.$/],
    ['1 to 2 to 3', 'nodes', /is not a number/],
    ['7 (5)', 'nodes', /is not a number/],
    ['1,23,456', 'count', /not a (number|unit)/],
  ])('%j', (text, unit, expected) => {
    expect(refusal(text, unit)).toMatch(expected);
  });
});
