import { expect, it } from 'vitest';
import { tokenCheck } from '@engine/outlook/cross-checks';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { reachableRates } from '../../../src/renderer/features/explore/meter/reachable-rates';

it('an H100 writes far more with a small model than with a large one, and the world lies between', () => {
  const rates = reachableRates();
  if (rates === null) throw new Error('The engine found no rate.');
  expect(rates.to / rates.from).toBeGreaterThan(20);
  const inputs = meterDefaults(bundledCatalogue);
  const check = tokenCheck(inputs, bundledCatalogue, Date.UTC(2026, 10, 23), rates);
  expect(check.isPlausible).toBe(true);
});
