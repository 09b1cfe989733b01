/** Far above every degree that a plan can use, and exact. */
const mostDegree = 1e9;

/** Why a text is no degree of parallelism or other whole number from 1 on, in one sentence; null when it is one. */
export function degreeProblem(text: string): string | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value > mostDegree) return 'Enter at most 1,000,000,000.';
  return Number.isInteger(value) && value >= 1 ? null : 'Enter a whole number, 1 or more.';
}
