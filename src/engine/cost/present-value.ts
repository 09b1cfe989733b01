/**
 * Present value of spending one unit per year, paid in twelve parts at the end of every month.
 *
 *   a = Σ_{k=1..12·H} (1 / 12) · (1 + r)^(−k / 12)
 *
 * H horizon [years] · r discount rate [1/year]; a [years] is H when r = 0
 *
 * Leaves out: inflation, taxes.
 * Source: present value of an ordinary annuity, standard definition (from memory).
 */
export function annuityYears(horizonYears: number, discountRatePerYear: number): number {
  let sum = 0;
  for (let month = 1; month <= monthsOf(horizonYears); month += 1) {
    sum += discountFactor(month, discountRatePerYear) / 12;
  }
  return sum;
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

/** Whole months of a horizon, at least one. */
export function monthsOf(horizonYears: number): number {
  return Math.max(1, Math.round(horizonYears * 12));
}
