/** Writes values, figures and inputs as people read them: plain text for screen, print and command line. */
import type { Quantity } from '@engine/plan';
import type { Figure } from '@engine/report';
import { defaultLocale, formatDollars, formatNumber } from './number';
import { chooseScale, type Scale } from './scale';

/** A figure ready to be read. */
export interface FormattedFigure {
  /** number and unit together, such as "54.3 days"; "—" when there is no value */
  readonly text: string;
  /** the number alone, with the currency sign and its scale where it is money */
  readonly number: string;
  /** the unit alone; empty where the number says it all */
  readonly unit: string;
  /** "49–61 days" where the figure has a range, else null */
  readonly range: string | null;
  /** why there is no value; null when there is one */
  readonly reason: string | null;
}

/** "—": stands where no value can be given. */
export const noValue = '\u2014';

/** One value in its unit with a fitting prefix: (1_530_000, 'USD') → "$1.53 M". */
export function formatValue(value: number, unit: string, locale: string = defaultLocale): string {
  if (!Number.isFinite(value)) return noValue;
  const scale = chooseScale(value, unit);
  return withUnit(numberOf(value, scale, locale), scale);
}

/** A computed figure: its value, its range and, when it has none, the reason. */
export function formatFigure(figure: Figure, locale: string = defaultLocale): FormattedFigure {
  if (figure.value === null || !Number.isFinite(figure.value)) {
    const reason = figure.unavailable ?? 'No value was computed.';
    return { text: noValue, number: noValue, unit: '', range: null, reason };
  }
  const scale = chooseScale(figure.value, figure.unit);
  const number = numberOf(figure.value, scale, locale);
  return {
    text: withUnit(number, scale),
    number,
    unit: scale.unit,
    range: rangeText(figure.low, figure.high, scale, locale),
    reason: null,
  };
}

/** An input of the plan in its unit, with its range in brackets: "5 days (4–7 days)". */
export function formatQuantity(
  quantity: Quantity,
  unit: string,
  locale: string = defaultLocale,
): string {
  const text = formatValue(quantity.value, unit, locale);
  const range = rangeText(quantity.low, quantity.high, chooseScale(quantity.value, unit), locale);
  return range === null ? text : `${text} (${range})`;
}

function numberOf(value: number, scale: Scale, locale: string): string {
  const scaled = value * scale.factor;
  return scale.moneyScale === null
    ? formatNumber(scaled, scale.digits, locale)
    : formatDollars(scaled, scale.moneyScale, locale);
}

function withUnit(number: string, scale: Scale): string {
  return scale.unit === '' ? number : `${number}${scale.join}${scale.unit}`;
}

function rangeText(
  low: number | undefined,
  high: number | undefined,
  scale: Scale,
  locale: string,
): string | null {
  if (low === undefined && high === undefined) return null;
  const lowText = low === undefined ? null : numberOf(low, scale, locale);
  const highText = high === undefined ? null : numberOf(high, scale, locale);
  if (lowText === null) return withUnit(`up to ${highText ?? noValue}`, scale);
  if (highText === null) return withUnit(`from ${lowText}`, scale);
  return lowText === highText ? null : withUnit(`${lowText}–${highText}`, scale);
}
