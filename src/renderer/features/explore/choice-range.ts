import { parseQuantityText } from '@shared/quantity-text/parse';
import type { InputUnitName } from '@shared/quantity-text/unit';
import { nearestStep } from './steps';

/** A quantity that a reader drags in steps or types freely. */
export interface ChoiceRange {
  readonly label: string;
  /** the places of the slider, rising */
  readonly steps: readonly number[];
  /** how a typed text is read */
  readonly unit: InputUnitName;
  readonly text: (value: number, locale: string) => string;
  /** what is shown and typed for one unit of the value, such as 8 accelerators for a node */
  readonly shownPerValue?: number;
  /** only whole values make sense */
  readonly isWhole?: boolean;
  /** the largest value that may be typed; the last step when left out */
  readonly maximum?: number;
}

export type TypedChoice =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string };

/** What a typed text means as a value of the range: between its ends, and whole where it must be. */
export function readTypedChoice(range: ChoiceRange, text: string, locale: string): TypedChoice {
  const read = parseQuantityText(text, range.unit);
  if (!read.ok) return read;
  const typed = read.read.value / (range.shownPerValue ?? 1);
  const value = range.isWhole === true ? Math.round(typed) : typed;
  const minimum = range.steps[0] ?? 0;
  const maximum = range.maximum ?? range.steps.at(-1) ?? minimum;
  if (value < minimum) {
    return { ok: false, message: `Enter at least ${range.text(minimum, locale)}.` };
  }
  if (value > maximum) {
    return { ok: false, message: `Enter at most ${range.text(maximum, locale)}.` };
  }
  return { ok: true, value };
}

/** Where the thumb stands: on the step nearest to the value. */
export function stepOf(range: ChoiceRange, value: number): number {
  return nearestStep(range.steps, value);
}
