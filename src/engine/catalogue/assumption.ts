import { factInput } from '../explain';
import type { FigureInput } from '../report';
import type { Assumptions } from './types';

/** An assumption with its label and source; a catalogue that lacks it is a defect of the catalogue, not an input error. */
export function assumptionOf(assumptions: Assumptions, key: string): Assumptions[string] {
  const fact = assumptions[key];
  if (fact === undefined) throw new Error(`The catalogue has no assumption '${key}'.`);
  return fact;
}

/** The value of an assumption, in the unit that the catalogue states. */
export function assumptionValue(assumptions: Assumptions, key: string): number {
  return assumptionOf(assumptions, key).value;
}

/** An assumption put in for a symbol of a figure of whatever was evaluated against a catalogue. */
export function assumptionInput(
  evaluated: { readonly context: { readonly catalogue: { readonly assumptions: Assumptions } } },
  symbol: string,
  key: string,
): FigureInput {
  const fact = assumptionOf(evaluated.context.catalogue.assumptions, key);
  return factInput(symbol, fact.label, fact);
}
