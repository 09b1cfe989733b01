const formatters = new Map<string, Intl.NumberFormat>();

/** A number to its last whole digit, grouped as the locale groups: 912,345,678. */
export function allDigits(value: number | null, locale: string): string {
  if (value === null) return '';
  // A formatter costs far more to make than to use, and this one is used every second.
  const formatter = formatters.get(locale) ?? new Intl.NumberFormat(locale);
  formatters.set(locale, formatter);
  return formatter.format(Math.floor(value));
}
