import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assumptions } from '@engine/catalogue/types';
import {
  factorPerYear,
  scenarioFigures,
  trendBand,
  trendKeys,
  type OwnTrends,
  type ScenarioName,
  type TrendName,
} from '@engine/outlook/scenarios';

/** Trends in round numbers, each with a range but that of chips. */
const round: Readonly<Record<TrendName, readonly [number, number?, number?]>> = {
  software: [2.5, 2, 4],
  chip: [2],
  runLength: [1.25, 1, 1.5],
  training: [5, 4, 6],
  fleet: [4, 3, 8],
  perWatt: [1.6, 1.5, 2],
  perDollar: [1.25, 1.2, 1.6],
};
const trends = Object.keys(trendKeys) as TrendName[];
const assumptions: Assumptions = Object.fromEntries(
  trends.map((name) => {
    const [value, low, high] = round[name];
    const range = low === undefined || high === undefined ? {} : { low, high };
    return [
      trendKeys[name],
      {
        label: name,
        value,
        ...range,
        unit: '1/year',
        source: `source of ${name}`,
        quality: 'estimate' as const,
      },
    ];
  }),
);
const names: readonly ScenarioName[] = [
  'sameWork',
  'fixed',
  'frontier',
  'fleet',
  'power',
  'spending',
];

describe('factors per year in round numbers, by hand', () => {
  it.each<[ScenarioName, number, number, number]>([
    ['sameWork', 1 / 2, 1 / 2, 1 / 2],
    ['fixed', 1 / (4 * 2), 1 / (2.5 * 2), 1 / (2 * 2)],
    ['frontier', 4 / (2 * 1.5), 5 / (2 * 1.25), 6 / (2 * 1)],
    ['fleet', 3 / 2, 4 / 2, 8 / 2],
    ['power', 3 / 2, 4 / 1.6, 8 / 1.5],
    ['spending', 3 / 1.6, 4 / 1.25, 8 / 1.2],
  ])('%s: low growth over fast relief, and the reverse', (name, low, central, high) => {
    const found = factorPerYear(name, assumptions, {});
    expect(found.low).toBeCloseTo(low, 12);
    expect(found.central).toBeCloseTo(central, 12);
    expect(found.high).toBeCloseTo(high, 12);
  });

  it('compounds value and both ends over the years', () => {
    const { after } = scenarioFigures('fleet', assumptions, {}, 3);
    expect([after.low, after.value, after.high]).toEqual([1.5 ** 3, 8, 64]);
  });

  it('is f to a negative power looking back', () => {
    expect(scenarioFigures('fleet', assumptions, {}, -1).after.value).toBe(0.5);
  });
});

describe('what drives a scenario', () => {
  it.each<[ScenarioName, readonly string[]]>([
    ['fixed', ['e', 'c']],
    ['frontier', ['T', 'c', 'r']],
    ['fleet', ['S', 'c']],
    ['power', ['S', 'w']],
  ])('%s lists the symbols of its formula, each with its source', (name, symbols) => {
    const { perYear } = scenarioFigures(name, assumptions, {}, 1);
    expect(perYear.inputs.map(({ symbol }) => symbol)).toEqual(symbols);
    for (const symbol of symbols) expect(perYear.formula).toContain(symbol);
    expect(perYear.inputs.flatMap(({ sources }) => sources)).toHaveLength(symbols.length);
  });

  it('moves with its own trends and no others', () => {
    const moves = (name: ScenarioName) =>
      trends.filter((trend) => {
        const own = { [trend]: 3 * round[trend][0] };
        return (
          factorPerYear(name, assumptions, own).central !==
          factorPerYear(name, assumptions, {}).central
        );
      });
    expect(moves('fixed')).toEqual(['software', 'chip']);
    expect(moves('frontier')).toEqual(['chip', 'runLength', 'training']);
    expect(moves('fleet')).toEqual(['chip', 'fleet']);
    expect(moves('power')).toEqual(['fleet', 'perWatt']);
  });

  it('keeps the ranges of the trends that were not replaced', () => {
    const { low, central, high } = factorPerYear('power', assumptions, { fleet: 6 });
    expect([low, central, high]).toEqual([3, 6 / 1.6, 4]);
    expect(trendBand(assumptions, 'chip', {})).toEqual({ low: 2, central: 2, high: 2 });
  });

  it('is an error that names the row where the catalogue lacks one', () => {
    expect(() => factorPerYear('fixed', {}, {})).toThrow('outlook.softwareEfficiency');
  });
});

describe('for any trends', () => {
  const factor = fc.double({ min: 0.1, max: 20, noNaN: true });
  const own = fc.record<OwnTrends>(
    {
      software: factor,
      chip: factor,
      runLength: factor,
      training: factor,
      fleet: factor,
      perWatt: factor,
    },
    { requiredKeys: [] },
  );

  it('the value lies in its range, at every year from now on', () => {
    fc.assert(
      fc.property(
        own,
        fc.constantFrom(...names),
        fc.integer({ min: 0, max: 10 }),
        (values, name, years) => {
          const { value, low, high } = scenarioFigures(name, assumptions, values, years).after;
          expect(low ?? Number.NaN).toBeLessThanOrEqual((value ?? 0) * (1 + 1e-12));
          expect(high ?? Number.NaN).toBeGreaterThanOrEqual((value ?? 0) * (1 - 1e-12));
        },
      ),
    );
  });

  it('power grows beside the fleet by what chips do more than watts do', () => {
    fc.assert(
      fc.property(own, (values) => {
        const ratio =
          factorPerYear('power', assumptions, values).central /
          factorPerYear('fleet', assumptions, values).central;
        const expected = (values.chip ?? 2) / (values.perWatt ?? 1.6);
        expect(ratio / expected).toBeCloseTo(1, 9);
      }),
    );
  });
});
