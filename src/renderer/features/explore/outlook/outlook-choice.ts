import { assumptionOf } from '@engine/catalogue/assumption';
import {
  factorPerYear,
  trendKeys,
  type OwnTrends,
  type ScenarioName,
  type TrendName,
} from '@engine/outlook/scenarios';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import type { PlotSeries } from '../../../report/chart/plot';

const { assumptions } = bundledCatalogue;

export function catalogueTrend(name: TrendName): number {
  return assumptionOf(assumptions, trendKeys[name]).value;
}

interface TrendSlider {
  readonly name: TrendName;
  readonly label: string;
  readonly steps: readonly number[];
}

/** Factors from 1 to a largest, a tenth apart up to 2 and a half from there; the catalogue's own value among them. */
function stepsTo(name: TrendName, largest: number): readonly number[] {
  const fine = Array.from({ length: 11 }, (_, step) => 1 + step / 10);
  const coarse = Array.from({ length: 2 * (largest - 2) }, (_, step) => 2.5 + step / 2);
  const all = new Set([...fine, ...coarse, catalogueTrend(name)]);
  return [...all].filter((step) => step <= largest).toSorted((first, second) => first - second);
}

export const trendSliders: readonly TrendSlider[] = [
  { name: 'software', label: 'Better methods', steps: stepsTo('software', 8) },
  { name: 'chip', label: 'Faster chips', steps: stepsTo('chip', 3) },
  { name: 'training', label: 'Largest runs', steps: stepsTo('training', 8) },
  { name: 'fleet', label: 'World’s computing', steps: stepsTo('fleet', 8) },
];

export const outlookYears: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

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

/** The answer to the chapter's question, for the trends as they stand. */
export function outlookTitle(own: OwnTrends, locale: string): string {
  const fixed = factorPerYear('fixed', assumptions, own).central;
  const fleet = factorPerYear('fleet', assumptions, own).central;
  const link = fixed < 1 && fleet > 1 ? 'yet' : 'and';
  const times = (factor: number) => `${formatValue(factor, '1', locale)} times as many`;
  return `With every year the same model needs ${times(fixed)} GPUs, ${link} the world has ${times(fleet)}`;
}
