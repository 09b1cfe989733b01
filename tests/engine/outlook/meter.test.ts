import { assumptionOf } from '@engine/catalogue/assumption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursPerDay } from '@engine/outlook/fleet';
import { bandBetween, devicesFromPower, meterFleets, type MeterUnit } from '@engine/outlook/meter';
import { meterFigures } from '@engine/outlook/meter-figures';
import { type MeterInputs } from '@engine/outlook/meter-inputs';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { quantity } from '../../fixtures/engine-fixture';

const { assumptions } = catalogue;
const inputs = meterDefaults(catalogue);
const at = Date.UTC(2026, 10, 23);
const billion = 1e9;

function onThatDay(changes: Partial<MeterInputs> = {}, unit: MeterUnit = 'h100-equivalents') {
  return meterFigures({ ...inputs, ...changes }, assumptions, unit, at);
}

describe('the meter on 23 November 2026 with the documented inputs', () => {
  const { hoursPerDay: perDay, hoursPerSecond, inService } = onThatDay();

  it('is 0.88 billion H100-equivalent hours a day, between 0.26 and 1.54', () => {
    expect((perDay.value ?? 0) / billion).toBeCloseTo(0.88, 2);
    expect((perDay.low ?? 0) / billion).toBeCloseTo(0.26, 2);
    expect((perDay.high ?? 0) / billion).toBeCloseTo(1.54, 2);
  });

  it('rests on 46.0 million in service, 75.3 in the high case, 21.3 in the low one', () => {
    expect((inService.value ?? 0) / 1e6).toBeCloseTo(46.0, 1);
    expect((inService.high ?? 0) / 1e6).toBeCloseTo(75.3, 1);
    expect((inService.low ?? 0) / 1e6).toBeCloseTo(21.3, 6);
  });

  it('ticks at 10.2 thousand a second, between 3.0 and 17.8', () => {
    expect((hoursPerSecond.value ?? 0) / 1e3).toBeCloseTo(10.2, 1);
    expect((hoursPerSecond.low ?? 0) / 1e3).toBeCloseTo(3.0, 1);
    expect((hoursPerSecond.high ?? 0) / 1e3).toBeCloseTo(17.8, 1);
  });

  it('gives the intermediate rows of the documented table', () => {
    const noLag = onThatDay({ lagYears: quantity(0) }).hoursPerDay.value ?? 0;
    expect(noLag / billion).toBeCloseTo(1.19, 2);
    const still = onThatDay({ growthPerYear: quantity(1) }).hoursPerDay.value ?? 0;
    expect(still / billion).toBeCloseTo(0.41, 2);
  });

  it('names a source for every input that is the catalogue’s, and none for the reader’s own', () => {
    const named = onThatDay({ growthPerYear: quantity(2) }).hoursPerDay.inputs;
    const growth = named.find(({ symbol }) => symbol === 'g');
    expect(growth).toMatchObject({ value: 2, from: 'reader', sources: [] });
    const others = named.filter(({ symbol }) => symbol !== 'g');
    expect(others.filter(({ sources }) => sources.length === 0)).toEqual([]);
    for (const id of others.flatMap(({ sources }) => sources)) {
      expect(catalogue.sources.has(id), id).toBe(true);
    }
  });
});

describe('the meter in devices', () => {
  it('starts from 12 to 20 million that 14.3 GW of chips can feed', () => {
    const { low, central, high } = devicesFromPower(assumptions);
    expect(low / 1e6).toBeCloseTo(11.9, 1);
    expect(high / 1e6).toBeCloseTo(20.4, 1);
    expect((central * 0.95) / 1e6).toBeCloseTo(14.27, 2);
  });

  it('counts fewer than H100-equivalents, for one device does more than an H100', () => {
    const devices = onThatDay({}, 'devices').hoursPerDay;
    const equivalents = onThatDay().hoursPerDay;
    const ratio = (equivalents.value ?? 0) / (devices.value ?? 1);
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(2);
    expect(devices.unit).not.toBe(equivalents.unit);
  });

  it('does not move with the stock of H100-equivalents, which it does not use', () => {
    const more = onThatDay({ stock: quantity(1e9) }, 'devices').hoursPerDay;
    expect(more.value).toBe(onThatDay({}, 'devices').hoursPerDay.value);
  });
});

// Behind a delay of more than a year, a faster growth means fewer in service on the day of the count: no order holds there.
const anyInputs: fc.Arbitrary<MeterInputs> = fc
  .tuple(
    fc.double({ min: 1e3, max: 1e9, noNaN: true }),
    fc.double({ min: 1, max: 10, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([stock, growth, lag, busy, spread]) => ({
    stock: { ...quantity(stock), low: stock * (1 - spread / 2), high: stock * (1 + spread) },
    growthPerYear: { ...quantity(growth), low: 1, high: growth * (1 + spread) },
    lagYears: { ...quantity(lag), low: lag * (1 - spread), high: lag + spread },
    busyFraction: { ...quantity(busy), low: busy * (1 - spread / 2), high: busy },
  }));

describe('for any inputs', () => {
  const unit = fc.constantFrom<MeterUnit>('h100-equivalents', 'devices');
  const observed = assumptionOf(assumptions, 'outlook.stockDay').value * 86_400e3;

  it('low, central and high stand in this order at every moment since the count', () => {
    fc.assert(
      fc.property(anyInputs, unit, fc.integer({ min: 0, max: 1e11 }), (any, counted, offset) => {
        const fleets = meterFleets(any, assumptions, counted);
        const [low, central, high] = [fleets.low, fleets.central, fleets.high].map((fleet) =>
          hoursPerDay(fleet, observed + offset),
        );
        expect(low).toBeLessThanOrEqual((central ?? 0) * (1 + 1e-12));
        expect(central).toBeLessThanOrEqual((high ?? 0) * (1 + 1e-12));
      }),
    );
  });

  it('the day that was measured is about the rate of its middle', () => {
    fc.assert(
      fc.property(anyInputs, unit, (any, counted) => {
        const fleets = meterFleets(any, assumptions, counted);
        const day = bandBetween(fleets, at, at + 86_400e3);
        const rate = hoursPerDay(fleets.central, at + 43_200e3);
        expect(day.central / rate).toBeCloseTo(1, 4);
      }),
    );
  });
});
