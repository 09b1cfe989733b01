/** What a run takes where one number of it is another. */
export interface Outcome {
  readonly days: number;
  /** null where no price is known */
  readonly usd: number | null;
}

/** What the run takes at both ends of the range of one number, all others as planned. */
export interface Swing {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** false: nobody states a range, and a tenth less and more is taken */
  readonly isStated: boolean;
  readonly atLow: Outcome;
  readonly atHigh: Outcome;
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly isStated: boolean;
}

const tenth = 0.1;

/** The range of a number: as stated, else a tenth less and more. */
export function rangeOf(value: number, low?: number, high?: number): Range {
  const isStated = low !== undefined || high !== undefined;
  return isStated
    ? { low: low ?? value, high: high ?? value, isStated }
    : { low: value * (1 - tenth), high: value * (1 + tenth), isStated };
}
