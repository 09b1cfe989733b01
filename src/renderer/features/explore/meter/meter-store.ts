import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { MeterInputKey } from '@engine/outlook/meter-inputs';
import type { Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { meterDefault, meterDefaults } from '@shared/outlook/meter-defaults';
import {
  keepMeterSettings,
  readMeterSettings,
  type MeterSettings,
} from '../../../document/meter-settings';

/** What the reader chose belongs to this computer alone, so the page keeps it. */
export const meterStore = createStore<MeterSettings>(readMeterSettings);
meterStore.subscribe(keepMeterSettings);

export function useMeter<Value>(select: (state: MeterSettings) => Value): Value {
  return useStore(meterStore, select);
}

export function setMeter(change: Partial<Omit<MeterSettings, 'inputs'>>): void {
  meterStore.setState(change);
}

export function setMeterInput(key: MeterInputKey, quantity: Quantity): void {
  const { inputs } = meterStore.getState();
  meterStore.setState({ inputs: { ...inputs, [key]: quantity } });
}

export function resetMeterInput(key: MeterInputKey): void {
  setMeterInput(key, meterDefault(bundledCatalogue, key));
}

export function resetMeterInputs(): void {
  meterStore.setState({ inputs: meterDefaults(bundledCatalogue) });
}
