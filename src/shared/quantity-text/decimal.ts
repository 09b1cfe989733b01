/**
 * Decimal text that is exact: a number is kept as its digits and a power of ten until the very end, so that
 * "35 %" is 0.35 and not 35 × 0.01 = 0.35000000000000003, and what is written reads back as the same number.
 */
export interface Decimal {
  readonly isNegative: boolean;
  /** significant digits without leading or trailing zeros; '0' for zero */
  readonly digits: string;
  /** power of ten of the last digit */
  readonly exponent: number;
}

function decimal(isNegative: boolean, rawDigits: string, rawExponent: number): Decimal {
  const withoutLead = rawDigits.replace(/^0+/, '');
  const digits = withoutLead.replace(/0+$/, '');
  if (digits === '') return { isNegative: false, digits: '0', exponent: 0 };
  return { isNegative, digits, exponent: rawExponent + withoutLead.length - digits.length };
}

/** The shortest decimal that reads back as `value`. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = Math.abs(value).toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return decimal(value < 0, whole + fraction, Number(exponent) - fraction.length);
}

/** A decimal from the digits before and after the point. */
export function decimalFrom(whole: string, fraction: string, tenPower: number): Decimal {
  return decimal(false, whole + fraction, tenPower - fraction.length);
}

export function shifted(value: Decimal, tenPower: number): Decimal {
  return value.digits === '0' ? value : { ...value, exponent: value.exponent + tenPower };
}

export function numberOf(value: Decimal): number {
  return Number(`${value.isNegative ? '-' : ''}${value.digits}e${value.exponent}`);
}

function grouped(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Plain notation with a comma between thousands: 16,384 · 0.35 · 1.5e+24 only where zeros would fill the line. */
export function plainText({ isNegative, digits, exponent }: Decimal): string {
  const sign = isNegative ? '-' : '';
  const leading = digits.length + exponent;
  if (leading > 18 || leading < -6) {
    const fraction = digits.slice(1);
    return `${sign}${digits.charAt(0)}${fraction && '.'}${fraction}e${leading - 1}`;
  }
  if (exponent >= 0) return sign + grouped(digits + '0'.repeat(exponent));
  if (leading <= 0) return `${sign}0.${'0'.repeat(-leading)}${digits}`;
  return `${sign}${grouped(digits.slice(0, leading))}.${digits.slice(leading)}`;
}
