import type { Part } from '../report';

/** The difference between two lists of parts, part by part; it adds up to the difference of the totals exactly. */
export function partDifferences(from: readonly Part[], to: readonly Part[]): Part[] {
  const labels = new Map([...from, ...to].map((part) => [part.key, part]));
  const valueIn = (parts: readonly Part[], key: string): number =>
    parts.find((part) => part.key === key)?.value ?? 0;
  const differences = [...labels.values()].map((part) => ({
    ...part,
    value: valueIn(to, part.key) - valueIn(from, part.key),
  }));
  const total = (parts: readonly Part[]): number =>
    parts.reduce((sum, { value }) => sum + value, 0);
  return withoutRounding(differences, total(to) - total(from));
}

/** The parts with what rounding left over given to the largest. */
export function withoutRounding(parts: readonly Part[], whole: number): Part[] {
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const largest = parts.reduce<Part | null>(
    (best, part) => (best === null || Math.abs(part.value) > Math.abs(best.value) ? part : best),
    null,
  );
  return parts.map((part) =>
    part === largest ? { ...part, value: part.value + whole - sum } : part,
  );
}
