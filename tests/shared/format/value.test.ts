import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Figure } from '@engine/report';
import { formatFigure, formatQuantity, formatValue } from '@shared/format/value';

/** Expected texts are written with ordinary spaces; the formatter sets ones that do not break. */
function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('formatValue', () => {
  test.each([
    [16_384, 'GPUs', '16,384 GPUs'],
    [1, 'GPUs', '1 GPU'],
    [1, 'days', '1 day'],
    [54.31, 'days', '54.3 days'],
    [0.3, 'days', '7.2 h'],
    [0, 'GB', '0 GB'],
    [82.4, 'GB', '82.4 GB'],
    [999.9, 'GB', '1 TB'],
    [1_310_720, 'GB', '1.31 PB'],
    [80, 'GiB', '80 GiB'],
    [2_048, 'MiB', '2 GiB'],
    [327_680, 'B/token', '328 kB/token'],
    [400.2, 'TFLOP/s', '400 TFLOP/s'],
    [16_211, 'PFLOP/s', '16.2 EFLOP/s'],
    [2.43e12, 'FLOP/token', '2.43 TFLOP/token'],
    [3.8e25, 'FLOP', '3.8 × 10²⁵ FLOP'],
    [0.000_23, '', '2.3 × 10⁻⁴'],
    [400, 'Gbps', '400 Gb/s'],
    [25_312, 'kW', '25.3 MW'],
    [30_900, 'MWh', '30.9 GWh'],
    [11_390, 't CO2e', '11,400 t CO₂e'],
    [0.2, 't CO2e', '200 kg CO₂e'],
    [405.8e9, 'parameters', '406 billion parameters'],
    [15.6e12, 'tokens', '15.6 trillion tokens'],
    [1_234.4, 'tokens/s', '1,234 tokens/s'],
    [48_213.7, 'tokens/s', '48,200 tokens/s'],
    [350, 'ms', '350 ms'],
    [1_200, 'ms', '1.2 s'],
    [0.0046, 's', '4.6 ms'],
    [29.4, 'month', '29.4 months'],
  ])('%d %s is written "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });

  test.each([
    [0.412, 'fraction', '41.2 %'],
    [0.0885, 'fraction', '8.9 %'],
    [0.0034, 'fraction', '0.34 %'],
    [0.9997, 'fraction', '99.97 %'],
    [46, '%', '46 %'],
  ])('a share of %d %s is written "%s" without false precision', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });

  test.each([
    [1_534_000, 'USD', '$1.53 M'],
    [1.534, 'MUSD', '$1.53 M'],
    [2.2e9, 'USD', '$2.2 B'],
    [412_345, 'USD', '$412,000'],
    [1_884, 'USD/h', '$1,884/h'],
    [82, 'USD/h', '$82/h'],
    [2.1, 'USD/h', '$2.10/h'],
    [99.999, 'USD', '$100'],
    [0.065, 'USD/kWh', '$0.065/kWh'],
    [0, 'USD', '$0'],
    [-5.25, 'USD', '−$5.25'],
    [-1_234_567, 'USD', '−$1.23 M'],
    [0.34, 'USD per million tokens', '$0.34 per million tokens'],
  ])('%d %s is written "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });

  test.each([
    ['de-DE', 1_534_000, 'USD', '1,53 M $'],
    ['de-DE', 16_384, 'GPUs', '16.384 GPUs'],
    ['fr-FR', 16_384, 'GPUs', '16 384 GPUs'],
    ['en-IN', 1_234_567, 'nodes', '12,34,567 nodes'],
    ['de-DE', 3.8e25, 'FLOP', '3,8 × 10²⁵ FLOP'],
  ])('in %s, %d %s is written "%s"', (locale, value, unit, text) => {
    expect(plain(formatValue(value, unit, locale))).toBe(text);
  });

  test('number and unit never part at the end of a line', () => {
    expect(formatValue(54.3, 'days')).toBe('54.3\u00a0days');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d has no text of its own', (value) => {
    expect(formatValue(value, 'GB')).toBe('—');
  });

  test('whatever the size, the written number stays within half a per cent of the value', () => {
    const prefix = { k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18, Z: 1e21, Y: 1e24 };
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e26, noNaN: true }), (value) => {
        const match = /^([\d.,]+) ([kMGTPEZY]?)B$/.exec(plain(formatValue(value, 'B')));
        expect(match).not.toBeNull();
        const [, digits = '', letter = ''] = match ?? [];
        const factor = letter in prefix ? prefix[letter as keyof typeof prefix] : 1;
        const written = Number(digits.replaceAll(',', '')) * factor;
        expect(Math.abs(written / value - 1)).toBeLessThan(0.005_1);
      }),
    );
  });
});

describe('formatFigure', () => {
  const days: Figure = {
    key: 'training.days',
    label: 'Time to train',
    value: 54.31,
    unit: 'days',
    low: 48.2,
    high: 63.9,
    formula: '',
    inputs: [],
    sources: [],
    leavesOut: '',
  };

  test('gives number, unit and range in one scale', () => {
    const formatted = formatFigure(days);
    expect(formatted).toMatchObject({ number: '54.3', unit: 'days', reason: null });
    expect(plain(formatted.text)).toBe('54.3 days');
    expect(plain(formatted.range ?? '')).toBe('48.2–63.9 days');
  });

  test('keeps the scale of the value at both ends of a range of money', () => {
    const { range } = formatFigure({
      ...days,
      value: 1.2e6,
      unit: 'USD',
      low: 800_000,
      high: 2.1e6,
    });
    expect(plain(range ?? '')).toBe('$0.8 M–$2.1 M');
  });

  test('a range that rounds to one number is no range', () => {
    expect(formatFigure({ ...days, low: 54.3, high: 54.31 }).range).toBeNull();
  });

  test('a figure without a value is a dash with its reason', () => {
    const formatted = formatFigure({ ...days, value: null, unavailable: 'No price is stated.' });
    expect(formatted).toEqual({
      text: '—',
      number: '—',
      unit: '',
      range: null,
      reason: 'No price is stated.',
    });
  });
});

describe('formatQuantity', () => {
  test('writes the range of an input in brackets', () => {
    const text = formatQuantity({ value: 2.5, low: 1.9, high: 3.2, origin: 'yours' }, 'USD/h');
    expect(plain(text)).toBe('$2.50/h ($1.90–$3.20/h)');
  });

  test('writes an open range as one', () => {
    const text = formatQuantity({ value: 8, high: 9, origin: 'yours' }, 'days');
    expect(plain(text)).toBe('8 days (up to 9 days)');
  });

  test('writes an input without a range as its value', () => {
    expect(plain(formatQuantity({ value: 0.9, origin: 'default' }, 'fraction'))).toBe('90 %');
  });
});

test.each([
  [1, 'switches', '1 switch'],
  [2, 'switches', '2 switches'],
  [1, 'racks', '1 rack'],
  [1, 'nodes', '1 node'],
])('%d %s reads "%s"', (value, unit, text) => {
  expect(formatValue(value, unit).replaceAll('\u00a0', ' ')).toBe(text);
});
