import { z } from 'zod';
import type { MeterUnit } from '@engine/outlook/meter';
import type { MeterInputs } from '@engine/outlook/meter-inputs';
import type { Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';

export type DayStart = 'local' | 'utc';

/** How the reader has set the meter of the world's GPU-hours: the screen and the report count by the same. */
export interface MeterSettings {
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

/** The settings that were kept; the catalogue's where none were, or where they cannot be read. */
export function readMeterSettings(): MeterSettings {
  const state: MeterSettings = {
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

/** Keeps the settings; of the inputs only the reader's own, so that the catalogue's values stay the catalogue's. */
export function keepMeterSettings(settings: MeterSettings): void {
  const own = Object.entries(settings.inputs).filter(
    ([, quantity]: readonly [string, Quantity]) => quantity.origin !== 'default',
  );
  localStorage.setItem(
    storageKey,
    JSON.stringify({ ...settings, inputs: Object.fromEntries(own) }),
  );
}

/** The system is asked for its zone once a minute: answering takes it milliseconds, and only a journey changes it. */
const askZoneMs = 60_000;
let system = { zone: '', askedMs: Number.NEGATIVE_INFINITY };

function systemZone(): string {
  const nowMs = performance.now();
  if (nowMs - system.askedMs >= askZoneMs) {
    system = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, askedMs: nowMs };
  }
  return system.zone;
}

/** The zone in which days and years begin. */
export function meterZone(dayStart: DayStart): string {
  return dayStart === 'utc' ? 'UTC' : systemZone();
}
