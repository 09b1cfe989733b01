import { annuityYears, discountFactor, monthsOf, priceFactor } from './present-value';

/** The time over which money is added up, and what later money is worth. */
export interface MoneyTerms {
  readonly horizonYears: number;
  readonly discountRatePerYear: number;
}

/** One kind of spending over the horizon, before taxes, USD in prices of the start. */
export interface CostLine {
  readonly key: string;
  readonly label: string;
  /** paid at the start */
  readonly atStartUsd: number;
  /** paid every year in twelve parts, in prices of the first month */
  readonly perYearUsd: number;
  /** yearly change of that price */
  readonly changePerYear: number;
  /** paid in the last month; below zero for money that comes back */
  readonly atEndUsd: number;
}

/** A line that is paid once, at the start. */
export function paidAtStart(key: string, label: string, usd: number): CostLine {
  return { key, label, atStartUsd: usd, perYearUsd: 0, changePerYear: 0, atEndUsd: 0 };
}

/** A line that is paid month by month. */
export function paidMonthly(
  key: string,
  label: string,
  usdPerYear: number,
  changePerYear = 0,
): CostLine {
  return { key, label, atStartUsd: 0, perYearUsd: usdPerYear, changePerYear, atEndUsd: 0 };
}

/** A line that comes back in the last month. */
export function returnedAtEnd(key: string, label: string, usd: number): CostLine {
  return { key, label, atStartUsd: 0, perYearUsd: 0, changePerYear: 0, atEndUsd: -usd };
}

/**
 * What a line of spending is worth at the start.
 *
 *   PV = S + a(g) · Y + E · (1 + r)^(−H)
 *
 * S paid at the start [USD] · Y per year [USD] · a present value of one unit per year whose price changes by g [years] · E paid at the end [USD] ·
 * r discount rate [1/year] · H horizon [years]
 *
 * Source: net present cost, standard definition (from memory).
 */
export function presentValueOf(line: CostLine, terms: MoneyTerms): number {
  const { horizonYears, discountRatePerYear } = terms;
  const annuity =
    line.perYearUsd === 0 ? 0 : annuityYears(horizonYears, discountRatePerYear, line.changePerYear);
  const atEnd =
    line.atEndUsd === 0
      ? 0
      : line.atEndUsd * discountFactor(monthsOf(horizonYears), discountRatePerYear);
  return line.atStartUsd + annuity * line.perYearUsd + atEnd;
}

/** What several lines are worth at the start, together. */
export function presentValueOfAll(lines: readonly CostLine[], terms: MoneyTerms): number {
  return lines.reduce((sum, line) => sum + presentValueOf(line, terms), 0);
}

/** Money paid at the end of every month, month 0 the start; not discounted. */
export function monthlyFlows(lines: readonly CostLine[], horizonYears: number): number[] {
  const months = monthsOf(horizonYears);
  return Array.from({ length: months + 1 }, (_, month) =>
    lines.reduce((sum, line) => {
      if (month === 0) return sum + line.atStartUsd;
      const paid = (line.perYearUsd / 12) * priceFactor(month - 1, line.changePerYear);
      return sum + paid + (month === months ? line.atEndUsd : 0);
    }, 0),
  );
}

/** Lines of several lists with the same key added up, in the order of their first mention. */
export function merged(lists: readonly (readonly CostLine[])[]): CostLine[] {
  const byKey = new Map<string, CostLine>();
  for (const line of lists.flat()) {
    const known = byKey.get(line.key);
    byKey.set(
      line.key,
      known === undefined
        ? line
        : {
            ...known,
            atStartUsd: known.atStartUsd + line.atStartUsd,
            perYearUsd: known.perYearUsd + line.perYearUsd,
            atEndUsd: known.atEndUsd + line.atEndUsd,
          },
    );
  }
  return [...byKey.values()];
}

/** The same spending, so many times over. */
export function scaled(lines: readonly CostLine[], factor: number): CostLine[] {
  return lines.map((line) => ({
    ...line,
    atStartUsd: line.atStartUsd * factor,
    perYearUsd: line.perYearUsd * factor,
    atEndUsd: line.atEndUsd * factor,
  }));
}
