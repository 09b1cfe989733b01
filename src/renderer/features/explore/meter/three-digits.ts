import type { Figure } from '@engine/report';

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** A figure to three significant digits, its range too: more would say more than is known. */
export function threeDigits(figure: Figure): Figure {
  const { value, low, high } = figure;
  return {
    ...figure,
    value: value === null ? null : rounded(value),
    ...(low === undefined ? {} : { low: rounded(low) }),
    ...(high === undefined ? {} : { high: rounded(high) }),
  };
}
