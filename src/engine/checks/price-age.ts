import { recentDays } from '../cost/market-rent';
import { daysBetween } from '../timeline/calendar';

/** Days since a price was quoted, at most: of a month or a year alone, since its first day. Null for what is no date. */
export function priceAgeDays(quotedOn: string, today: string): number | null {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(quotedOn)) return null;
  return daysBetween(`${quotedOn}-01-01`.slice(0, 10), today);
}

/** Whether a price is too old to be relied on; one without a date is. */
export function isOldPrice(quotedOn: string, today: string): boolean {
  const days = priceAgeDays(quotedOn, today);
  return days === null || days > recentDays;
}
