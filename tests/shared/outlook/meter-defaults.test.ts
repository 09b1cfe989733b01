import { expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';

it('takes value and range of every input from the catalogue, and says where they were read', () => {
  const { stock, growthPerYear, lagYears, busyFraction } = meterDefaults(catalogue);
  expect([stock.value, growthPerYear.value, lagYears.value, busyFraction.value]).toEqual([
    21.3e6, 3.3, 0.25, 0.8,
  ]);
  expect([growthPerYear.low, growthPerYear.high]).toEqual([2.7, 4.1]);
  expect([busyFraction.low, busyFraction.high]).toEqual([0.5, 0.85]);
  for (const quantity of [stock, growthPerYear, lagYears, busyFraction]) {
    expect(quantity.origin).toBe('default');
    expect(quantity.note).toMatch(/Source: .+ \(estimate\)\.$/);
  }
});
