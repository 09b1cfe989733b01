import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addMonths,
  daysBetween,
  isoDate,
  monthsBetween,
  nextQuarter,
  quarterName,
  quarterStart,
} from '@engine/timeline/calendar';

const dayMilliseconds = 86_400_000;

/** Any day from the year 1 to 9999, as the platform writes it. */
const anyDay = fc
  .integer({
    min: Date.parse('0001-01-01') / dayMilliseconds,
    max: Date.parse('9999-12-31') / dayMilliseconds,
  })
  .map((day) => new Date(day * dayMilliseconds).toISOString().slice(0, 10));

test('between any two days there are as many as the platform’s calendar counts', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (from, to) => {
      expect(daysBetween(from, to)).toBe((Date.parse(to) - Date.parse(from)) / dayMilliseconds);
    }),
    { numRuns: 1_000 },
  );
});

test('there and back is nothing, and a stop on the way changes nothing', () => {
  fc.assert(
    fc.property(anyDay, anyDay, anyDay, (from, stop, to) => {
      expect(daysBetween(from, to) + daysBetween(to, from)).toBe(0);
      expect(daysBetween(from, stop) + daysBetween(stop, to)).toBe(daysBetween(from, to));
    }),
  );
});

test.each([
  ['a century that is no leap year', '1900-02-28', '1900-03-01', 1],
  ['a century that is one', '2000-02-28', '2000-03-01', 2],
  ['a leap year', '2028-02-28', '2028-03-01', 2],
  ['400 years', '2000-01-01', '2400-01-01', 146_097],
  ['a year without months', '2026', '2027', 365],
  ['a month without days', '2026-11', '2026-12-01', 30],
  ['the turn of a year', '2026-12-31', '2027-01-01', 1],
  ['the day itself', '2026-11-25', '2026-11-25', 0],
])('%s: from %s to %s there are that many days', (_what, from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
});

test('a day number and back is the day', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(isoDate(daysBetween('1970-01-01', day))).toBe(day);
    }),
  );
});

test.each([
  ['2027-01-31', 1, '2027-03-02'],
  ['2027-01-01', 12, '2028-01-01'],
  ['2027-01-01', 0, '2027-01-01'],
  ['2028-01-01', -12, '2027-01-01'],
  ['2027-06-15', 0.5, '2027-06-30'],
])('%s and %d months is %s', (date, months, expected) => {
  expect(addMonths(date, months)).toBe(expected);
});

test('months are added and counted alike, give or take a day', () => {
  fc.assert(
    fc.property(fc.double({ min: -600, max: 600, noNaN: true }), (months) => {
      const counted = monthsBetween('2027-01-01', addMonths('2027-01-01', months));
      expect(Math.abs(counted - months)).toBeLessThan(1 / 30);
    }),
  );
});

test.each([
  ['2027-01-01', '2027-01-01', '2027-04-01', 'Q1 2027'],
  ['2027-05-31', '2027-04-01', '2027-07-01', 'Q2 2027'],
  ['2027-12-31', '2027-10-01', '2028-01-01', 'Q4 2027'],
])('%s lies in the quarter from %s to %s, %s', (day, start, next, name) => {
  expect(quarterStart(day)).toBe(start);
  expect(nextQuarter(start)).toBe(next);
  expect(quarterName(start)).toBe(name);
});
