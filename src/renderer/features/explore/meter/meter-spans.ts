import { startOfDay, startOfYear } from '@shared/clock/period';
import type { MeterSpan } from '@engine/outlook/meter-figures';

/** No day is shorter than 23 hours: for so long a start once found stays the start. */
const surelySameDayMs = 22 * 3_600_000;

let lastStart: { readonly zone: string; readonly day: number; readonly year: number } | null = null;

function startsOf(nowMs: number, zone: string) {
  const sinceStart = nowMs - (lastStart?.day ?? Number.NaN);
  if (lastStart?.zone === zone && sinceStart >= 0 && sinceStart < surelySameDayMs) {
    return lastStart;
  }
  lastStart = { zone, day: startOfDay(nowMs, zone), year: startOfYear(nowMs, zone) };
  return lastStart;
}

/** The three spans that the meter counts: today, this year, and since the window opened. */
export function meterSpans(nowMs: number, openMs: number, timeZone: string) {
  const { day, year } = startsOf(nowMs, timeZone);
  return {
    today: {
      key: 'today',
      label: 'Estimated GPU-hours consumed by AI today',
      fromMs: day,
      toMs: nowMs,
    },
    year: {
      key: 'year',
      label: 'This year',
      fromMs: year,
      toMs: nowMs,
    },
    open: {
      key: 'open',
      label: 'Since Clusterwright was opened',
      fromMs: nowMs - openMs,
      toMs: nowMs,
    },
  } as const satisfies Record<string, MeterSpan>;
}
