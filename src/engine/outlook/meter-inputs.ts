import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { Quantity } from '../plan';
import type { FigureInput } from '../report';
import { SECONDS_PER_DAY } from '../units';

/** The inputs of the meter that a reader may replace; their bounds make its low and high case. */
export interface MeterInputs {
  /** H100-equivalents */
  readonly stock: Quantity;
  /** factor per year */
  readonly growthPerYear: Quantity;
  readonly lagYears: Quantity;
  readonly busyFraction: Quantity;
}

export type MeterInputKey = keyof MeterInputs;

/** The catalogue's figure behind each input. */
export const meterFactKeys: Readonly<Record<MeterInputKey, string>> = {
  stock: 'outlook.stock',
  growthPerYear: 'outlook.stockGrowth',
  lagYears: 'outlook.serviceLag',
  busyFraction: 'outlook.busyFraction',
};

/** The day on which the stock was counted, in ms since 1970-01-01 UTC. */
export function observedAtMs(assumptions: Assumptions): number {
  return assumptionOf(assumptions, 'outlook.stockDay').value * SECONDS_PER_DAY * 1e3;
}

/** An input of the meter put in for a symbol: with its source where it is the catalogue's, else as the reader's own. */
export function meterInput(
  symbol: string,
  inputs: MeterInputs,
  key: MeterInputKey,
  assumptions: Assumptions,
): FigureInput {
  const { label, unit, source } = assumptionOf(assumptions, meterFactKeys[key]);
  const { value, origin } = inputs[key];
  return origin === 'default'
    ? { symbol, label, value, unit, sources: [source], from: 'catalogue' }
    : { symbol, label, value, unit, sources: [], from: 'reader' };
}
