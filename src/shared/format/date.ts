import { dayText } from '@engine/timeline/day-text';

/**
 * A day as it is read on screen and in print: "30 Nov 2026", the same in every locale, since a number for the month reads as
 * another day elsewhere. A moment is the day on which it falls in the time zone, the user's own when left out.
 */
export function formatDate(iso: string, timeZone?: string): string {
  if (!iso.includes('T')) return dayText(iso);
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const civil = new Intl.DateTimeFormat('en-CA', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return dayText(civil.format(date));
}

/** A sentence of the catalogue or of a plan with its ISO dates as they are read everywhere. */
export function withReadableDates(sentence: string): string {
  return sentence.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, dayText);
}
