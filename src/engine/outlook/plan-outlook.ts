import type { Assumptions } from '../catalogue/types';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Plan, Quantity, Timeline } from '../plan';
import type { Figure, Report } from '../report';
import type { Band } from './meter';
import {
  factorPerYear,
  scenarioFigures,
  trendBand,
  trendInput,
  type OwnTrends,
  type ScenarioName,
  type TrendName,
} from './scenarios';

/** What the trends make of a plan's accelerators in one later year. */
export interface OutlookYear {
  readonly year: number;
  /** of that year's kind, for the work of today */
  readonly sameWork: Figure;
  /** of that year's kind, for work that grows as the world's does */
  readonly growingWork: Figure;
}

export interface PlanOutlook {
  readonly years: readonly OutlookYear[];
  readonly refreshYears: Figure;
}

/** Years for which a plan's outlook is told. */
export const toldYears: readonly number[] = [1, 2, 3, 4, 5, 6];

/** Beyond this a refresh is no plan. */
const longestYears = 30;

interface Owned {
  readonly capital: number;
  readonly operating: number;
  readonly life: number;
}

/**
 * Years after which new accelerators for the same work cost less than keeping the present ones.
 *
 *   K / (d^t · L) + O / w^t = O
 *
 * K purchase of the present ones [USD] · O cost of running them for a year [USD] · L life over which a purchase is written off
 * [years] · d, w growth of what a dollar and a watt do [1/year] · t years. Null where that never comes within thirty years.
 *
 * Leaves out: what the present ones still sell for; work that needs the new ones' memory or speed; the effort of the change.
 * Source: equivalent annual cost, the rule for replacing what still works (from memory).
 */
export function refreshAfter(owned: Owned, perDollar: number, perWatt: number): number | null {
  const { capital, operating, life } = owned;
  const gap = (years: number): number =>
    capital / (perDollar ** years * life) + operating / perWatt ** years - operating;
  if (!(capital > 0 && operating > 0 && life > 0) || gap(longestYears) > 0) return null;
  let [early, late] = [0, longestYears];
  for (let round = 0; round < 60; round += 1) {
    const middle = (early + late) / 2;
    if (gap(middle) > 0) early = middle;
    else late = middle;
  }
  return late;
}

const timelineTrends = {
  chip: 'chipPerYear',
  perDollar: 'perDollarPerYear',
  perWatt: 'perWattPerYear',
  fleet: 'fleetPerYear',
} as const satisfies Partial<Record<TrendName, keyof Timeline>>;

/** The trends that a plan sets itself. */
export function trendsOf({ timeline }: Plan): OwnTrends {
  const names = Object.keys(timelineTrends) as (keyof typeof timelineTrends)[];
  const own = names.flatMap((name) => {
    const quantity = timeline?.[timelineTrends[name]] ?? null;
    return quantity === null ? [] : [[name, quantity.value] as const];
  });
  return Object.fromEntries(own);
}

/** The plan with trends of the reader's own; those that no plan follows, such as better methods, are left behind. */
export function withTrends(plan: Plan, own: OwnTrends): Plan {
  const names = Object.keys(timelineTrends) as (keyof typeof timelineTrends)[];
  const set = names.flatMap((name): [string, Quantity][] => {
    const value = own[name];
    return value === undefined ? [] : [[timelineTrends[name], { value, origin: 'yours' }]];
  });
  if (set.length === 0) return plan;
  return { ...plan, timeline: { ...plan.timeline, ...Object.fromEntries(set) } };
}

/** The outlook of a plan: the trends of the explorable, or its own, on its accelerators and costs. Null without accelerators. */
export function planOutlook(
  plan: Plan,
  report: Report,
  assumptions: Assumptions,
): PlanOutlook | null {
  const own = trendsOf(plan);
  const accelerators = report.clusters.reduce(
    (sum, cluster) => sum + (cluster.accelerators.value ?? 0),
    0,
  );
  if (accelerators === 0) return null;
  return {
    years: toldYears.map((year) => ({
      year,
      sameWork: needFigure('sameWork', accelerators, year, assumptions, own),
      growingWork: needFigure('fleet', accelerators, year, assumptions, own),
    })),
    refreshYears: refreshFigure(plan, report, assumptions, own),
  };
}

const needLabels: Readonly<Partial<Record<ScenarioName, string>>> = {
  sameWork: 'GPUs for the same work',
  fleet: 'GPUs where work grows as the world’s does',
};

function needFigure(
  scenario: 'sameWork' | 'fleet',
  accelerators: number,
  year: number,
  assumptions: Assumptions,
  own: OwnTrends,
): Figure {
  const factor = factorPerYear(scenario, assumptions, own);
  const { perYear } = scenarioFigures(scenario, assumptions, own, year);
  const need = (perYearFactor: number) => roundedUp(accelerators * perYearFactor ** year);
  return figure({
    key: `outlook.plan.${scenario}.${year}`,
    label: `${needLabels[scenario] ?? scenario}, year ${year}`,
    value: need(factor.central),
    low: need(factor.low),
    high: need(factor.high),
    unit: 'GPUs',
    formula: 'G(t) = ⌈G · f^t⌉, of 100,000 and more up to the third digit',
    inputs: [
      planInput('G', 'Accelerators of the plan', accelerators, '1'),
      figureInput('f', perYear),
      planInput('t', 'Years from now', year, 'years'),
    ],
    leavesOut: perYear.leavesOut,
  });
}

/** Devices above which a trend knows no more than three digits of their number. */
const manyDevices = 1e5;

/** Devices that are foretold: one at least, none in part, and of very many no more digits than a trend has. */
function roundedUp(devices: number): number {
  const step = devices < manyDevices ? 1 : 10 ** (Math.floor(Math.log10(devices)) - 2);
  return Math.max(1, step * Math.ceil(devices / step));
}

function refreshFigure(
  plan: Plan,
  report: Report,
  assumptions: Assumptions,
  own: OwnTrends,
): Figure {
  const { capitalUsd, operatingUsdPerYear } = report.cost;
  const life = plan.costs.depreciationYears ?? plan.costs.horizonYears;
  const owned = {
    capital: capitalUsd.value ?? Number.NaN,
    operating: operatingUsdPerYear.value ?? Number.NaN,
    life: life.value,
  };
  const [dollar, watt] = [
    trendBand(assumptions, 'perDollar', own),
    trendBand(assumptions, 'perWatt', own),
  ];
  const after = (end: keyof Band<number>) => refreshAfter(owned, dollar[end], watt[end]);
  const missing = capitalUsd.unavailable ?? operatingUsdPerYear.unavailable;
  return figure({
    key: 'outlook.plan.refresh',
    label: 'New accelerators cost less than keeping these after',
    value: after('central'),
    ...optional('low', after('high')),
    ...optional('high', after('low')),
    unit: 'years',
    formula: 'K / (d^t · L) + O / w^t = O',
    inputs: [
      figureInput('K', capitalUsd),
      figureInput('O', operatingUsdPerYear),
      planInput('L', 'Life over which a purchase is written off', life, 'years'),
      trendInput(assumptions, 'perDollar', own),
      trendInput(assumptions, 'perWatt', own),
      derivedInput('t', 'Solved for', after('central') ?? Number.NaN, 'years', 'outlook'),
    ],
    leavesOut:
      'What the present ones still sell for; work that needs the memory or speed of new ones; the effort of the change.',
    unavailable: missing ?? 'At these trends keeping the present ones stays cheaper for 30 years.',
  });
}

function optional(key: 'low' | 'high', value: number | null) {
  return value === null ? {} : { [key]: value };
}

/** Every figure of an outlook, for the methods and the sources of a report. */
export function outlookFigures(outlook: PlanOutlook | null): readonly Figure[] {
  if (outlook === null) return [];
  const { years, refreshYears } = outlook;
  return [refreshYears, ...years.flatMap(({ sameWork, growingWork }) => [sameWork, growingWork])];
}
