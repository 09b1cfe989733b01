import { decimalOf, plainText, shifted } from './decimal';
import type { QuantityRead } from './parse';
import { inputUnits, type InputUnitName } from './unit';

const suffixes: readonly (readonly [letter: string, tenPower: number])[] = [
  ['T', 12],
  ['B', 9],
  ['M', 6],
];

/** A magnitude letter is used only where it makes the text short: 70B, 15.6T, but 16,777,216. */
const longestShortMantissa = 4;

function numberText(value: number, unitName: InputUnitName, mayAbbreviate = true): string {
  const unit = inputUnits[unitName];
  const shown = shifted(decimalOf(value), -unit.shownTenPower);
  const leading = shown.digits.length + shown.exponent;
  const suffix = suffixes.find(([, tenPower]) => leading > tenPower);
  if (
    !mayAbbreviate ||
    !unit.hasMagnitudes ||
    !suffix ||
    leading > 15 ||
    shown.digits.length > longestShortMantissa
  ) {
    return plainText(shown);
  }
  return plainText(shifted(shown, -suffix[1])) + suffix[0];
}

/** The text of a field for a stored quantity, without its unit; `parseQuantityText` reads it back exactly. */
export function writeQuantityText(quantity: QuantityRead, unitName: InputUnitName): string {
  const value = numberText(quantity.value, unitName);
  if (quantity.low === undefined && quantity.high === undefined) return value;
  const low = quantity.low ?? quantity.value;
  const high = quantity.high ?? quantity.value;
  // A letter at the high end alone would be read as holding for both: "5 to 9M".
  const lowText = numberText(low, unitName);
  const range = `${lowText} to ${numberText(high, unitName, /[MBT]$/.test(lowText))}`;
  return (low + high) / 2 === quantity.value ? range : `${value} (${range})`;
}
