import { defaultLocale } from './number';

/** A day as people write it: "2026-11-23" → "23 November 2026" in British English; a month or a year alone stay what they are. */
export function formatDate(iso: string, locale: string = defaultLocale, timeZone?: string): string {
  if (/^\d{4}$/.test(iso)) return iso;
  const isMonth = /^\d{4}-\d{2}$/.test(iso);
  const hasTime = iso.includes('T');
  const date = new Date(isMonth ? `${iso}-01` : iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale, {
    ...(isMonth ? {} : { day: 'numeric' }),
    month: 'long',
    year: 'numeric',
    // A date without a time names a day, not a moment: read in UTC it stays that day everywhere.
    ...(hasTime ? (timeZone === undefined ? {} : { timeZone }) : { timeZone: 'UTC' }),
  }).format(date);
}
