import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate } from '@engine/timeline/calendar';
import { formatDate } from '@shared/format/date';
import { readDay } from '@shared/format/read-day';

describe('a day', () => {
  test.each([
    ['30 Nov 2026', '2026-11-30'],
    [' 30 november 2026 ', '2026-11-30'],
    ['November 30, 2026', '2026-11-30'],
    ['30-Nov-2026', '2026-11-30'],
    ['1st Sept. 2027', '2027-09-01'],
    ['2026-11-30', '2026-11-30'],
    ['2026/1/5', '2026-01-05'],
    ['29 Feb 2028', '2028-02-29'],
  ])('%s is %s', (text, date) => {
    expect(readDay(text)).toEqual({ ok: true, date });
  });

  test.each([
    ['11/12/2026', 'could be two days'],
    ['30.11.2026', 'could be two days'],
    ['29 Feb 2027', 'no such day'],
    ['31 Apr 2027', 'no such day'],
    ['2026-13-01', 'no such day'],
    ['0 Jan 2027', 'no such day'],
    ['1 Jan 1969', 'between'],
    ['1 Jan 9999', 'between'],
    ['1 Jan 27', '30 Nov 2026 or'],
    ['1 Ja 2027', '30 Nov 2026 or'],
    ['1 Marvel 2027', '30 Nov 2026 or'],
    ['1e30', '30 Nov 2026 or'],
    ['tomorrow', '30 Nov 2026 or'],
    ['<script>', '30 Nov 2026 or'],
  ])('%s is refused: %s', (text, words) => {
    const read = readDay(text);
    expect(read.ok ? read.date : read.message).toContain(words);
  });

  test('is read again as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 84_005 }), (days) => {
        const date = isoDate(days);
        expect(readDay(formatDate(date))).toEqual({ ok: true, date });
      }),
    );
  });

  test('is never read from garbage by accident', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readDay(text);
        if (read.ok) expect(read.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
    );
  });
});
