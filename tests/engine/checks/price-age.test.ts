import { expect, test } from 'vitest';
import { isOldPrice, priceAgeDays } from '@engine/checks/price-age';
import { recentDays } from '@engine/cost/market-rent';

test.each([
  ['2026-11-25', 0],
  ['2026-05-29', 180],
  ['2026-05-28', 181],
  ['2024-11-25', 730],
])('a price of %s is %i days old on 25 November 2026', (date, days) => {
  expect(priceAgeDays(date, '2026-11-25')).toBe(days);
  expect(isOldPrice(date, '2026-11-25')).toBe(days > recentDays);
});

test('a month or a year alone counts from its first day', () => {
  expect(priceAgeDays('2026-11', '2026-11-25')).toBe(24);
  expect(priceAgeDays('2026', '2026-11-25')).toBe(328);
  expect(isOldPrice('2026-11', '2026-11-25')).toBe(false);
});

test('a price without a date has no age, and counts as old', () => {
  for (const date of ['', 'soon', '26-11-25', '2026-1']) {
    expect(priceAgeDays(date, '2026-11-25')).toBeNull();
    expect(isOldPrice(date, '2026-11-25')).toBe(true);
  }
});
