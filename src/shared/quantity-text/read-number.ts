import { decimalFrom, type Decimal } from './decimal';

export interface NumberRead {
  readonly number: Decimal;
  /** what follows the number, trimmed */
  readonly rest: string;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "10⁻¹²" as "10^-12": without the mark the minus would read as the dash of a range. */
function plainExponent(raised: string): string {
  const digits = raised.replace(/[^⁻]/g, (character) => String(superscripts.indexOf(character)));
  return `^${digits.replace(/⁻/g, '-')}`;
}

/** Typographic forms to the plain ones the patterns below know. */
export function plainCharacters(text: string): string {
  return text
    .replace(/[\u00a0\u2007\u2009\u202f]/g, ' ')
    .replace(/[−‒]/g, '-')
    .replace(/⁻?[⁰¹²³⁴-⁹]+/g, plainExponent)
    .trim();
}

interface Notation {
  readonly pattern: RegExp;
  /** separator between whole and fraction */
  readonly point: '.' | ',';
}

/** Tried in this order; the first that matches wins. "16,384" is a grouped whole number, "0,35" a decimal comma. */
const notations: readonly Notation[] = [
  { pattern: /^\d{1,3}(\.\d{3})+,\d+/, point: ',' },
  { pattern: /^\d{1,3}(\.\d{3}){2,}(?!\d)/, point: ',' },
  { pattern: /^[1-9]\d{0,2}(,\d{3})+(?!\d)(\.\d+)?/, point: '.' },
  { pattern: /^[1-9]\d{0,2}([ _'’]\d{3})+(?!\d)(\.\d+)?/, point: '.' },
  { pattern: /^(\d+\.?\d*|\.\d+)(?!\d*,\d)/, point: '.' },
  { pattern: /^\d+,\d+(?![\d,])/, point: ',' },
];

const exponentPattern = /^(?:e([+-]?\d{1,3})(?![\w])|\s*[x×·*]\s*10\s*\^?\s*([+-]?\d{1,3}))/i;

/** Reads one number at the start of `text`: "70", "16,384", "1.5e24", "1.5 × 10²⁴", "0,35". Null when there is none. */
export function readNumber(text: string): NumberRead | null {
  const trimmed = text.trimStart();
  const sign = /^[+-]?\s*/.exec(trimmed)?.[0] ?? '';
  const unsigned = trimmed.slice(sign.length);
  const notation = notations.find(({ pattern }) => pattern.test(unsigned));
  const match = notation?.pattern.exec(unsigned)?.[0];
  if (!notation || match === undefined) return null;

  const [wholeText = '', fraction = ''] =
    notation.point === ',' ? match.split(',') : match.replace(/,/g, '').split('.');
  const afterNumber = unsigned.slice(match.length);
  const exponentMatch = exponentPattern.exec(afterNumber);
  const tenPower = Number(exponentMatch?.[1] ?? exponentMatch?.[2] ?? 0);
  const read = decimalFrom(wholeText.replace(/\D/g, ''), fraction, tenPower);
  return {
    number: sign.startsWith('-') ? { ...read, isNegative: read.digits !== '0' } : read,
    rest: afterNumber.slice(exponentMatch?.[0].length ?? 0).trim(),
  };
}
