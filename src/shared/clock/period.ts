/** Where days and years begin. Time is always an argument: nothing here reads a clock. */
const hourMs = 3_600_000;
/** longer than any day, on which clocks go back */
const longestDayMs = 26 * hourMs;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formatters.set(timeZone, made);
  return made;
}

/** The calendar day of a moment in a time zone, as 20261123. */
export function calendarDay(atMs: number, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(atMs);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  return part('year') * 1e4 + part('month') * 100 + part('day');
}

/** The first millisecond after `beforeMs`, at or before `atMs`, on which `isReached` holds; it must hold at `atMs`. */
function firstMoment(
  beforeMs: number,
  atMs: number,
  isReached: (momentMs: number) => boolean,
): number {
  let [outside, inside] = [beforeMs, atMs];
  while (inside - outside > 1) {
    const middle = Math.floor((outside + inside) / 2);
    if (isReached(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** The moment at which the day of `atMs` began: midnight, or the first moment after it where clocks skip midnight. */
export function startOfDay(atMs: number, timeZone: string): number {
  const day = calendarDay(atMs, timeZone);
  const whole = Math.floor(atMs);
  return firstMoment(whole - longestDayMs, whole, (moment) => calendarDay(moment, timeZone) >= day);
}

/** The moment at which the year of `atMs` began. */
export function startOfYear(atMs: number, timeZone: string): number {
  const firstDay = Math.floor(calendarDay(atMs, timeZone) / 1e4) * 1e4 + 101;
  const whole = Math.floor(atMs);
  const newYear = Date.UTC(Math.floor(firstDay / 1e4), 0, 1);
  return firstMoment(
    newYear - longestDayMs,
    Math.min(whole, newYear + longestDayMs),
    (moment) => calendarDay(moment, timeZone) >= firstDay,
  );
}

/** What a wall clock and a clock that never jumps show at the same moment. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/**
 * Time that passed between two readings. The steady clock stands still while a computer sleeps, the wall clock may be set
 * back: the longer of the two is what passed.
 */
export function elapsedMs(earlier: ClockReading, later: ClockReading): number {
  return Math.max(0, later.monotonicMs - earlier.monotonicMs, later.wallMs - earlier.wallMs);
}
