import { describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { formatFigure, formatQuantity, formatValue, noValue } from '@shared/format/value';

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

function figuresIn(value: unknown): Figure[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('formula' in value && 'leavesOut' in value) return [value as Figure];
  return Object.values(value).flatMap(figuresIn);
}

const figures = planTemplates.flatMap(({ plan }) => figuresIn(evaluate(plan, bundledCatalogue)));

describe('the same value', () => {
  test.each([
    ['en', '54.3 days', '$1.53 M', '41.2 %', '16,384 GPUs'],
    ['de', '54,3 days', '1,53 M $', '41,2 %', '16.384 GPUs'],
    ['fr', '54,3 days', '1,53 M $', '41,2 %', '16 384 GPUs'],
    ['ja', '54.3 days', '$1.53 M', '41.2 %', '16,384 GPUs'],
  ])('in %s', (locale, days, money, share, count) => {
    expect(plain(formatValue(54.31, 'days', locale))).toBe(days);
    expect(plain(formatValue(1_534_000, 'USD', locale))).toBe(money);
    expect(plain(formatValue(0.412, 'fraction', locale))).toBe(share);
    expect(plain(formatValue(16_384, 'GPUs', locale))).toBe(count);
  });

  test('with a range, in the locale of the value', () => {
    const days = { value: 5.5, low: 4.25, high: 7, origin: 'yours' as const };
    expect(plain(formatQuantity(days, 'days', 'de'))).toBe('5,5 days (4,25–7 days)');
  });
});

describe.each(['en', 'de', 'fr', 'sv', 'en-IN', 'ja'])(
  'every figure of every template in %s',
  (locale) => {
    const texts = figures.map((figure) => formatFigure(figure, locale));

    test('is a text, or a dash with a reason', () => {
      for (const { text, reason } of texts) {
        expect(text).not.toMatch(/NaN|∞|undefined|null|Infinity/);
        expect(text === noValue).toBe(reason !== null);
      }
    });

    test('never breaks between number and unit', () => {
      for (const { text } of texts) expect(text.startsWith(' ') || text.endsWith(' ')).toBe(false);
      const withUnit = texts.filter(({ unit }) => unit !== '');
      expect(withUnit.length).toBeGreaterThan(100);
      for (const { text, number, unit } of withUnit) {
        expect(text.startsWith(number)).toBe(true);
        expect(text.endsWith(unit)).toBe(true);
      }
    });

    test('is short enough for a table', () => {
      const longest = texts
        .map(({ text }) => text.length)
        .reduce((most, size) => Math.max(most, size));
      expect(longest).toBeLessThanOrEqual(40);
    });

    test('keeps its range in the scale of its value', () => {
      for (const { range, unit } of texts) {
        if (range !== null && unit !== '') expect(range.endsWith(unit)).toBe(true);
      }
    });
  },
);
