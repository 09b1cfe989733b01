import { numberOf, shifted, type Decimal } from './decimal';
import { plainCharacters, readNumber } from './read-number';
import { inputUnits, type InputUnit, type InputUnitName, type UnitTerm } from './unit';
import { shortened } from '../format/shortened';

/** What a field's text means, in the unit the plan stores. */
export interface QuantityRead {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

export type QuantityTextResult =
  | { readonly ok: true; readonly read: QuantityRead }
  | { readonly ok: false; readonly message: string };

const magnitudes: readonly (readonly [word: string, tenPower: number])[] = [
  ['thousand', 3],
  ['million', 6],
  ['billion', 9],
  ['trillion', 12],
  ['quadrillion', 15],
  ['mio', 6],
  ['mn', 6],
  ['bn', 9],
  ['tn', 12],
  ['k', 3],
  ['m', 6],
  ['b', 9],
  ['g', 9],
  ['t', 12],
];

function findTerm(unit: InputUnit, word: string): UnitTerm | undefined {
  return (
    unit.terms.find((term) => term.word === word) ??
    unit.terms.find((term) => term.word.toLowerCase() === word.toLowerCase())
  );
}

/** The factor that the words after a number stand for, or null when they mean nothing in this field. */
function readUnit(unit: InputUnit, words: string): Omit<UnitTerm, 'word'> | null {
  if (words === '') return { tenPower: unit.shownTenPower, times: 1 };
  const whole = findTerm(unit, words);
  if (whole) return whole;
  for (const [word, tenPower] of magnitudes) {
    if (!words.toLowerCase().startsWith(word)) continue;
    const after = words.slice(word.length).trim();
    if (after === '') return { tenPower: tenPower + unit.shownTenPower, times: 1 };
    const term = findTerm(unit, after);
    if (term) return { tenPower: tenPower + term.tenPower, times: term.times };
  }
  return null;
}

interface Term {
  readonly number: Decimal;
  readonly words: string;
}

function readTerm(text: string): Term | null {
  const withoutSign = text.replace(/^\s*(US)?\$\s*/, '');
  const read = readNumber(withoutSign);
  return read === null ? null : { number: read.number, words: read.rest };
}

function toStored({ number, words }: Term, unit: InputUnit): number | null {
  const factor = readUnit(unit, words);
  return factor === null ? null : numberOf(shifted(number, factor.tenPower)) * factor.times;
}

function unknownUnit(words: string, unit: InputUnit): QuantityTextResult {
  const known = unit.terms.filter((term) => term.word.length > 1 || term.word === '%').slice(0, 4);
  const list = known.map((term) => term.word).join(', ');
  const advice = list === '' ? 'Enter a plain number.' : `Enter a plain number or use ${list}.`;
  return { ok: false, message: `“${shortened(words)}” is not a unit of this field. ${advice}` };
}

function notANumber(text: string): QuantityTextResult {
  return {
    ok: false,
    message: `“${shortened(text)}” is not a number. Examples: 16,384 · 70B · 1.5e24 · 5 to 9.`,
  };
}

const rangeSeparator = /\s+to\s+|\s*(?:–|—|\.\.+|…)\s*|\s+-\s+|(?<=[\d%a-z])-(?=[\d$])(?<!\de-)/i;

function readSingle(text: string, unit: InputUnit): QuantityTextResult {
  const term = readTerm(text);
  if (term === null) return notANumber(text);
  const value = toStored(term, unit);
  if (value !== null && !Number.isFinite(value)) return notANumber(text);
  return value === null ? unknownUnit(term.words, unit) : { ok: true, read: { value } };
}

/** Two ends; the value is their arithmetic mean. A unit written once, at the end, holds for both. */
function readRange(lowText: string, highText: string, unit: InputUnit): QuantityTextResult {
  const high = readTerm(highText);
  const bareLow = readTerm(lowText);
  if (bareLow === null) return notANumber(lowText);
  if (high === null) return notANumber(highText);
  const low = bareLow.words === '' ? { ...bareLow, words: high.words } : bareLow;
  const lowValue = toStored(low, unit);
  const highValue = toStored(high, unit);
  if (lowValue === null) return unknownUnit(low.words, unit);
  if (highValue === null) return unknownUnit(high.words, unit);
  if (!Number.isFinite(lowValue) || !Number.isFinite(highValue)) return notANumber(highText);
  if (lowValue > highValue) {
    return { ok: false, message: 'The low end of the range is above its high end.' };
  }
  return {
    ok: true,
    read: { value: (lowValue + highValue) / 2, low: lowValue, high: highValue },
  };
}

/** Reads "70B", "1.5e24", "3 MW", "10 %", "16,384", "5 to 9" or "7 (5 to 9)" in the unit of a field. */
export function parseQuantityText(input: string, unitName: InputUnitName): QuantityTextResult {
  const unit = inputUnits[unitName];
  const text = plainCharacters(input);
  if (text === '') return { ok: false, message: 'Enter a number.' };

  const bracketed = /^(.+?)\(([^()]+)\)$/.exec(text);
  if (bracketed?.[1] !== undefined && bracketed[2] !== undefined) {
    const value = readSingle(bracketed[1].trim(), unit);
    const [low, high, more] = bracketed[2].split(rangeSeparator);
    if (!value.ok) return value;
    if (low === undefined || high === undefined || more !== undefined) return notANumber(text);
    const range = readRange(low, high, unit);
    if (!range.ok) return range;
    return { ok: true, read: { ...range.read, value: value.read.value } };
  }

  const ends = text.split(rangeSeparator);
  if (ends.length === 2 && ends[0] !== undefined && ends[1] !== undefined) {
    return readRange(ends[0], ends[1], unit);
  }
  return ends.length > 2 ? notANumber(text) : readSingle(text, unit);
}
