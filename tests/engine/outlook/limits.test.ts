import { assumptionOf } from '@engine/catalogue/assumption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitKeys, limitNames, limitYears } from '@engine/outlook/limits';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const { assumptions, sources } = bundledCatalogue;
const dayMs = 86_400e3;
const largest = assumptionOf(assumptions, 'outlook.largestRun').value;
const ranAtMs = assumptionOf(assumptions, 'outlook.largestRunDay').value * dayMs;

describe('years until the largest run meets a limit', () => {
  it.each(limitNames)('%s: a run that grows that long is as large as the limit', (name) => {
    const { value } = limitYears(name, assumptions, {}, ranAtMs);
    const limit = assumptionOf(assumptions, limitKeys[name]).value;
    expect((largest * 5 ** (value ?? 0)) / limit).toBeCloseTo(1, 9);
  });

  it('is 3.7 for power from the day of the largest run known, five times a year: 400 times as large', () => {
    expect(limitYears('power', assumptions, {}, ranAtMs).value).toBeCloseTo(
      Math.log(400) / Math.log(5),
      9,
    );
  });

  it('passes as time does', () => {
    const now = limitYears('data', assumptions, {}, ranAtMs).value ?? 0;
    const later = limitYears('data', assumptions, {}, ranAtMs + 365.25 * dayMs).value ?? 0;
    expect(now - later).toBeCloseTo(1, 9);
  });

  it('comes later with slower growth, and never without any', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...limitNames),
        fc.double({ min: 1.01, max: 20, noNaN: true }),
        fc.double({ min: 1.01, max: 20, noNaN: true }),
        (name, one, other) => {
          const years = (training: number) =>
            limitYears(name, assumptions, { training }, ranAtMs).value ?? Number.NaN;
          fc.pre(one < other);
          expect(years(one)).toBeGreaterThanOrEqual(years(other));
        },
      ),
    );
    const never = limitYears('power', assumptions, { training: 1 }, ranAtMs);
    expect(never.value).toBeNull();
    expect(never.unavailable).toMatch(/never meets/);
  });

  it('lies in its range, with the sources of what went in', () => {
    for (const name of limitNames) {
      const { value, low, high, inputs } = limitYears(name, assumptions, {}, ranAtMs);
      expect(low).toBeLessThanOrEqual(value ?? Number.NaN);
      expect(high).toBeGreaterThanOrEqual(value ?? Number.NaN);
      for (const id of inputs.flatMap((input) => input.sources)) expect(sources.has(id)).toBe(true);
      expect(inputs.map(({ symbol }) => symbol)).toEqual(['L', 'C₀', 'T', 'a']);
    }
  });
});
