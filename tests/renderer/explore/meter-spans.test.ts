import { describe, expect, it } from 'vitest';
import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { allDigits } from '../../../src/renderer/features/explore/meter/all-digits';
import { meterSpans } from '../../../src/renderer/features/explore/meter/meter-spans';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 10, 23, 12);
const unit = 'h100-equivalents';
const meter = meterFigures(
  meterDefaults(bundledCatalogue),
  bundledCatalogue.assumptions,
  unit,
  noon,
);

describe('the spans of the meter', () => {
  it('begin at midnight, on 1 January and when the window opened', () => {
    const { today, year, open } = meterSpans(noon, 90_000, 'UTC');
    expect(today.toMs - today.fromMs).toBe(12 * hourMs);
    expect(year.fromMs).toBe(Date.UTC(2026, 0, 1));
    expect(open.toMs - open.fromMs).toBe(90_000);
  });

  it('begin at the reader’s midnight where that is chosen', () => {
    const { today } = meterSpans(noon, 0, 'Asia/Tokyo');
    expect(today.toMs - today.fromMs).toBe(21 * hourMs);
  });

  it('at noon, today holds half a day of the rate', () => {
    const { today } = meterSpans(noon, 0, 'UTC');
    const hours = hoursInSpan(meter, unit, today);
    expect((hours.value ?? 0) / (meter.hoursPerDay.value ?? 1)).toBeCloseTo(0.5, 3);
    expect(hours.low).toBeLessThan(hours.value ?? 0);
    expect(hours.high).toBeGreaterThan(hours.value ?? 0);
  });

  it('follow a clock that is set back into the day before, and another zone at once', () => {
    const morning = Date.UTC(2026, 10, 23, 1);
    expect(meterSpans(morning, 0, 'UTC').today.fromMs).toBe(Date.UTC(2026, 10, 23));
    expect(meterSpans(morning - 2 * hourMs, 0, 'UTC').today.fromMs).toBe(Date.UTC(2026, 10, 22));
    expect(meterSpans(morning, 0, 'Asia/Tokyo').today.fromMs).toBe(Date.UTC(2026, 10, 22, 15));
  });

  it('start again from nothing at midnight, while the year goes on', () => {
    const midnight = Date.UTC(2026, 10, 24);
    const before = meterSpans(midnight - 1, 0, 'UTC');
    const after = meterSpans(midnight, 0, 'UTC');
    const hours = (span: typeof before.today | typeof before.year) =>
      hoursInSpan(meter, unit, span).value ?? Number.NaN;
    expect(hours(before.today)).toBeGreaterThan(8e8);
    expect(hours(after.today)).toBe(0);
    expect(hours(after.year)).toBeGreaterThan(hours(before.year));
  });
});

describe('all digits', () => {
  it.each([
    [912_345_678.9, 'en', '912,345,678'],
    [1_234_567, 'de', '1.234.567'],
    [0, 'en', '0'],
    [null, 'en', ''],
  ])('of %s in %s are %s', (value, locale, text) => {
    expect(allDigits(value, locale)).toBe(text);
  });
});
