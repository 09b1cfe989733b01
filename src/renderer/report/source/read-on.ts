import { formatDate } from '@shared/format/date';

/** "read 23 November 2026"; a source that nobody opened says so in the catalogue's words. */
export function readOnText(readOn: string): string {
  return /^\d/.test(readOn) ? `read ${formatDate(readOn)}` : readOn;
}
