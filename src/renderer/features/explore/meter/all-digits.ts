/** A number to its last whole digit, grouped as the locale groups: 912,345,678. */
export function allDigits(value: number | null, locale: string): string {
  if (value === null) return '';
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(Math.floor(value));
}
