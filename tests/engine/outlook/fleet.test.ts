import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hoursBetween,
  hoursPerDay,
  inService,
  MS_PER_YEAR,
  type Fleet,
} from '@engine/outlook/fleet';

const dayMs = 86_400e3;
const fleet: Fleet = {
  stock: 1e6,
  observedAtMs: 0,
  growthPerYear: 4,
  lagYears: 0.5,
  busyFraction: 0.5,
  isFrozen: false,
};
const frozen = { ...fleet, isFrozen: true };

const anyFleet: fc.Arbitrary<Fleet> = fc.record({
  stock: fc.double({ min: 1, max: 1e9, noNaN: true }),
  observedAtMs: fc.integer({ min: 0, max: 2e12 }),
  growthPerYear: fc.oneof(fc.constant(1), fc.double({ min: 1, max: 20, noNaN: true })),
  lagYears: fc.double({ min: 0, max: 3, noNaN: true }),
  busyFraction: fc.double({ min: 0.01, max: 1, noNaN: true }),
  isFrozen: fc.boolean(),
});
/** a moment within four years of the observation */
const anyOffset = fc.integer({ min: -1.2e11, max: 1.2e11 });

describe('the fleet in service', () => {
  it('is the observed stock once the lag has passed, and grows by its factor in a year', () => {
    expect(inService(fleet, 0.5 * MS_PER_YEAR)).toBeCloseTo(1e6, 6);
    expect(inService(fleet, 1.5 * MS_PER_YEAR)).toBeCloseTo(4e6, 5);
    expect(inService(fleet, 0)).toBeCloseTo(0.5e6, 6);
  });

  it('stays where it is when frozen, but was smaller before', () => {
    expect(inService(frozen, 3 * MS_PER_YEAR)).toBe(1e6);
    expect(inService(frozen, 0)).toBeCloseTo(0.5e6, 6);
  });

  it('works 24 hours a day times its busy share', () => {
    expect(hoursPerDay(frozen, MS_PER_YEAR)).toBe(12e6);
  });
});

describe('hours between two moments', () => {
  it('of a frozen fleet are days times hours per day', () => {
    expect(hoursBetween(frozen, MS_PER_YEAR, MS_PER_YEAR + 10 * dayMs)).toBeCloseTo(120e6, 3);
  });

  it('of a growing fleet over a year are the integral of the exponential', () => {
    const expected = (0.5 * 8_766 * 1e6 * (4 - 1)) / Math.log(4);
    const from = 0.5 * MS_PER_YEAR;
    expect(hoursBetween(fleet, from, from + MS_PER_YEAR) / expected).toBeCloseTo(1, 12);
  });

  it('are none where the clock went back or stands still', () => {
    expect(hoursBetween(fleet, dayMs, dayMs)).toBe(0);
    expect(hoursBetween(fleet, dayMs, 0)).toBe(0);
    expect(hoursBetween(fleet, Number.NaN, 0)).toBe(0);
  });

  it('of two halves add up to the hours of the whole', () => {
    fc.assert(
      fc.property(anyFleet, anyOffset, anyOffset, anyOffset, (any, ...offsets) => {
        const [from = 0, middle = 0, to = 0] = offsets
          .map((offset) => any.observedAtMs + offset)
          .sort((a, b) => a - b);
        const whole = hoursBetween(any, from, to);
        const halves = hoursBetween(any, from, middle) + hoursBetween(any, middle, to);
        expect(Math.abs(whole - halves)).toBeLessThanOrEqual(1e-9 * whole + 1e-6);
      }),
    );
  });

  it('never fall as time passes, and in a second are the rate of that second', () => {
    fc.assert(
      fc.property(anyFleet, anyOffset, (any, offset) => {
        const from = any.observedAtMs + offset;
        const second = hoursBetween(any, from, from + 1_000);
        expect(second).toBeGreaterThan(0);
        expect(second / (hoursPerDay(any, from) / 86_400)).toBeCloseTo(1, 5);
      }),
    );
  });
});
