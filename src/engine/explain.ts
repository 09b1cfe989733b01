import type { Fact } from './catalogue/types';
import type { Quantity } from './plan';
import type { Figure, FigureInput } from './report';

/** What a calculation knows about a number that it reports; `figure` turns it into a Figure. */
export interface FigureSpec {
  readonly key: string;
  readonly label: string;
  /** null when it cannot be computed; a value that is not finite counts as null */
  readonly value: number | null;
  readonly unit: string;
  readonly formula: string;
  readonly inputs?: readonly FigureInput[];
  /** source ids of the formula itself */
  readonly sources?: readonly string[];
  readonly leavesOut?: string;
  readonly low?: number;
  readonly high?: number;
  /** why there is no value; needed only when there is none */
  readonly unavailable?: string;
}

const notFinite =
  'The inputs give no finite result: a quantity that is divided by is zero, or a number is too large.';

function isFiniteNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Builds a reported number. NaN and infinity never leave the engine: they become null with a reason. */
export function figure(spec: FigureSpec): Figure {
  const isKnown = isFiniteNumber(spec.value);
  return {
    key: spec.key,
    label: spec.label,
    value: isKnown ? spec.value : null,
    unit: spec.unit,
    formula: spec.formula,
    inputs: (spec.inputs ?? []).filter((input) => Number.isFinite(input.value)),
    sources: spec.sources ?? [],
    leavesOut: spec.leavesOut ?? '',
    ...(isKnown && isFiniteNumber(spec.low) ? { low: spec.low } : {}),
    ...(isKnown && isFiniteNumber(spec.high) ? { high: spec.high } : {}),
    ...(isKnown ? {} : { unavailable: spec.unavailable ?? notFinite }),
  };
}

/** A number of the plan put in for a symbol. */
export function planInput(
  symbol: string,
  label: string,
  quantity: Quantity | number,
  unit: string,
): FigureInput {
  const value = typeof quantity === 'number' ? quantity : quantity.value;
  return { symbol, label, value, unit, sources: [], from: 'plan' };
}

/** A catalogue fact put in for a symbol; its source travels along. */
export function factInput(symbol: string, label: string, fact: Fact): FigureInput {
  return {
    symbol,
    label,
    value: fact.value,
    unit: fact.unit,
    sources: [fact.source],
    from: 'catalogue',
  };
}

/** Another figure's value put in for a symbol; left out of the list when that figure has none. */
export function figureInput(symbol: string, of: Figure): FigureInput {
  return {
    symbol,
    label: of.label,
    value: of.value ?? Number.NaN,
    unit: of.unit,
    sources: [],
    from: of.key,
  };
}

/** An intermediate result put in for a symbol; `from` names the calculation that made it. */
export function derivedInput(
  symbol: string,
  label: string,
  value: number,
  unit: string,
  from: string,
  sources: readonly string[] = [],
): FigureInput {
  return { symbol, label, value, unit, sources, from };
}
