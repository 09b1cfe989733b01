import { isoDate, daysBetween } from '@engine/timeline/calendar';

const monthStarts = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** First and last day that a plan may name. */
const [firstDay, lastDay] = ['1970-01-01', '2199-12-31'];

/** What was typed as a day: the day, or why it is none. */
export type DayRead =
  { readonly ok: true; readonly date: string } | { readonly ok: false; readonly message: string };

/**
 * Reads a day that can be only one: "30 Nov 2026", "November 30, 2026" or "2026-11-30". Where numbers alone leave open which is
 * the month, it is refused.
 */
export function readDay(text: string): DayRead {
  const words = text
    .trim()
    .toLowerCase()
    .replaceAll(',', ' ')
    .split(/[\s./-]+/)
    .filter(Boolean);
  const found = fromYearFirst(words) ?? fromNamedMonth(words);
  if (found === null) return refused(text, words);
  const [year, month, day] = found;
  const iso = [String(year), pad(month), pad(day)].join('-');
  // A day that its month does not have comes back as another one.
  if (month < 1 || month > 12 || isoDate(daysBetween(firstDay, iso)) !== iso) {
    return { ok: false, message: 'There is no such day in the calendar.' };
  }
  if (iso < firstDay || iso > lastDay) {
    return { ok: false, message: 'A day lies between 1 Jan 1970 and 31 Dec 2199.' };
  }
  return { ok: true, date: iso };
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

type Civil = readonly [year: number, month: number, day: number];

function fromYearFirst(words: readonly string[]): Civil | null {
  const [year = '', month = '', day = '', ...more] = words;
  const isDay = /^\d{4}$/.test(year) && /^\d{1,2}$/.test(month) && /^\d{1,2}$/.test(day);
  return isDay && more.length === 0 ? [Number(year), Number(month), Number(day)] : null;
}

function fromNamedMonth(words: readonly string[]): Civil | null {
  if (words.length !== 3) return null;
  const [one = '', other = '', year = ''] = words;
  const [name, day] = /^\d/.test(one) ? [other, one] : [one, other];
  const month = monthOf(name);
  const isDay = /^\d{1,2}(st|nd|rd|th)?$/.test(day) && /^\d{4}$/.test(year);
  return month === null || !isDay ? null : [Number(year), month, Number.parseInt(day, 10)];
}

/** "nov", "Nov." and "November" are 11; null for another word. */
function monthOf(name: string): number | null {
  const index = monthStarts.indexOf(name.slice(0, 3));
  return index === -1 || !(monthNames[index] ?? '').startsWith(name) ? null : index + 1;
}

function refused(text: string, words: readonly string[]): DayRead {
  const isAmbiguous = words.length === 3 && words.every((word) => /^\d+$/.test(word));
  return {
    ok: false,
    message: isAmbiguous
      ? `“${text.trim()}” could be two days. Write the month in letters: 30 Nov 2026.`
      : 'Write a day as 30 Nov 2026 or 2026-11-30.',
  };
}
