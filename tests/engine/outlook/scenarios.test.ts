import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  factorPerYear,
  scenarioFigures,
  trendBand,
  trendKeys,
  type ScenarioName,
  type TrendName,
} from '@engine/outlook/scenarios';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { recompute } from '../evaluate/formula';

const { assumptions, sources } = bundledCatalogue;
const names: readonly ScenarioName[] = ['fixed', 'frontier', 'fleet', 'power'];
const trends = Object.keys(trendKeys) as TrendName[];

describe('the three scenarios with the published trends', () => {
  // The trends multiplied by hand: a halving every 8 months, 5, 3.3, 1.29 and 1.4 times a year.
  it.each([
    ['fixed', 1 / (2 ** (12 / 8) * 1.29)],
    ['frontier', 5 / (1.29 * 1.4)],
    ['fleet', 3.3 / 1.29],
  ] as const)('%s changes by a factor of %f a year', (name, factor) => {
    expect(factorPerYear(name, assumptions, {}).central).toBeCloseTo(factor, 2);
  });

  it('falls for the same model and rises for everything else, whatever end of the ranges is true', () => {
    expect(factorPerYear('fixed', assumptions, {}).high).toBeLessThan(1);
    for (const name of ['frontier', 'fleet', 'power'] as const) {
      expect(factorPerYear(name, assumptions, {}).low, name).toBeGreaterThan(1);
    }
  });
});

describe.each(names)('scenario %s', (name) => {
  it('has its value inside its range', () => {
    const { low, central, high } = factorPerYear(name, assumptions, {});
    expect(low).toBeLessThan(central);
    // The frontier's growth is published as 4 to 5 with 5 as the value, so that its high end is the value.
    expect(high).toBeGreaterThanOrEqual(central);
  });

  it('prints formulae that give its numbers, and names sources that exist', () => {
    const { perYear } = scenarioFigures(name, assumptions, {}, 4);
    expect(recompute(perYear).asPrinted / (perYear.value ?? 0)).toBeCloseTo(1, 9);
    const cited = perYear.inputs.flatMap((input) => input.sources);
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((id) => !sources.has(id))).toEqual([]);
  });

  it.each([-4, -0.5, 0, 2.5])('has its value inside its range after %d years', (years) => {
    const { after } = scenarioFigures(name, assumptions, {}, years);
    expect(after.low).toBeLessThanOrEqual(after.value ?? 0);
    expect(after.high).toBeGreaterThanOrEqual(after.value ?? 0);
  });

  it('is today’s need at year 0 and compounds', () => {
    expect(scenarioFigures(name, assumptions, {}, 0).after.value).toBe(1);
    const { perYear, after } = scenarioFigures(name, assumptions, {}, 3);
    expect((after.value ?? 0) / (perYear.value ?? 1) ** 3).toBeCloseTo(1, 9);
  });
});

describe('the reader’s own trends', () => {
  it('replace value and range, and are marked as the reader’s', () => {
    expect(trendBand(assumptions, 'chip', { chip: 2 })).toEqual({ low: 2, central: 2, high: 2 });
    const { perYear } = scenarioFigures('fleet', assumptions, { chip: 2, fleet: 4 }, 1);
    expect(perYear.value).toBe(2);
    expect(perYear.inputs.every(({ from }) => from === 'reader')).toBe(true);
  });

  it('never give NaN', () => {
    const factor = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined });
    const own = fc.record(Object.fromEntries(trends.map((name) => [name, factor])));
    fc.assert(
      fc.property(own, fc.constantFrom(...names), (values, name) => {
        const known = Object.fromEntries(
          Object.entries(values).filter(([, value]) => value !== undefined),
        );
        for (const figure of Object.values(scenarioFigures(name, assumptions, known, 10))) {
          expect(Number.isNaN(figure.value)).toBe(false);
          if (figure.value === null) expect(figure.unavailable).not.toBe('');
        }
      }),
    );
  });
});
