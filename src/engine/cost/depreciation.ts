/** What a purchase is worth in the books at the end of a year. */
export interface BookValue {
  readonly year: number;
  readonly depreciationUsd: number;
  readonly valueUsd: number;
}

/**
 * Straight-line depreciation over a life.
 *
 *   d = (C − R · C) / L        book value after year k: C − k · d, never below R · C
 *
 * C purchase [USD] · R share left at the end of the life [1] · L life [years]
 *
 * Leaves out: the rules of a country's tax law; losses of value that are booked early.
 * Source: straight-line method, standard definition (from memory).
 */
export function depreciationPerYear(
  purchaseUsd: number,
  residualFraction: number,
  lifeYears: number,
): number {
  return (purchaseUsd * (1 - residualFraction)) / lifeYears;
}

/** The books year by year until the end of the life; the last year may be a part of one. None for a life that does not end or begin. */
export function bookValues(
  purchaseUsd: number,
  residualFraction: number,
  lifeYears: number,
): BookValue[] {
  if (!(lifeYears > 0) || !Number.isFinite(lifeYears)) return [];
  const perYear = depreciationPerYear(purchaseUsd, residualFraction, lifeYears);
  const floor = purchaseUsd * residualFraction;
  return Array.from({ length: Math.ceil(lifeYears) }, (_, index) => {
    const before = Math.max(floor, purchaseUsd - index * perYear);
    const valueUsd = Math.max(floor, purchaseUsd - (index + 1) * perYear);
    return { year: index + 1, depreciationUsd: before - valueUsd, valueUsd };
  });
}
