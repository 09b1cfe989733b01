import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { CashPoint, Figure } from '../report';
import { breakEvenMonth } from './cash-flow';
import { monthlyFlows } from './cost-line';
import { internalRateOfReturn, paybackMonth, signChanges } from './investment';
import { termsOf } from './options';
import { annuityInput, notInTotals } from './owned-figures';
import type { CostedPlan } from './totals';

/** Owning beside renting: when and whether it pays, and what it earns as an investment. */
export function comparisonFigures(
  cost: CostedPlan,
  points: readonly CashPoint[],
  totals: { readonly rent: Figure; readonly buy: Figure },
  missing: string | null,
) {
  const { costs } = cost.priced.value;
  const known = (value: number | null): number | null => (missing === null ? value : null);
  const terms = termsOf(cost.priced.value);
  const owned = monthlyFlows(cost.lines.buy, terms.horizonYears);
  const rented = monthlyFlows(cost.lines.rent, terms.horizonYears);
  const flows = rented.map((rent, month) => rent - (owned[month] ?? 0));
  const { split } = cost;
  const rate = planInput('r', 'Discount rate', costs.discountRatePerYear, 'fraction');
  const horizon = planInput('H', 'Horizon', costs.horizonYears, 'years');
  const invested = derivedInput('f0', 'Bought at the start', flows[0] ?? 0, 'USD', 'cost');
  return {
    breakEvenUtilisation: figure({
      key: 'cost.breakEvenUtilisation',
      label: 'Break-even utilisation',
      value: known(cost.breakEven),
      unit: 'fraction',
      formula: 'u* = max(0, F − K) / (D − V)',
      inputs: [
        derivedInput('F', 'Owning at no use', split.ownedFixed, 'USD', 'cost'),
        derivedInput('K', 'Rent that is paid at no use', split.rentedFixed, 'USD', 'cost'),
        derivedInput('D', 'Further rent at full use', split.rentedVariable, 'USD', 'cost'),
        derivedInput('V', 'Electricity at full use', split.ownedVariable, 'USD', 'cost'),
      ],
      leavesOut: notInTotals,
      unavailable: missing ?? 'Renting costs less than owning even at full use.',
    }),
    breakEvenMonth: figure({
      key: 'cost.breakEvenMonth',
      label: 'Break-even month',
      value: known(breakEvenMonth(points)),
      unit: 'month',
      formula: 'first month with cumulative owning ≤ cumulative renting, both discounted',
      inputs: [horizon, rate, annuityInput(cost)],
      leavesOut: `${notInTotals}; resale before the end of the horizon`,
      unavailable: missing ?? 'Owning does not catch up with renting within the horizon.',
    }),
    netPresentValueUsd: figure({
      key: 'cost.netPresentValueUsd',
      label: 'Net present value of buying instead of renting',
      value: known(cost.totals.rent.value - cost.totals.buy.value),
      unit: 'USD',
      formula: 'NPV = D − B',
      inputs: [figureInput('D', totals.rent), figureInput('B', totals.buy)],
      leavesOut: notInTotals,
      ...(missing === null ? {} : { unavailable: missing }),
    }),
    internalRateOfReturn: figure({
      key: 'cost.internalRateOfReturn',
      label: 'Internal rate of return of buying instead of renting',
      value: known(internalRateOfReturn(flows)),
      unit: 'fraction',
      formula:
        'rate per year at which the net present value of f0 and the monthly savings is nothing',
      inputs: [invested, horizon],
      leavesOut: notInTotals,
      unavailable: missing ?? whyNoRate(flows),
    }),
    paybackMonth: figure({
      key: 'cost.paybackMonth',
      label: 'Payback',
      value: known(paybackMonth(flows)),
      unit: 'month',
      formula: 'first month in which the rent that is saved has paid for f0, not discounted',
      inputs: [invested, horizon],
      leavesOut: `${notInTotals}; the discount rate`,
      unavailable: missing ?? 'The purchase is not paid back within the horizon.',
    }),
  };
}

function whyNoRate(flows: readonly number[]): string {
  const changes = signChanges(flows);
  if (changes === 0) {
    return 'No rate exists: the yearly amounts never change from loss to gain.';
  }
  return changes > 1
    ? 'No single rate exists: the amounts change between loss and gain more than once.'
    : 'No rate exists between −99 % and 100,000 % a year.';
}
