import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput } from '../explain';
import type { Figure, FigureInput } from '../report';
import { hoursPerDay, inService, MS_PER_YEAR, type Fleet } from './fleet';
import { bandBetween, devicesFromPower, meterFleets, type Band, type MeterUnit } from './meter';
import { meterInput, observedAtMs, type MeterInputs } from './meter-inputs';

export interface MeterFigures {
  readonly fleets: Band<Fleet>;
  readonly inService: Figure;
  readonly hoursPerDay: Figure;
  readonly hoursPerSecond: Figure;
}

export const hourUnits: Readonly<Record<MeterUnit, string>> = {
  'h100-equivalents': 'H100-equivalent hours',
  devices: 'device hours',
};

const leavesOut =
  'Retired accelerators, seasons, and everything since the last count, which is carried forward by growth alone. ' +
  'The high case takes the high growth, the shortest lag and the high share of busy hours; the low case only what was counted.';

function growthInputs(
  inputs: MeterInputs,
  assumptions: Assumptions,
  unit: MeterUnit,
  atMs: number,
): FigureInput[] {
  const years = (atMs - observedAtMs(assumptions)) / MS_PER_YEAR;
  const shared = [
    meterInput('g', inputs, 'growthPerYear', assumptions),
    derivedInput('t', 'Time since the last count', years, 'years', 'clock', [
      assumptionOf(assumptions, 'outlook.stockDay').source,
    ]),
    meterInput('l', inputs, 'lagYears', assumptions),
  ];
  if (unit === 'h100-equivalents') {
    return [meterInput('S₀', inputs, 'stock', assumptions), ...shared];
  }
  const chips = assumptionOf(assumptions, 'outlook.chipGrowth');
  return [
    derivedInput(
      'D₀',
      'Accelerators that the power of AI sites feeds',
      devicesFromPower(assumptions).central,
      'devices',
      'world.devicesFromPower',
    ),
    ...shared,
    factInput('c', chips.label, chips),
  ];
}

/** The meter at a moment: what is in service, and the rate at which hours are worked, each with its band. */
export function meterFigures(
  inputs: MeterInputs,
  assumptions: Assumptions,
  unit: MeterUnit,
  atMs: number,
): MeterFigures {
  const fleets = meterFleets(inputs, assumptions, unit);
  const stock = unit === 'devices' ? 'D₀ · (g / c)^(t − l)' : 'S₀ · g^(t − l)';
  const growth = growthInputs(inputs, assumptions, unit, atMs);
  const busy = meterInput('b', inputs, 'busyFraction', assumptions);
  const hours = hourUnits[unit];
  const banded = (of: (fleet: Fleet) => number) => ({
    low: of(fleets.low),
    value: of(fleets.central),
    high: of(fleets.high),
  });
  return {
    fleets,
    inService: figure({
      key: 'world.inService',
      label: 'AI accelerators in service',
      ...banded((fleet) => inService(fleet, atMs)),
      unit: unit === 'devices' ? 'devices' : 'H100-equivalents',
      formula: `S = ${stock}`,
      inputs: growth,
      leavesOut,
    }),
    hoursPerDay: figure({
      key: 'world.hoursPerDay',
      label: 'GPU-hours consumed by AI per day',
      ...banded((fleet) => hoursPerDay(fleet, atMs)),
      unit: hours,
      formula: `H = ${stock} · 24 · b`,
      inputs: [...growth, busy],
      leavesOut,
    }),
    hoursPerSecond: figure({
      key: 'world.hoursPerSecond',
      label: 'Every second',
      ...banded((fleet) => hoursPerDay(fleet, atMs) / 86_400),
      unit: `${hours}/s`,
      formula: `R = ${stock} · b / 3600`,
      inputs: [...growth, busy],
      leavesOut,
    }),
  };
}

/** A span of time whose hours are counted; `key` names it, such as 'today'. */
export interface MeterSpan {
  readonly key: string;
  readonly label: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Hours worked in a span, with their band. */
export function hoursInSpan(meter: MeterFigures, unit: MeterUnit, span: MeterSpan): Figure {
  const { low, central, high } = bandBetween(meter.fleets, span.fromMs, span.toMs);
  return figure({
    key: `world.hours.${span.key}`,
    label: span.label,
    value: central,
    low,
    high,
    unit: hourUnits[unit],
    formula: 'H = ∫ S(t) · b dt',
    inputs: [
      figureInput('S', meter.inService),
      derivedInput('t', 'Length of the span', (span.toMs - span.fromMs) / 3.6e6, 'hours', 'clock'),
    ],
    leavesOut,
  });
}
