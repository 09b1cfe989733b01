import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { factInput, figure, figureInput } from '../explain';
import type { Figure, FigureInput } from '../report';
import type { Band } from './meter';

/** What drives the outlook: factors per year, each above zero. */
export type TrendName =
  'software' | 'chip' | 'runLength' | 'training' | 'fleet' | 'perWatt' | 'perDollar';

export const trendKeys: Readonly<Record<TrendName, string>> = {
  software: 'outlook.softwareEfficiency',
  chip: 'outlook.chipGrowth',
  runLength: 'outlook.runLength',
  training: 'outlook.trainingCompute',
  fleet: 'outlook.stockGrowth',
  perWatt: 'outlook.performancePerWatt',
  perDollar: 'outlook.performancePerDollar',
};

/** Trends that the reader replaced; the catalogue's, with their ranges, for all others. */
export type OwnTrends = Readonly<Partial<Record<TrendName, number>>>;

export type ScenarioName = 'sameWork' | 'fixed' | 'frontier' | 'fleet' | 'power' | 'spending';

interface Scenario {
  readonly label: string;
  /** raises the need */
  readonly over: TrendName | null;
  /** lower it */
  readonly by: readonly TrendName[];
  readonly formula: string;
  readonly leavesOut: string;
}

const symbols: Readonly<Record<TrendName, string>> = {
  software: 'e',
  chip: 'c',
  runLength: 'r',
  training: 'T',
  fleet: 'S',
  perWatt: 'w',
  perDollar: 'd',
};

const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  sameWork: {
    label: 'GPUs for the same work',
    over: null,
    by: ['chip'],
    formula: 'f = 1 / c',
    leavesOut: 'better methods, which need fewer still; whole devices',
  },
  fixed: {
    label: 'GPUs for the same model as today',
    over: null,
    by: ['software', 'chip'],
    formula: 'f = 1 / (e · c)',
    leavesOut: 'a floor: a model needs at least one device that holds it',
  },
  frontier: {
    label: 'GPUs for the largest training run',
    over: 'training',
    by: ['chip', 'runLength'],
    formula: 'f = T / (c · r)',
    leavesOut: 'changes of number format and utilisation; runs cannot grow longer for ever',
  },
  fleet: {
    label: 'AI accelerators in the world',
    over: 'fleet',
    by: ['chip'],
    formula: 'f = S / c',
    leavesOut: 'retired devices; what is built but stands idle',
  },
  power: {
    label: 'Power of AI in the world',
    over: 'fleet',
    by: ['perWatt'],
    formula: 'f = S / w',
    leavesOut: 'cooling and conversion, which are taken to stay in proportion',
  },
  spending: {
    label: 'Spending on AI accelerators in the world',
    over: 'fleet',
    by: ['perDollar'],
    formula: 'f = S / d',
    leavesOut: 'prices that rise with scarcity; buildings, network and power',
  },
};

/** A trend's value with its range; what the reader put in has none. */
export function trendBand(assumptions: Assumptions, name: TrendName, own: OwnTrends): Band<number> {
  const fact = assumptionOf(assumptions, trendKeys[name]);
  const central = own[name] ?? fact.value;
  if (own[name] !== undefined) return { low: central, central, high: central };
  return { low: fact.low ?? central, central, high: fact.high ?? central };
}

/**
 * Factor per year by which a need grows (above 1) or falls (below 1).
 *
 *   f = growth of the work / product of what lowers the need for it
 *
 * The low case takes the lowest growth and the fastest relief, the high case the reverse: the widest range that the
 * sources allow, not an interval of probability.
 *
 * Leaves out: that trends bend, and that they depend on one another.
 * Source: definition; the trends are in the catalogue.
 */
export function factorPerYear(
  scenario: ScenarioName,
  assumptions: Assumptions,
  own: OwnTrends,
): Band<number> {
  const { over, by } = scenarios[scenario];
  const work = over === null ? null : trendBand(assumptions, over, own);
  const relief = by.map((name) => trendBand(assumptions, name, own));
  const product = (end: keyof Band<number>) => relief.reduce((all, band) => all * band[end], 1);
  return {
    low: (work?.low ?? 1) / product('high'),
    central: (work?.central ?? 1) / product('central'),
    high: (work?.high ?? 1) / product('low'),
  };
}

/** A trend put in for its symbol: with its source where it is the catalogue's, else as the reader's own. */
export function trendInput(assumptions: Assumptions, name: TrendName, own: OwnTrends): FigureInput {
  const fact = assumptionOf(assumptions, trendKeys[name]);
  const input = factInput(symbols[name], fact.label, fact);
  const value = own[name];
  return value === undefined ? input : { ...input, value, sources: [], from: 'reader' };
}

/** The factor per year of a scenario, and what it has come to after a number of years. */
export function scenarioFigures(
  scenario: ScenarioName,
  assumptions: Assumptions,
  own: OwnTrends,
  years: number,
): { readonly perYear: Figure; readonly after: Figure } {
  const { label, formula, leavesOut, over, by } = scenarios[scenario];
  const { low, central, high } = factorPerYear(scenario, assumptions, own);
  const inputs = [...(over === null ? [] : [over]), ...by].map((name) =>
    trendInput(assumptions, name, own),
  );
  const perYear = figure({
    key: `outlook.${scenario}.perYear`,
    label: `${label}, per year`,
    value: central,
    low,
    high,
    unit: '×',
    formula,
    inputs,
    leavesOut,
  });
  return {
    perYear,
    after: figure({
      key: `outlook.${scenario}.after`,
      label,
      value: central ** years,
      // Years that lie behind turn the ends of the range round.
      low: Math.min(low ** years, high ** years),
      high: Math.max(low ** years, high ** years),
      unit: '×',
      formula: 'F = f^t',
      inputs: [
        figureInput('f', perYear),
        {
          symbol: 't',
          label: 'Years from now',
          value: years,
          unit: '1',
          sources: [],
          from: 'reader',
        },
      ],
      leavesOut,
    }),
  };
}
