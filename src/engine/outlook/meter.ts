import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { hoursBetween, type Fleet } from './fleet';
import { observedAtMs, type MeterInputs } from './meter-inputs';

/** What is counted: devices of any kind, or how many H100 would do the same. Neither is the other. */
export type MeterUnit = 'h100-equivalents' | 'devices';

export interface Band<Value> {
  readonly low: Value;
  readonly central: Value;
  readonly high: Value;
}

/**
 * Accelerators that the power capacity of AI sites can feed.
 *
 *   D = P / (o · PUE · p)
 *
 * P power capacity of AI sites [kW] · o power of servers over that of their accelerators [1] · PUE power usage
 * effectiveness [1] · p power of one accelerator [kW]
 *
 * Leaves out: capacity that stands empty; sites not in the count.
 * Source: Epoch AI, GPU clusters documentation, https://epoch.ai/data/gpu-clusters-documentation/estimation, read 2026-11-23.
 */
export function devicesFromPower(assumptions: Assumptions): Band<number> {
  const value = (key: string) => assumptionOf(assumptions, key).value;
  const chipKw =
    (value('outlook.facilityPower') * 1e6) /
    (value('outlook.serverOverhead') * value('outlook.siteEffectiveness'));
  const power = assumptionOf(assumptions, 'outlook.acceleratorPower');
  return {
    low: chipKw / (power.high ?? power.value),
    central: chipKw / power.value,
    high: chipKw / (power.low ?? power.value),
  };
}

/**
 * The three cases of the meter.
 *
 * Low: nothing beyond the observed stock, and the low share of busy hours. Central: the values as they stand. High: the
 * high growth, the shortest lag and the high share of busy hours. Devices start at what the power feeds and grow more slowly,
 * as each new device does more: g / c, c growth of what one device does [1/year].
 */
export function meterFleets(
  inputs: MeterInputs,
  assumptions: Assumptions,
  unit: MeterUnit,
): Band<Fleet> {
  const { stock, growthPerYear, lagYears, busyFraction } = inputs;
  const isDevices = unit === 'devices';
  const stocks = isDevices
    ? devicesFromPower(assumptions)
    : {
        low: stock.low ?? stock.value,
        central: stock.value,
        high: stock.high ?? stock.value,
      };
  const slowing = isDevices ? assumptionOf(assumptions, 'outlook.chipGrowth').value : 1;
  const growth = (perYear: number) => Math.max(1, perYear / slowing);
  const central: Fleet = {
    stock: stocks.central,
    observedAtMs: observedAtMs(assumptions),
    growthPerYear: growth(growthPerYear.value),
    lagYears: lagYears.value,
    busyFraction: busyFraction.value,
    isFrozen: false,
  };
  return {
    low: {
      ...central,
      stock: stocks.low,
      busyFraction: busyFraction.low ?? busyFraction.value,
      isFrozen: true,
    },
    central,
    high: {
      ...central,
      stock: stocks.high,
      growthPerYear: growth(growthPerYear.high ?? growthPerYear.value),
      lagYears: lagYears.low ?? lagYears.value,
      busyFraction: busyFraction.high ?? busyFraction.value,
    },
  };
}

/** Hours worked between two moments in each case. */
export function bandBetween(fleets: Band<Fleet>, fromMs: number, toMs: number): Band<number> {
  return {
    low: hoursBetween(fleets.low, fromMs, toMs),
    central: hoursBetween(fleets.central, fromMs, toMs),
    high: hoursBetween(fleets.high, fromMs, toMs),
  };
}
