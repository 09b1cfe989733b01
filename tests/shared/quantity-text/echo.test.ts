import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeQuantityText } from '@shared/quantity-text/echo';
import { parseQuantityText, type QuantityRead } from '@shared/quantity-text/parse';
import { inputUnits, type InputUnitName } from '@shared/quantity-text/unit';

const unitNames = Object.keys(inputUnits) as InputUnitName[];

/** What a person reads beside the field after typing `text`. */
function echoOf(text: string, unit: InputUnitName): string {
  const result = parseQuantityText(text, unit);
  return result.ok ? describeQuantityText(result.read, unit) : result.message;
}

describe('what was typed, in words', () => {
  it.each<[string, InputUnitName, string]>([
    ['70B', 'tokens', '70 billion tokens'],
    ['15.6T', 'tokens', '15.6 trillion tokens'],
    ['1.5e24', 'count', '1.5 × 10²⁴'],
    ['2e-7', 'ratio', '2 × 10⁻⁷'],
    ['16384', 'nodes', '16,384 nodes'],
    ['1e6', 'users', '1 million users'],
    ['999999', 'users', '999,999 users'],
    ['0', 'users', '0 users'],
    ['3 MW', 'kilowatts', '3,000 kW'],
    ['2 GW', 'kilowatts', '2 million kW'],
    ['10 %', 'fraction', '10 %'],
    ['7.5', 'fraction', '7.5 %'],
    ['0.5', 'fraction', '0.5 %'],
    ['$300k', 'usd', '300,000 USD'],
    ['1.2M', 'usd', '1.2 million USD'],
    ['2.10', 'usdPerHour', '2.1 USD/h'],
    ['80 USD/MWh', 'usdPerKwh', '0.08 USD/kWh'],
    ['400G', 'gigabitsPerSecond', '400 Gb/s'],
    ['50 GB/s', 'gigabitsPerSecond', '400 Gb/s'],
    ['2 s', 'milliseconds', '2,000 ms'],
    ['2 min', 'seconds', '120 s'],
    ['2 weeks', 'days', '14 days'],
    ['18 months', 'years', '1.5 years'],
    ['0.4 kg/kWh', 'gramsPerKwh', '400 g CO₂e/kWh'],
    ['5 to 9', 'nodes', '7 nodes (5 to 9)'],
    ['1B to 3B', 'tokens', '2 billion tokens (1 billion to 3 billion)'],
    ['10–20 %', 'fraction', '15 % (10 to 20)'],
    ['6 (5 to 9)', 'nodes', '6 nodes (5 to 9)'],
  ])('%s in a field of %s reads “%s”', (text, unit, expected) => {
    expect(echoOf(text, unit)).toBe(expected);
  });

  it('tells a decimal point from a thousands separator, so that a slip is seen at once', () => {
    expect(echoOf('16.384', 'nodes')).toBe('16.384 nodes');
    expect(echoOf('16,384', 'nodes')).toBe('16,384 nodes');
    expect(echoOf('1,5', 'ratio')).toBe('1.5');
    expect(echoOf('1.234.567', 'users')).toBe('1.23457 million users');
  });

  it('names the end that is missing as the value itself', () => {
    expect(describeQuantityText({ value: 6, low: 5 }, 'nodes')).toBe('6 nodes (5 to 6)');
    expect(describeQuantityText({ value: 6, high: 9 }, 'nodes')).toBe('6 nodes (6 to 9)');
  });

  it('is never more than six digits away from the number', () => {
    const anyUnit = fc.constantFrom(...unitNames);
    const anyValue = fc.double({ min: 1e-12, max: 1e24, noNaN: true });
    fc.assert(
      fc.property(anyValue, anyUnit, (value, unit) => {
        const text = describeQuantityText({ value }, unit);
        const spoken = text.slice(0, text.length - inputUnits[unit].symbol.length).trim();
        const result = parseQuantityText(spoken, 'count');
        expect(result).toMatchObject({ ok: true });
        const shown = value / 10 ** inputUnits[unit].shownTenPower;
        const heard = result.ok ? result.read.value : Number.NaN;
        expect(Math.abs(heard - shown)).toBeLessThanOrEqual(Math.abs(shown) * 1e-5);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a refusal', () => {
  it.each<[InputUnitName, RegExp]>([
    ['kilowatts', /kW, MW, GW/],
    ['gigabitsPerSecond', /Gb\/s/],
    ['fraction', /%/],
    ['milliseconds', /ms/],
    ['years', /years/],
    ['tokens', /tokens/],
  ])('in a field of %s names the units that it knows', (unit, expected) => {
    expect(echoOf('5 furlongs', unit)).toMatch(/^“furlongs” is not a unit of this field\./);
    expect(echoOf('5 furlongs', unit)).toMatch(expected);
  });

  it('of one end of a range says which', () => {
    expect(echoOf('few to 9', 'nodes')).toMatch(/^“few” is not a number/);
    expect(echoOf('5 to lots', 'nodes')).toMatch(/^“lots” is not a number/);
    expect(echoOf('5 MW to 9 miles', 'kilowatts')).toMatch(/^“miles” is not a unit/);
    expect(echoOf('9 MW to 5 kW', 'kilowatts')).toBe(
      'The low end of the range is above its high end.',
    );
  });

  it('never lets a number through that is not finite', () => {
    const results: QuantityRead[] = ['1e400', '-1e400', '1e300T', '1 to 1e400']
      .map((text) => parseQuantityText(text, 'tokens'))
      .flatMap((result) => (result.ok ? [result.read] : []));
    expect(results.every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(parseQuantityText('1e400', 'tokens').ok).toBe(false);
  });
});
