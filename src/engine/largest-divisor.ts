/** Up to its square every number is taken apart whole; of a larger one only the divisors below it and what they leave. */
const triedUpTo = 1e6;

/** The largest divisor of a whole number that is not above a limit; of numbers above 10¹² the largest that is found. */
export function largestDivisor(of: number, limit: number): number {
  let largest = 1;
  const upTo = Math.min(Math.sqrt(of), triedUpTo);
  for (let divisor = 1; divisor <= upTo; divisor += 1) {
    if (of % divisor !== 0) continue;
    if (divisor <= limit) largest = Math.max(largest, divisor);
    if (of / divisor <= limit) largest = Math.max(largest, of / divisor);
  }
  return largest;
}
