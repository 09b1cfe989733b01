import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import type { Figure } from '@engine/report';
import {
  figuresIn,
  joined,
  quantity,
  reportOf,
  templatePlan,
  templateRows,
  withClusters,
  withCosts,
  withTraining,
} from '../../fixtures/engine-fixture';
import { recompute, UnreadableFormula } from './formula';

/** How a figure is recomputed; null when its formula is prose, which prose-figures.test.ts reads by its meaning. */
function recomputed(figure: Figure): ReturnType<typeof recompute> | null {
  try {
    return recompute(figure);
  } catch (error) {
    if (error instanceof UnreadableFormula) return null;
    throw error;
  }
}

function isComputable(figure: Figure): boolean {
  return figure.value !== null && recomputed(figure) !== null;
}

/** How far the printed formula is from the printed value, as a share of the value. */
function disagreement(figure: Figure): number {
  const { asPrinted, inBaseUnits } = recomputed(figure) ?? { asPrinted: NaN, inBaseUnits: NaN };
  const value = figure.value ?? Number.NaN;
  const error = (computed: number): number => Math.abs(computed - value) / (Math.abs(value) || 1);
  return Math.min(error(asPrinted), error(inBaseUnits));
}

const lab = templatePlan('lab-node-8-h100');
const fleet = templatePlan('chat-fleet-h200');

const variants: readonly (readonly [string, Plan])[] = [
  ...templateRows,
  ['two sites', joined(templatePlan('llama-3-405b'), fleet)],
  ['a training cluster beside a CPU node', joined(lab, templatePlan('cpu-only-baseline'))],
  ['a bought plan', withCosts(fleet, { acquisition: 'buy' })],
  ['a plan without discounting', withCosts(lab, { discountRatePerYear: quantity(0) })],
  ['a free plan', withClusters(fleet, { rentUsdPerAcceleratorHour: quantity(0) })],
  ['a measured step', withTraining(lab, { measuredStepSeconds: quantity(7) })],
  ['nodes that do not fit the layout', withClusters(lab, { nodes: quantity(3) })],
  ['a plan without clusters', { ...lab, clusters: [], workloads: [] }],
];

describe.each(variants)('the explanations of %s', (_name, plan) => {
  const figures = figuresIn(reportOf(plan));

  it('give the printed value when the inputs are put into the printed formula', () => {
    const wrong = figures
      .filter(isComputable)
      .filter((figure) => disagreement(figure) > 1e-9)
      .map((figure) => `${figure.key}: ${figure.formula}`);
    expect(wrong).toEqual([]);
  });

  it('use every symbol once, so that a value cannot be put in twice', () => {
    const repeated = figures
      .filter(({ inputs }) => new Set(inputs.map((input) => input.symbol)).size < inputs.length)
      .map(({ key }) => key);
    expect(repeated).toEqual([]);
  });

  it('cover most figures by computation, not by prose', () => {
    const known = figures.filter((figure) => figure.value !== null);
    const computed = known.filter(isComputable);
    expect(computed.length / Math.max(1, known.length)).toBeGreaterThan(0.8);
  });
});
