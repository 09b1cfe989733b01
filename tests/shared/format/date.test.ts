import { expect, test } from 'vitest';
import { formatDate } from '@shared/format/date';

test.each([
  ['2026-11-23', 'en-GB', '23 November 2026'],
  ['2026-11-23', 'de-DE', '23. November 2026'],
  ['2026-11', 'en-GB', 'November 2026'],
  ['2026', 'en-GB', '2026'],
  ['not read', 'en-GB', 'not read'],
])('%s in %s reads "%s"', (iso, locale, text) => {
  expect(formatDate(iso, locale)).toBe(text);
});

test('a moment falls on the day of its time zone', () => {
  expect(formatDate('2026-11-23T23:30:00Z', 'en-GB', 'UTC')).toBe('23 November 2026');
  expect(formatDate('2026-11-23T23:30:00Z', 'en-GB', 'Asia/Tokyo')).toBe('24 November 2026');
});
