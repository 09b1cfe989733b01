import type { Part } from '../report';
import { withoutRounding } from './attribution';

/** Something that differs between two cases and can be switched on its own. */
export interface Factor {
  readonly key: string;
  readonly label: string;
}

/** More factors would need more than 256 results. */
const mostFactors = 8;

/**
 * Shares of the factors in the difference between two cases: what each changes, averaged over every order in which the factors could be
 * switched from the first case to the second.
 *
 *   φ_i = Σ_{S ⊆ N∖{i}} |S|! · (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S))
 *
 * N the n factors · v(S) result with the factors of S as in the second case and the others as in the first
 *
 * The shares add up to v(N) − v(∅) exactly; what rounding leaves goes to the largest.
 * Source: Shapley 1953, A value for n-person games (from memory).
 */
export function shapleyShares(
  factors: readonly Factor[],
  unit: string,
  resultWith: (switched: ReadonlySet<string>) => number,
): Part[] {
  const count = factors.length;
  if (count > mostFactors)
    throw new RangeError(`At most ${mostFactors} factors can be told apart.`);
  const results = Array.from({ length: 2 ** count }, (_, mask) =>
    resultWith(
      new Set(factors.filter((__, index) => (mask >> index) % 2 === 1).map(({ key }) => key)),
    ),
  );
  const at = (mask: number): number => results[mask] ?? Number.NaN;
  const shares = factors.map((factor, index) => {
    const bit = 2 ** index;
    const value = results.reduce(
      (sum, result, mask) =>
        (mask >> index) % 2 === 1
          ? sum
          : sum + weight(sizeOf(mask), count) * (at(mask + bit) - result),
      0,
    );
    return { ...factor, value, unit };
  });
  return withoutRounding(shares, at(results.length - 1) - at(0));
}

/** Share of all orders in which exactly those factors come before the next. */
function weight(size: number, count: number): number {
  return (factorial(size) * factorial(count - size - 1)) / factorial(count);
}

function factorial(of: number): number {
  return of <= 1 ? 1 : of * factorial(of - 1);
}

function sizeOf(mask: number): number {
  return mask === 0 ? 0 : (mask % 2) + sizeOf(mask >> 1);
}
