import { expect, it } from 'vitest';
import fc from 'fast-check';
import { daysBetween } from '@engine/timeline/calendar';

it('counts days between calendar dates as the calendar does', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2026-05-27', '2026-11-23')).toBe(180);
  expect(daysBetween('2026-11', '2026-11-23')).toBe(22);
  const day = fc.date({
    min: new Date('1990-01-01'),
    max: new Date('2099-12-31'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, day, (from, to) => {
      const text = (date: Date): string => date.toISOString().slice(0, 10);
      const expected = (Date.parse(text(to)) - Date.parse(text(from))) / 86_400_000;
      expect(daysBetween(text(from), text(to))).toBe(expected);
    }),
  );
});
