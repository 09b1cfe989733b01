import { expect, test } from 'vitest';
import { formatDate, withReadableDates } from '@shared/format/date';

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

test('dates within a sentence read as everywhere', () => {
  expect(withReadableDates('Quotes of 4 providers, 2026-08-19 to 2026-11-09: 2.58 USD/h')).toBe(
    'Quotes of 4 providers, 19 Aug 2026 to 9 Nov 2026: 2.58 USD/h',
  );
  expect(withReadableDates('arguments.py at 2026-11, part 12026-11-091')).toBe(
    'arguments.py at 2026-11, part 12026-11-091',
  );
});
