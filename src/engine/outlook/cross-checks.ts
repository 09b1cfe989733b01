import { assumptionOf } from '../catalogue/assumption';
import type { Accelerator, Assumptions, Catalogue } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput } from '../explain';
import type { Figure } from '../report';
import { devicesFromPower, meterFleets } from './meter';
import { meterFigures } from './meter-figures';
import { meterInput, type MeterInputs } from './meter-inputs';

/** What an independent count says of the meter. */
export interface CrossCheck {
  readonly figure: Figure;
  /** what would be plausible, from rows of the catalogue; null where nothing bounds it */
  readonly plausible: { readonly from: number; readonly to: number } | null;
  readonly isPlausible: boolean;
}

/** 8-bit operations of a part over those of an H100; a part without 8-bit arithmetic counts at its 16-bit rate. */
export function h100Equivalents(accelerator: Accelerator, catalogue: Catalogue): number | null {
  const rate = (part: Accelerator | undefined): number | undefined =>
    (part?.peakDense.fp8 ?? part?.peakDense.int8 ?? part?.peakDense.bf16 ?? part?.peakDense.fp16)
      ?.value;
  const own = rate(accelerator);
  const reference = rate(catalogue.accelerators.get('h100-sxm'));
  return own === undefined || reference === undefined ? null : own / reference;
}

/** The slowest and the fastest part that the world's stock is mostly made of, as the catalogue knows them. */
const oldestPart = 'a100-sxm-80gb';
const newestPart = 'gb300';

/**
 * First check, power: at the last count, H100-equivalents over the devices that the power of AI sites feeds. One device must
 * be worth no less than the oldest part in service and no more than the newest.
 *
 *   r = S₀ / (P / (o · PUE · p))
 *
 * Leaves out: that the two counts are of nearly, not exactly, the same day.
 */
export function powerCheck(inputs: MeterInputs, catalogue: Catalogue): CrossCheck {
  const { assumptions } = catalogue;
  const devices = devicesFromPower(assumptions);
  const stock = inputs.stock.value;
  const fact = (symbol: string, key: string) => {
    const found = assumptionOf(assumptions, key);
    return factInput(symbol, found.label, found);
  };
  const worth = (id: string) => {
    const part = catalogue.accelerators.get(id);
    return part === undefined ? null : h100Equivalents(part, catalogue);
  };
  const [from, to] = [worth(oldestPart), worth(newestPart)];
  const value = stock / devices.central;
  return {
    figure: figure({
      key: 'world.powerCheck',
      label: 'H100-equivalents per device, from the power of AI sites',
      value,
      low: stock / devices.high,
      high: stock / devices.low,
      unit: 'H100-equivalents/device',
      formula: 'r = S₀ / (P / (o · PUE · p))',
      inputs: [
        meterInput('S₀', inputs, 'stock', assumptions),
        fact('P', 'outlook.facilityPower'),
        fact('o', 'outlook.serverOverhead'),
        fact('PUE', 'outlook.siteEffectiveness'),
        fact('p', 'outlook.acceleratorPower'),
      ],
      sources: [assumptionOf(assumptions, 'outlook.serverOverhead').source],
      leavesOut: 'Capacity that stands empty; that the two counts may be of different days.',
    }),
    plausible: from === null || to === null ? null : { from, to },
    isPlausible: from === null || to === null || (value >= from && value <= to),
  };
}

/** Hours that the counted devices work per day: the power check in the meter's own unit. */
export function deviceHoursAtCount(inputs: MeterInputs, assumptions: Assumptions): Figure {
  const fleets = meterFleets(inputs, assumptions, 'devices');
  const busy = fleets.central.busyFraction;
  const perDay = (stock: number) => stock * 24 * busy;
  return figure({
    key: 'world.deviceHoursAtCount',
    label: 'Device hours per day at the last count',
    value: perDay(fleets.central.stock),
    low: perDay(fleets.low.stock),
    high: perDay(fleets.high.stock),
    unit: 'device hours',
    formula: 'H = D₀ · 24 · b',
    inputs: [
      derivedInput(
        'D₀',
        'Accelerators that the power of AI sites feeds',
        fleets.central.stock,
        'devices',
        'world.devicesFromPower',
      ),
      meterInput('b', inputs, 'busyFraction', assumptions),
    ],
    leavesOut: 'Capacity that stands empty.',
  });
}

/**
 * Second check, tokens: what every H100-equivalent that serves users would have to process.
 *
 *   v = T / (H · i · 3600)
 *
 * T tokens per day · H hours per day · i share of the hours that serves users [1]
 *
 * Leaves out: which tokens are read and which are written, and how large the models are. `reachable` is what the engine finds
 * that a part can do, slow and fast [tokens/s].
 */
export function tokenCheck(
  inputs: MeterInputs,
  catalogue: Catalogue,
  atMs: number,
  reachable: { readonly from: number; readonly to: number } | null,
): CrossCheck {
  const { assumptions } = catalogue;
  const { hoursPerDay: perDay } = meterFigures(inputs, assumptions, 'h100-equivalents', atMs);
  const tokens = assumptionOf(assumptions, 'outlook.tokensPerDay');
  const share = assumptionOf(assumptions, 'outlook.inferenceFraction');
  const hours = perDay.value ?? Number.NaN;
  const value = tokens.value / (hours * share.value * 3_600);
  return {
    figure: figure({
      key: 'world.tokenCheck',
      label: 'Tokens per second for each H100-equivalent that serves users',
      value,
      unit: 'tokens/s',
      formula: 'v = T / (H · i · 3600)',
      inputs: [
        factInput('T', tokens.label, tokens),
        figureInput('H', perDay),
        factInput('i', share.label, share),
      ],
      leavesOut: 'Which tokens are read and which are written, and how large the models are.',
    }),
    plausible: reachable,
    isPlausible: reachable === null || (value >= reachable.from && value <= reachable.to),
  };
}
