import { formatDate } from '@shared/format/date';

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago a moment was: "5 minutes ago", "yesterday", "just now". */
export function relativeTime(iso: string, nowMs: number, locale = 'en'): string {
  const elapsedMs = Date.parse(iso) - nowMs;
  const unit = units.find(([, lengthMs]) => Math.abs(elapsedMs) >= lengthMs);
  if (!unit) return 'just now';
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return format.format(Math.round(elapsedMs / unit[1]), unit[0]);
}

/** The exact moment in the user's own time zone. */
export function exactTime(iso: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
  return `${formatDate(iso)}, ${format.format(new Date(iso))}`;
}
