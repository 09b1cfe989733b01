import type { Part } from '@engine/report';
import { formatValue } from '@shared/format/value';

/** Parts above zero together; parts below zero, such as a value left at the end, are taken off it. */
export function grossOfParts(parts: readonly Part[]): number {
  return sumOfParts(parts.filter((part) => part.value > 0));
}

export function sumOfParts(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.value, 0);
}

/** Parts that are there at all, in their order: a chart has nothing to draw for the others. */
export function presentParts(parts: readonly Part[]): Part[] {
  return parts.filter((part) => part.value !== 0);
}

/** A part's share of the whole as text; next to nothing is said to be that. */
export function shareText(share: number, locale: string): string {
  const isTiny = share > 0 && share < 0.001;
  return isTiny
    ? `< ${formatValue(0.001, 'fraction', locale)}`
    : formatValue(share, 'fraction', locale);
}

/** The part that a chart's title names; null when there is nothing to name. */
export function largestPart(
  parts: readonly Part[],
): { readonly part: Part; readonly share: number } | null {
  const sum = grossOfParts(parts);
  const part = [...parts].sort((one, other) => other.value - one.value)[0];
  return part === undefined || sum <= 0 ? null : { part, share: part.value / sum };
}
