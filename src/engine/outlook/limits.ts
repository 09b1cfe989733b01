import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { derivedInput, factInput, figure } from '../explain';
import type { Figure } from '../report';
import { MS_PER_YEAR } from './fleet';
import { trendBand, trendInput, type OwnTrends } from './scenarios';

/** What may end the growth of the largest runs. */
export type LimitName = 'power' | 'chips' | 'data' | 'latency';

export const limitKeys: Readonly<Record<LimitName, string>> = {
  power: 'outlook.limit.power',
  chips: 'outlook.limit.chips',
  data: 'outlook.limit.data',
  latency: 'outlook.limit.latency',
};

export const limitNames = Object.keys(limitKeys) as readonly LimitName[];

const largestRunKey = 'outlook.largestRun';
const largestRunDayKey = 'outlook.largestRunDay';

/**
 * Years from a moment until the largest training run meets a limit, where it grows on as it has; negative once it has.
 *
 *   t = ln(L / C₀) / ln(T) − a
 *
 * L computing at which the limit binds [FLOP] · C₀ computing of the largest run known [FLOP] · T growth [1/year] · a years since
 * that run [years]. The low case takes the highest growth.
 *
 * Leaves out: that limits move, and that growth slows down before it meets them.
 * Source: definition of exponential growth; the limits are in the catalogue.
 */
export function limitYears(
  name: LimitName,
  assumptions: Assumptions,
  own: OwnTrends,
  atMs: number,
): Figure {
  const limit = assumptionOf(assumptions, limitKeys[name]);
  const largest = assumptionOf(assumptions, largestRunKey);
  const day = assumptionOf(assumptions, largestRunDayKey);
  const age = (atMs - day.value * 86_400e3) / MS_PER_YEAR;
  const growth = trendBand(assumptions, 'training', own);
  const years = (perYear: number) =>
    Math.log(limit.value / largest.value) / Math.log(perYear) - age;
  return figure({
    key: `outlook.limit.${name}.years`,
    label: `Until ${nouns[name]} may stop the largest runs`,
    value: years(growth.central),
    low: years(growth.high),
    high: years(growth.low),
    unit: 'years',
    formula: 't = ln(L / C₀) / ln(T) − a',
    inputs: [
      factInput('L', limit.label, limit),
      factInput('C₀', largest.label, largest),
      trendInput(assumptions, 'training', own),
      derivedInput('a', 'Since that run', age, 'years', 'clock', [day.source]),
    ],
    leavesOut: 'that limits move, and that growth slows down before it meets them',
    unavailable: 'At this growth the largest run never meets the limit.',
  });
}

const nouns: Readonly<Record<LimitName, string>> = {
  power: 'power',
  chips: 'the making of chips',
  data: 'the amount of text',
  latency: 'the time that signals take',
};
