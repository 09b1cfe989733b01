/** Spells plain numbers: significant digits, typographic minus, powers of ten. Display only; nothing reads this text back. */

export const defaultLocale = 'en';

/** Keeps a number and its unit on one line. */
export const noBreakSpace = '\u00a0';

const minus = '\u2212';
const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** How many digits a number deserves. */
export type Digits =
  /** three significant digits; whole thousands keep four */
  | 'measured'
  /** a counted whole number below ten million is shown in full */
  | 'counted'
  /** a share in per cent: near 100 two decimals, so that 99.97 does not read as 100 */
  | 'share'
  /** an amount of money in dollars: cents below 100 */
  | 'money';

/** Typographic minus and spaces that do not break, whatever the locale's data holds. */
export function typeset(text: string): string {
  return text.replaceAll('-', minus).replaceAll(' ', noBreakSpace);
}

/** A number in the locale's digits and separators, rounded to what it deserves. */
export function formatNumber(
  value: number,
  digits: Digits,
  locale: string = defaultLocale,
): string {
  if (isFarFromOne(value, digits)) return formatPowerOfTen(value, locale);
  return typeset(formatter(locale, digitOptions(value, digits)).format(positiveZero(value)));
}

const formatters = new Map<string, Intl.NumberFormat>();

/** A formatter costs far more to make than to use, and a screen spells hundreds of numbers per edit. */
function formatter(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** An amount in US dollars; `scale` is a word or letter such as "M" set right after the digits. */
export function formatDollars(
  value: number,
  scale: string,
  locale: string = defaultLocale,
): string {
  const digits = scale === '' ? 'money' : 'measured';
  const parts = formatter(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...digitOptions(value, digits),
  }).formatToParts(positiveZero(value));
  const lastDigits = parts.findLastIndex(
    (part) => part.type === 'integer' || part.type === 'fraction',
  );
  const text = parts.map((part, index) =>
    index === lastDigits && scale !== '' ? `${part.value}${noBreakSpace}${scale}` : part.value,
  );
  return typeset(text.join(''));
}

/** 3.8e25 becomes "3.8 × 10²⁵". */
export function formatPowerOfTen(value: number, locale: string = defaultLocale): string {
  const [mantissa = '0', exponent = '0'] = value.toExponential(2).split('e');
  const power = exponent.replace('+', '').replaceAll(/./g, (digit) => superscripts[digit] ?? digit);
  const digits = typeset(formatter(locale, {}).format(Number(mantissa)));
  return `${digits}${noBreakSpace}×${noBreakSpace}10${power}`;
}

/** The value rounded to three significant digits, so that 999.9 counts as 1,000 when a prefix is chosen. */
export function roundedToThreeDigits(value: number): number {
  return Number(value.toPrecision(3));
}

function positiveZero(value: number): number {
  return value === 0 ? 0 : value;
}

function isFarFromOne(value: number, digits: Digits): boolean {
  const size = Math.abs(value);
  if (size === 0) return false;
  return size >= 1e15 || (size < 1e-3 && (digits === 'measured' || digits === 'counted'));
}

function digitOptions(value: number, digits: Digits): Intl.NumberFormatOptions {
  const size = Math.abs(value);
  if (digits === 'money') return moneyDigits(size);
  if (digits === 'share') return shareDigits(size);
  if (digits === 'counted' && Number.isInteger(value) && size < 1e7)
    return { maximumFractionDigits: 0 };
  if (size >= 1_000 && size < 10_000) return { maximumFractionDigits: 0 };
  return { maximumSignificantDigits: 3 };
}

function moneyDigits(size: number): Intl.NumberFormatOptions {
  if (size === 0) return { maximumFractionDigits: 0 };
  if (size < 0.1) return { maximumSignificantDigits: 2 };
  if (size < 99.995 && !isWholeTens(size)) {
    return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  }
  if (size < 10_000) return { maximumFractionDigits: 0 };
  return { maximumSignificantDigits: 3 };
}

/** $82 needs no cents; $2.00 does, beside $2.49. */
function isWholeTens(size: number): boolean {
  return size >= 10 && Math.abs(size - Math.round(size)) < 0.005;
}

function shareDigits(size: number): Intl.NumberFormatOptions {
  if (size < 1) return { maximumSignificantDigits: 2 };
  return { maximumFractionDigits: size >= 99 && size < 100 ? 2 : 1 };
}
