import { decimalOf, shifted, numberOf } from './decimal';
import type { QuantityRead } from './parse';
import { inputUnits, type InputUnitName } from './unit';

const scaleWords: readonly (readonly [word: string, tenPower: number])[] = [
  ['quadrillion', 15],
  ['trillion', 12],
  ['billion', 9],
  ['million', 6],
];

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(exponent: number): string {
  const digits = String(Math.abs(exponent)).replace(/\d/g, (digit) =>
    superscripts.charAt(Number(digit)),
  );
  return (exponent < 0 ? '⁻' : '') + digits;
}

function words(value: number): string {
  const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });
  const size = Math.abs(value);
  if (value !== 0 && (size >= 1e18 || size < 1e-6)) {
    const [mantissa = '1', exponent = '0'] = value.toExponential().split('e');
    return `${plain.format(Number(mantissa))} × 10${superscript(Number(exponent))}`;
  }
  const scale = scaleWords.find(([, tenPower]) => size >= 10 ** tenPower);
  if (!scale) return plain.format(value);
  return `${plain.format(numberOf(shifted(decimalOf(value), -scale[1])))} ${scale[0]}`;
}

/** What a field understood, in words: "70 billion tokens", "3,000 kW", "7 nodes (5 to 9)". */
export function describeQuantityText(read: QuantityRead, unitName: InputUnitName): string {
  const unit = inputUnits[unitName];
  const shown = (value: number) => words(numberOf(shifted(decimalOf(value), -unit.shownTenPower)));
  const main = `${shown(read.value)} ${unit.symbol}`.trim();
  if (read.low === undefined && read.high === undefined) return main;
  return `${main} (${shown(read.low ?? read.value)} to ${shown(read.high ?? read.value)})`;
}
