import { assumptionOf } from '@engine/catalogue/assumption';
import { limitNames, limitYears } from '@engine/outlook/limits';
import {
  factorPerYear,
  trendKeys,
  type OwnTrends,
  type ScenarioName,
  type TrendName,
} from '@engine/outlook/scenarios';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import type { PlotMark, PlotSeries } from '../../../report/chart/plot';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';

const { assumptions } = bundledCatalogue;

export function catalogueTrend(name: TrendName): number {
  return assumptionOf(assumptions, trendKeys[name]).value;
}

/** The trends as the reader has set them, and how far to look ahead. */
export type OutlookChoice = Readonly<Record<TrendName, number>> & { readonly years: number };

export const outlookChoice = createChoice<OutlookChoice>({
  software: catalogueTrend('software'),
  chip: catalogueTrend('chip'),
  runLength: catalogueTrend('runLength'),
  training: catalogueTrend('training'),
  fleet: catalogueTrend('fleet'),
  perWatt: catalogueTrend('perWatt'),
  perDollar: catalogueTrend('perDollar'),
  years: 4,
});

/** The trends that the reader has moved: the others keep the ranges of the catalogue. */
export function ownTrends(choice: OutlookChoice): OwnTrends {
  const names = Object.keys(trendKeys) as TrendName[];
  const own = names.filter((name) => choice[name] !== catalogueTrend(name));
  return Object.fromEntries(own.map((name) => [name, choice[name]]));
}

export interface TrendSlider {
  readonly name: TrendName;
  readonly range: ChoiceRange;
}

/** Factors from 1 to a largest, a tenth apart up to 2 and a half from there; the catalogue's own value among them. */
function stepsTo(name: TrendName, largest: number): readonly number[] {
  const fine = Array.from({ length: 11 }, (_, step) => 1 + step / 10);
  const coarse = Array.from({ length: 2 * (largest - 2) }, (_, step) => 2.5 + step / 2);
  const all = new Set([...fine, ...coarse, catalogueTrend(name)]);
  return [...all].filter((step) => step <= largest).toSorted((first, second) => first - second);
}

function trendSlider(name: TrendName, label: string, largest: number): TrendSlider {
  return {
    name,
    range: {
      label,
      steps: stepsTo(name, largest),
      unit: 'ratio',
      text: (value, locale) => `${formatValue(value, '1', locale)} × a year`,
      maximum: 100,
    },
  };
}

export const trendSliders: readonly TrendSlider[] = [
  trendSlider('software', 'Better methods', 8),
  trendSlider('chip', 'Faster chips', 3),
  trendSlider('perDollar', 'Work for a dollar', 3),
  trendSlider('perWatt', 'Work for a watt', 3),
  trendSlider('training', 'Largest runs', 8),
  trendSlider('fleet', 'World’s computing', 8),
];

export const yearsRange: ChoiceRange = {
  label: 'Look ahead',
  steps: [1, 2, 3, 4, 5, 6, 7, 8],
  unit: 'years',
  text: (value, locale) => formatValue(value, 'years', locale),
  isWhole: true,
};

export const outlookYears: readonly number[] = yearsRange.steps;

export const shownScenarios: readonly {
  readonly name: ScenarioName;
  readonly short: string;
  readonly colour: 1 | 2 | 3;
}[] = [
  { name: 'fixed', short: 'Same model', colour: 1 },
  { name: 'frontier', short: 'Largest run', colour: 2 },
  { name: 'fleet', short: 'World', colour: 3 },
];

/** The three needs over the years, today's being 1. */
export function outlookCurves(own: OwnTrends): readonly PlotSeries[] {
  return shownScenarios.map(({ name, short, colour }) => {
    const { low, central, high } = factorPerYear(name, assumptions, own);
    const points = [0, ...outlookYears].map((x) => ({
      x,
      y: central ** x,
      low: low ** x,
      high: high ** x,
    }));
    return { name: short, colour, points };
  });
}

/** The limits on the curve of the largest run, where it would meet them; those beyond the curve are left out. */
export function limitMarks(own: OwnTrends, atMs: number): readonly PlotMark[] {
  const { central } = factorPerYear('frontier', assumptions, own);
  const last = outlookYears.at(-1) ?? 0;
  return limitNames.flatMap((name) => {
    const { value } = limitYears(name, assumptions, own, atMs);
    if (value === null || value < 0 || value > last) return [];
    return [{ key: name, x: value, y: central ** value, text: name, colour: 2, isGiven: true }];
  });
}

/** The answer to the chapter's question, for the trends as they stand. */
export function outlookTitle(own: OwnTrends, locale: string): string {
  const fixed = factorPerYear('fixed', assumptions, own).central;
  const fleet = factorPerYear('fleet', assumptions, own).central;
  const link = fixed < 1 && fleet > 1 ? 'yet' : 'and';
  const times = (factor: number) => `${formatValue(factor, '1', locale)} times as many`;
  return `With every year the same model needs ${times(fixed)} GPUs, ${link} the world has ${times(fleet)}`;
}
