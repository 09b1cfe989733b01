import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarDay, elapsedMs, startOfDay, startOfYear } from '@shared/clock/period';

const hour = 3_600_000;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

describe('the start of a day', () => {
  it.each([
    ['in UTC', '2026-11-23T22:28:00Z', 'UTC', '2026-11-23T00:00:00.000Z'],
    [
      'west of it, still the day before',
      '2026-11-23T03:00:00Z',
      'America/New_York',
      '2026-11-22T05:00:00.000Z',
    ],
    [
      'east of it, already the next day',
      '2026-11-23T18:00:00Z',
      'Asia/Tokyo',
      '2026-11-23T15:00:00.000Z',
    ],
    ['at half hours', '2026-11-23T18:00:00Z', 'Asia/Kolkata', '2026-11-22T18:30:00.000Z'],
    ['exactly at midnight', '2026-11-23T00:00:00Z', 'UTC', '2026-11-23T00:00:00.000Z'],
    ['a millisecond before it', '2026-11-22T23:59:59.999Z', 'UTC', '2026-11-22T00:00:00.000Z'],
    [
      'before clocks go forward',
      '2026-03-29T12:00:00Z',
      'Europe/Berlin',
      '2026-03-28T23:00:00.000Z',
    ],
    ['before clocks go back', '2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    [
      'whose midnight clocks skip',
      '2026-04-24T12:00:00Z',
      'Africa/Cairo',
      '2026-04-23T22:00:00.000Z',
    ],
    ['on a leap day', '2028-02-29T12:00:00Z', 'Europe/Berlin', '2028-02-28T23:00:00.000Z'],
  ])('%s', (_what, moment, zone, expected) => {
    expect(iso(startOfDay(Date.parse(moment), zone))).toBe(expected);
  });

  it('lies 23 hours before the next on the day clocks go forward, 25 on the day they go back', () => {
    const lengthOf = (day: string, next: string) =>
      startOfDay(Date.parse(next), 'Europe/Berlin') - startOfDay(Date.parse(day), 'Europe/Berlin');
    expect(lengthOf('2026-03-29T12:00Z', '2026-03-30T12:00Z')).toBe(23 * hour);
    expect(lengthOf('2026-10-25T12:00Z', '2026-10-26T12:00Z')).toBe(25 * hour);
    expect(lengthOf('2026-11-23T12:00Z', '2026-11-24T12:00Z')).toBe(24 * hour);
  });

  it('is of the same day, and the moment before it is not, whatever the zone', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Auckland',
    );
    const moment = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });
    fc.assert(
      fc.property(moment, zone, (at, timeZone) => {
        const start = startOfDay(at, timeZone);
        expect(start).toBeLessThanOrEqual(at);
        expect(calendarDay(start, timeZone)).toBe(calendarDay(at, timeZone));
        expect(calendarDay(start - 1, timeZone)).toBeLessThan(calendarDay(at, timeZone));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the start of a year', () => {
  it.each([
    ['in UTC', '2026-11-23T22:28:00Z', 'UTC', '2026-01-01T00:00:00.000Z'],
    ['in a leap year', '2028-12-31T12:00:00Z', 'Europe/Berlin', '2027-12-31T23:00:00.000Z'],
    [
      'in its first hour, east of UTC',
      '2026-12-31T15:30:00Z',
      'Asia/Tokyo',
      '2026-12-31T15:00:00.000Z',
    ],
    [
      'in the last hour, west of UTC',
      '2027-01-01T04:30:00Z',
      'America/New_York',
      '2026-01-01T05:00:00.000Z',
    ],
    ['at its first moment', '2026-01-01T00:00:00Z', 'UTC', '2026-01-01T00:00:00.000Z'],
  ])('%s', (_what, moment, zone, expected) => {
    expect(iso(startOfYear(Date.parse(moment), zone))).toBe(expected);
  });
});

describe('time that passed', () => {
  const earlier = { wallMs: 1_000_000, monotonicMs: 5_000 };

  it.each([
    ['both clocks run', 1_001_000, 6_000, 1_000],
    ['the wall clock is set back', 400_000, 6_000, 1_000],
    ['the computer slept and the steady clock with it', 1_000_000 + hour, 5_100, hour],
    ['nothing passed', 1_000_000, 5_000, 0],
  ])('when %s', (_what, wallMs, monotonicMs, expected) => {
    expect(elapsedMs(earlier, { wallMs, monotonicMs })).toBe(expected);
  });

  it('is never negative', () => {
    const reading = fc.record({ wallMs: fc.integer(), monotonicMs: fc.integer() });
    fc.assert(
      fc.property(reading, reading, (one, other) => {
        expect(elapsedMs(one, other)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
