import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { MeterUnit } from '@engine/outlook/meter';
import type { MeterInputKey, MeterInputs } from '@engine/outlook/meter-inputs';
import type { Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { meterDefault, meterDefaults } from '@shared/outlook/meter-defaults';

export type DayStart = 'local' | 'utc';

interface MeterState {
  readonly inputs: MeterInputs;
  readonly unit: MeterUnit;
  readonly dayStart: DayStart;
  readonly isPaused: boolean;
  readonly hasAllDigits: boolean;
}

const storageKey = 'clusterwright.meter';

const entered = z.object({
  value: z.number(),
  origin: z.literal('yours'),
  low: z.number().optional(),
  high: z.number().optional(),
});

const stored = z.object({
  unit: z.enum(['h100-equivalents', 'devices']),
  dayStart: z.enum(['local', 'utc']),
  isPaused: z.boolean(),
  hasAllDigits: z.boolean(),
  inputs: z.object({
    stock: entered.optional(),
    growthPerYear: entered.optional(),
    lagYears: entered.optional(),
    busyFraction: entered.optional(),
  }),
});

function initialState(): MeterState {
  const state: MeterState = {
    inputs: meterDefaults(bundledCatalogue),
    unit: 'h100-equivalents',
    dayStart: 'local',
    isPaused: false,
    hasAllDigits: false,
  };
  const kept = stored.safeParse(readJson(localStorage.getItem(storageKey)));
  if (!kept.success) return state;
  const { stock, growthPerYear, lagYears, busyFraction } = kept.data.inputs;
  return {
    ...kept.data,
    inputs: {
      stock: stock ?? state.inputs.stock,
      growthPerYear: growthPerYear ?? state.inputs.growthPerYear,
      lagYears: lagYears ?? state.inputs.lagYears,
      busyFraction: busyFraction ?? state.inputs.busyFraction,
    },
  };
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

export const meterStore = createStore<MeterState>(initialState);

/** What the reader chose belongs to this window alone, so the page keeps it; the catalogue's values stay the catalogue's. */
meterStore.subscribe((state) => {
  const own = Object.entries(state.inputs).filter(([, quantity]: readonly [string, Quantity]) => {
    return quantity.origin !== 'default';
  });
  localStorage.setItem(storageKey, JSON.stringify({ ...state, inputs: Object.fromEntries(own) }));
});

export function useMeter<Value>(select: (state: MeterState) => Value): Value {
  return useStore(meterStore, select);
}

export function setMeter(change: Partial<Omit<MeterState, 'inputs'>>): void {
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
