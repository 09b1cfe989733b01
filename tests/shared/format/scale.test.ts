import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseScale, tidyUnit } from '@shared/format/scale';
import { formatValue } from '@shared/format/value';

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

describe('a prefix', () => {
  test.each([
    [1, 'GB', 'GB', 1],
    [999, 'GB', 'GB', 1],
    [999.6, 'GB', 'TB', 1e-3],
    [1_000, 'GB', 'TB', 1e-3],
    [0.5, 'GB', 'MB', 1e3],
    [1e-6, 'GB', 'kB', 1e6],
    [2_048, 'MiB', 'GiB', 1 / 1_024],
    [80, 'GiB', 'GiB', 1],
    [1, 'kW', 'kW', 1],
    [25_312, 'kW', 'MW', 1e-3],
    [0.7, 'kW', 'W', 1e3],
    [1_500, 'MWh', 'GWh', 1e-3],
    [3_350, 'GB/s', 'TB/s', 1e-3],
    [400, 'Gb/s', 'Gb/s', 1],
    [16_211, 'PFLOP/s', 'EFLOP/s', 1e-3],
    [0, 'GB', 'GB', 1],
    [2e30, 'B', 'YB', 1e-24],
  ])('of %d %s is that of %s', (value, unit, expected, factor) => {
    const scale = chooseScale(value, unit);
    expect(scale.unit).toBe(expected);
    expect(scale.factor).toBeCloseTo(factor, 30);
  });

  test('leaves between one and a thousand before the unit, and means the same', () => {
    const units = fc.constantFrom('B', 'GB', 'kW', 'MWh', 'TFLOP/s', 'GB/s', 'Gb/s');
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), units, (value, unit) => {
        const { factor } = chooseScale(value, unit);
        const written = value * factor;
        expect(written).toBeLessThan(1_000);
        if (value >= 1 || unit !== 'B') expect(written).toBeGreaterThanOrEqual(0.999);
      }),
    );
  });
});

describe('an amount of work', () => {
  test.each([
    [3.8e25, 'FLOP', '3.8 × 10²⁵ FLOP'],
    [1e18, 'FLOP', '1 × 10¹⁸ FLOP'],
    [9e17, 'FLOP', '900 PFLOP'],
    [2.43e12, 'FLOP', '2.43 TFLOP'],
    [3.8e25, 'FLOP/s', '38 YFLOP/s'],
  ])('%d %s reads "%s": a count by its power, a rate by its prefix', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });
});

describe('a mass', () => {
  test.each([
    [0.2, 't CO2e', '200 kg CO₂e'],
    [1, 't CO2e', '1 t CO₂e'],
    [99_900, 't CO2e', '99,900 t CO₂e'],
    [100_000, 't CO2e', '100 kt CO₂e'],
    [0, 't CO2e', '0 t CO₂e'],
    [35, 't', '35 t'],
  ])('of %d %s reads "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });
});

describe('a duration', () => {
  test.each([
    [250, 'ns', '0.25 µs'],
    [3, 'µs', '3 µs'],
    [999.9, 'ms', '1 s'],
    [39.85, 'ms', '39.9 ms'],
    [599, 's', '599 s'],
    [600, 's', '10 min'],
    [3_600, 's', '1 h'],
    [172_799, 's', '2 days'],
    [1, 'days', '1 day'],
    [0.5, 'days', '12 h'],
    [3_700, 'days', '10.1 years'],
    [5_000, 'h', '5,000 h'],
    [0.5, 'h', '30 min'],
    [0, 'ms', '0 ms'],
  ])('of %d %s reads "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });
});

describe('a count', () => {
  test.each([
    [1, 'GPUs', '1 GPU'],
    [2, 'GPUs', '2 GPUs'],
    [1, 'replicas', '1 replica'],
    [1, 'nodes', '1 node'],
    [0, 'nodes', '0 nodes'],
    [20_000, 'users', '20,000 users'],
    [12_345_678, 'users', '12.3 million users'],
    [15.6e12, 'tokens', '15.6 trillion tokens'],
    [999_950_000, 'tokens', '1 billion tokens'],
    [70e9, '', '70 billion'],
    [0.5, 'requests/s', '0.5 requests/s'],
    [1, '1', '1'],
  ])('of %d %s reads "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });
});

describe('money', () => {
  test.each([
    [999_400, 'USD', '$999,000'],
    [999_600, 'USD', '$1 M'],
    [1.18e9, 'USD', '$1.18 B'],
    [2.5e12, 'USD', '$2.5 T'],
    [-3.2e6, 'USD', '−$3.2 M'],
    [3.845, 'USD/h', '$3.85/h'],
    [63_000, 'USD/h', '$63,000/h'],
    [0.0811, 'USD/kWh', '$0.081/kWh'],
    [2.5, 'MUSD', '$2.5 M'],
    [0, 'USD', '$0'],
  ])('of %d %s reads "%s"', (value, unit, text) => {
    expect(plain(formatValue(value, unit))).toBe(text);
  });
});

describe('a unit on its own', () => {
  test.each([
    ['Gbps', 'Gb/s'],
    ['bytes', 'B'],
    ['percent', '%'],
    ['1/year', 'per year'],
    ['t CO2e', 't CO₂e'],
    ['g CO2e/kWh', 'g CO₂e/kWh'],
    ['month', 'months'],
    ['1', ''],
    ['tokens', 'tokens'],
  ])('%s is printed as "%s"', (unit, printed) => {
    expect(tidyUnit(unit)).toBe(printed);
  });

  test('is tidy after one pass', () => {
    for (const unit of ['Gbps', 'percent', 't CO2e', '1/year', 'bytes/s', 'day']) {
      expect(tidyUnit(tidyUnit(unit))).toBe(tidyUnit(unit));
    }
  });
});
