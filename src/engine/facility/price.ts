import type { Fact } from '../catalogue/types';

/** A price with its range. */
export interface Price {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A fact as a price; null where there is none. */
export function priceOfFact(fact: Fact | null | undefined): Price | null {
  if (!fact) return null;
  return { value: fact.value, low: fact.low ?? fact.value, high: fact.high ?? fact.value };
}
