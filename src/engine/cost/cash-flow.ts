import type { Acquisition } from '../plan';
import type { CashPoint } from '../report';
import { monthlyFlows, type CostLine, type MoneyTerms } from './cost-line';
import { discountFactor } from './present-value';

/** Cumulative discounted spend at the end of every month, in every way; month 0 is the start. */
export function cashFlow(
  lines: Readonly<Record<Acquisition, readonly CostLine[]>>,
  terms: MoneyTerms,
): CashPoint[] {
  const cumulative = (kind: Acquisition): number[] => {
    let sum = 0;
    return monthlyFlows(lines[kind], terms.horizonYears).map((flow, month) => {
      sum += flow * discountFactor(month, terms.discountRatePerYear);
      return sum;
    });
  };
  const [rent, buy, build, hybrid] = [
    cumulative('rent'),
    cumulative('buy'),
    cumulative('build'),
    cumulative('hybrid'),
  ];
  return rent.map((rentUsd, month) => ({
    month,
    rentUsd,
    buyUsd: buy[month] ?? 0,
    buildUsd: build[month] ?? 0,
    hybridUsd: hybrid[month] ?? 0,
  }));
}

/** First month at whose end owning has cost no more than renting; null when there is none within the horizon. */
export function breakEvenMonth(
  points: readonly Pick<CashPoint, 'month' | 'rentUsd' | 'buyUsd'>[],
): number | null {
  return points.find(({ month, rentUsd, buyUsd }) => month > 0 && buyUsd <= rentUsd)?.month ?? null;
}
