import { startOfDay, startOfYear } from '@shared/clock/period';
import type { MeterSpan } from '@engine/outlook/meter-figures';
import type { DayStart } from './meter-store';

/** The zone in which days and years begin. */
export function meterZone(dayStart: DayStart): string {
  return dayStart === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The three spans that the meter counts: today, this year, and since the window opened. */
export function meterSpans(nowMs: number, openMs: number, timeZone: string) {
  return {
    today: {
      key: 'today',
      label: 'Estimated GPU-hours consumed by AI today',
      fromMs: startOfDay(nowMs, timeZone),
      toMs: nowMs,
    },
    year: {
      key: 'year',
      label: 'This year',
      fromMs: startOfYear(nowMs, timeZone),
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
