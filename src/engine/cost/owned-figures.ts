import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { FigureInput, Part } from '../report';
import { bookValues, depreciationPerYear } from './depreciation';
import { merged, presentValueOf, type CostLine } from './cost-line';
import { termsOf } from './options';
import { capitalOf, type CapitalPart } from './capital';
import { ranged, type CostedPlan } from './totals';
import { annuityYears } from './present-value';
import type { PriceEnd } from './price-range';

/** What no total holds. */
export const notInTotals = 'taxes and duties, financing beyond the discount rate';

export const rangeNote =
  'The range puts every price at its low or at its high end together, which is an outer bound.';

/** Capital of every cluster by category, with prices at one end. */
function capitalAt({ priced }: CostedPlan, end: PriceEnd): CapitalPart[] {
  const plan = priced[end];
  const parts = plan.clusters.flatMap((entry) => capitalOf(entry, plan.costs));
  const byKey = new Map<string, CapitalPart>();
  for (const part of parts) {
    const known = byKey.get(part.key);
    byKey.set(part.key, known ? { ...part, usd: known.usd + part.usd } : part);
  }
  return [...byKey.values()];
}

function sumOf(parts: readonly CapitalPart[]): number {
  return parts.reduce((sum, { usd }) => sum + usd, 0);
}

/** Sum of what is paid every year, prices of the first year. */
function perYear(lines: readonly CostLine[]): number {
  return lines.reduce((sum, line) => sum + line.perYearUsd, 0);
}

/** The figures of owning in a colocation site: capital, yearly cost, total, depreciation. */
export function ownedFigures(cost: CostedPlan, unavailable: string | null) {
  const { costs } = cost.priced.value;
  const known = (value: number): number | null => (unavailable === null ? value : null);
  const why = unavailable === null ? {} : { unavailable };
  const lines = merged([cost.lines.buy]);
  const parts = capitalAt(cost, 'value');
  const capital = ranged((end) => sumOf(capitalAt(cost, end)));
  const capitalUsd = figure({
    ...why,
    key: 'cost.capitalUsd',
    label: 'Capital',
    value: known(capital.value),
    low: capital.low,
    high: capital.high,
    unit: 'USD',
    formula: 'C = Σ cᵢ',
    inputs: parts.map((part, index) =>
      derivedInput(
        `c${String(index + 1)}`,
        part.label,
        part.usd,
        'USD',
        part.isShare ? 'a flat share of the servers: no priced network' : 'the bill of materials',
      ),
    ),
    leavesOut: `lines of the bill without a price; ${notInTotals}`,
  });
  const yearly = lines.filter(({ perYearUsd, key }) => perYearUsd !== 0 || key === 'electricity');
  const operatingUsdPerYear = figure({
    ...why,
    key: 'cost.operatingUsdPerYear',
    label: 'Operating cost per year',
    value: known(perYear(lines)),
    unit: 'USD',
    formula: `O = ${yearly.map(({ key }) => key).join(' + ')}`,
    inputs: yearly.map(({ key, label, perYearUsd }) =>
      derivedInput(key, label, perYearUsd, 'USD', 'cost'),
    ),
    leavesOut: `${notInTotals}; the change of prices after the first year`,
  });
  const life = costs.depreciationYears ?? costs.horizonYears;
  const residual = costs.residualFraction.value;
  const depreciationUsdPerYear = figure({
    ...why,
    key: 'cost.depreciationUsdPerYear',
    label: 'Depreciation per year, straight line',
    value: known(depreciationPerYear(capital.value, residual, life.value)),
    unit: 'USD',
    formula: 'd = C · (1 − R) / L',
    inputs: [
      figureInput('C', capitalUsd),
      planInput('R', 'Value left at the end', costs.residualFraction, 'fraction'),
      planInput('L', 'Life in the books', life, 'years'),
    ],
    leavesOut: 'tax law; losses of value that are booked early',
  });
  return {
    capitalUsd,
    operatingUsdPerYear,
    depreciationUsdPerYear,
    capitalParts:
      unavailable === null
        ? parts.map(({ key, label, usd }): Part => ({ key, label, value: usd, unit: 'USD' }))
        : [],
    bookValues: unavailable === null ? bookValues(capital.value, residual, life.value) : [],
  };
}

/** Lines of spending as parts of a total. */
export function presentParts(cost: CostedPlan, lines: readonly CostLine[]): Part[] {
  const terms = termsOf(cost.priced.value);
  return lines.map((line) => ({
    key: line.key,
    label: line.label,
    value: presentValueOf(line, terms),
    unit: 'USD',
  }));
}

/** The present value of one unit a year, put in for a symbol. */
export function annuityInput(cost: CostedPlan): FigureInput {
  const { horizonYears, discountRatePerYear } = termsOf(cost.priced.value);
  return derivedInput(
    'a',
    'Present value of one unit per year',
    annuityYears(horizonYears, discountRatePerYear),
    'years',
    'cost',
  );
}
