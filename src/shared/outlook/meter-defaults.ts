import { assumptionOf } from '@engine/catalogue/assumption';
import type { Catalogue } from '@engine/catalogue/types';
import { meterFactKeys, type MeterInputKey, type MeterInputs } from '@engine/outlook/meter-inputs';
import type { Quantity } from '@engine/plan';
import { assumedQuantity } from '../plan/defaults';

/** An input of the meter as the catalogue has it, with its range. */
export function meterDefault(catalogue: Catalogue, key: MeterInputKey): Quantity {
  const { low, high } = assumptionOf(catalogue.assumptions, meterFactKeys[key]);
  return { ...assumedQuantity(catalogue, meterFactKeys[key]), low, high };
}

export function meterDefaults(catalogue: Catalogue): MeterInputs {
  return {
    stock: meterDefault(catalogue, 'stock'),
    growthPerYear: meterDefault(catalogue, 'growthPerYear'),
    lagYears: meterDefault(catalogue, 'lagYears'),
    busyFraction: meterDefault(catalogue, 'busyFraction'),
  };
}
