/** Civil dates as ISO text; the engine has no clock, every date comes from the plan or the catalogue. */

/** Days since 1970-01-01 of an ISO date; a month or year without a day counts from its first day. */
function dayNumber(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number);
  // Civil calendar to day count: months counted from March so that the leap day comes last.
  const shifted = month <= 2 ? year - 1 : year;
  const fromMarch = (month + 9) % 12;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + Math.floor((153 * fromMarch + 2) / 5) + day - 719_469;
}

/**
 * The ISO date of a number of days since 1970-01-01.
 *
 * Source: Hinnant 2013, chrono-compatible low-level date algorithms,
 * https://howardhinnant.github.io/date_algorithms.html (from memory).
 */
export function isoDate(days: number): string {
  const shifted = Math.round(days) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const padded = (value: number, width: number): string => String(value).padStart(width, '0');
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** Days from one ISO date to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** Mean length of a month of the Gregorian calendar. */
const DAYS_PER_MONTH = 365.2425 / 12;

/** The date some months later, or earlier where months are negative; fractions of a month count in days. */
export function addMonths(date: string, months: number): string {
  return isoDate(dayNumber(date) + months * DAYS_PER_MONTH);
}

/** Months from one date to another, fractions included. */
export function monthsBetween(from: string, to: string): number {
  return daysBetween(from, to) / DAYS_PER_MONTH;
}

/** First day of the quarter that a date lies in. */
export function quarterStart(date: string): string {
  const [year = '1970', month = '1'] = date.split('-');
  const first = Math.floor((Number(month) - 1) / 3) * 3 + 1;
  return `${year}-${String(first).padStart(2, '0')}-01`;
}

/** First day of the quarter after the one that begins on a date. */
export function nextQuarter(start: string): string {
  const [year = '1970', month = '1'] = start.split('-');
  const next = Number(month) + 3;
  return next > 12
    ? `${String(Number(year) + 1).padStart(4, '0')}-01-01`
    : `${year}-${String(next).padStart(2, '0')}-01`;
}

/** "Q1 2027". */
export function quarterName(start: string): string {
  const [year = '', month = '1'] = start.split('-');
  return `Q${String(Math.floor((Number(month) - 1) / 3) + 1)} ${year}`;
}
