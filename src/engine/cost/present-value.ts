/**
 * Present value of spending one unit per year, paid in twelve parts at the end of every month.
 *
 *   a = Σ_{k=1..12·H} (1 / 12) · (1 + r)^(−k / 12) · (1 + g)^((k − 1) / 12)
 *
 * H horizon [years] · r discount rate [1/year] · g yearly change of the price [1/year]; a [years] is H when r = g = 0
 *
 * Leaves out: inflation, taxes.
 * Source: present value of a growing annuity, standard definition (from memory).
 */
export function annuityYears(
  horizonYears: number,
  discountRatePerYear: number,
  changePerYear = 0,
): number {
  const months = monthsOf(horizonYears);
  // A geometric series: the first payment, and the logarithm of the ratio from one payment to the next.
  const first = discountFactor(1, discountRatePerYear) / 12;
  const ratio = (Math.log1p(changePerYear) - Math.log1p(discountRatePerYear)) / 12;
  return first * (ratio === 0 ? months : Math.expm1(months * ratio) / Math.expm1(ratio));
}

/**
 * Present value of one unit paid at the end of a month: (1 + r)^(−k / 12).
 *
 * k month [1] · r discount rate [1/year]
 *
 * Source: standard definition (from memory).
 */
export function discountFactor(month: number, discountRatePerYear: number): number {
  return (1 + discountRatePerYear) ** (-month / 12);
}

/**
 * Price after some months as a multiple of today's: (1 + g)^(k / 12).
 *
 * k months [1] · g yearly change [1/year]; below zero for prices that fall
 *
 * Source: definition.
 */
export function priceFactor(months: number, changePerYear: number): number {
  return changePerYear === 0 ? 1 : (1 + changePerYear) ** (months / 12);
}

/** Whole months of a horizon, at least one. */
export function monthsOf(horizonYears: number): number {
  return Math.max(1, Math.round(horizonYears * 12));
}
