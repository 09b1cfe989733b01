import { expect, test } from 'vitest';
import { formatDate } from '@shared/format/date';

test.each([
  ['2026-11-23', '23 Nov 2026'],
  ['2027-01-01', '1 Jan 2027'],
  ['2026-11', 'Nov 2026'],
  ['2026', '2026'],
  ['2026-13-01', '2026-13-01'],
  ['not read', 'not read'],
])('%s reads "%s"', (iso, text) => {
  expect(formatDate(iso)).toBe(text);
});

test('a moment falls on the day of its time zone', () => {
  expect(formatDate('2026-11-23T23:30:00Z', 'UTC')).toBe('23 Nov 2026');
  expect(formatDate('2026-11-23T23:30:00Z', 'Asia/Tokyo')).toBe('24 Nov 2026');
});
