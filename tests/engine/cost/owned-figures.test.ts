import { describe, expect, it } from 'vitest';
import { partDifferences } from '@engine/cost/attribution';
import { bookValues } from '@engine/cost/depreciation';
import { ownedFigures } from '@engine/cost/owned-figures';
import { reportCost } from '@engine/cost/report-cost';
import type { CostAssumptions, DisplayCurrency } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, costedPlan, plainInputs, type CostInputs } from './costed';

function reportOf(costs: Partial<CostAssumptions> = {}, change: Partial<CostInputs> = {}) {
  const inputs = { ...plainInputs, ...change };
  return reportCost([clusterOf(inputs)], { ...assumptionsOf(inputs), ...costs }, bundledCatalogue);
}

describe('the books of 3.6 million USD of which 30 % are left', () => {
  it('fall by 840,000 USD a year over the horizon of three years', () => {
    const { depreciationUsdPerYear, bookValues: books } = ownedFigures(costedPlan(), null);
    expect(depreciationUsdPerYear.value).toBeCloseTo(840_000, 6);
    expect(books.map(({ year }) => year)).toEqual([1, 2, 3]);
    for (const [index, usd] of [2_760_000, 1_920_000, 1_080_000].entries()) {
      expect(books[index]?.valueUsd).toBeCloseTo(usd, 6);
    }
  });

  it('fall over the life that was entered, whatever the horizon', () => {
    const owned = ownedFigures(costedPlan({}, { depreciationYears: quantity(6) }), null);
    expect(owned.depreciationUsdPerYear.value).toBeCloseTo(420_000, 6);
    expect(owned.bookValues).toHaveLength(6);
  });

  it('end in a part of a year where the life does', () => {
    const books = bookValues(100, 0.2, 2.5);
    expect(books.map(({ valueUsd }) => Math.round(valueUsd * 1e9) / 1e9)).toEqual([68, 36, 20]);
    expect(books.at(-1)?.depreciationUsd).toBeCloseTo(16, 9);
  });

  it('are empty without a price, which is named', () => {
    const owned = ownedFigures(costedPlan(), 'Pod has no price.');
    expect([owned.bookValues, owned.capitalParts]).toEqual([[], []]);
    for (const found of [
      owned.capitalUsd,
      owned.operatingUsdPerYear,
      owned.depreciationUsdPerYear,
    ]) {
      expect([found.value, found.unavailable]).toEqual([null, 'Pod has no price.']);
    }
  });
});

describe('yearly cost and capital of owning', () => {
  it('add up maintenance, colocation, electricity, demand charge, staff and software', () => {
    const people = {
      staffUsdPerAcceleratorYear: quantity(500),
      softwareUsdPerAcceleratorYear: quantity(4_500),
    };
    const owned = ownedFigures(costedPlan({}, people), null);
    expect(owned.operatingUsdPerYear.value).toBeCloseTo(
      180_000 + 105_240 + 76_825.2 + 80 * 5_000,
      4,
    );
    const inputs = owned.operatingUsdPerYear.inputs.map(({ symbol }) => symbol);
    expect(inputs).toEqual(['maintenance', 'colocation', 'electricity', 'staff', 'software']);
  });

  it('open with the servers’ range, and say which part is a flat share', () => {
    const range = { ...quantity(0.2), low: 0.1, high: 0.25 };
    const { capitalUsd } = ownedFigures(costedPlan({}, { networkAndStorageFraction: range }), null);
    expect([capitalUsd.low, capitalUsd.value, capitalUsd.high]).toEqual([
      3_300_000, 3_600_000, 3_750_000,
    ]);
    expect(capitalUsd.inputs.map(({ symbol, value }) => [symbol, value])).toEqual([
      ['c1', 3_000_000],
      ['c2', 600_000],
    ]);
    expect(capitalUsd.inputs[1]?.from).toContain('flat share');
  });
});

describe('the total in another currency', () => {
  const currency: DisplayCurrency = { code: 'SEK', perUsd: 9.5, date: '2026-11-20' };

  it('is not there where none was entered', () => {
    expect(reportOf().inCurrency).toEqual([]);
    expect(reportOf({ currency: null }).inCurrency).toEqual([]);
  });

  it('is the total as planned times the rate, range included', () => {
    const colocation = { ...quantity(100), low: 80, high: 150 };
    for (const acquisition of ['rent', 'buy', 'build', 'hybrid'] as const) {
      const report = reportOf({ currency, acquisition, colocationUsdPerKwMonth: colocation });
      const [found] = report.inCurrency;
      const { value, low, high } = report.chosenUsdTotal;
      expect(found?.unit).toBe('SEK');
      expect(found?.label).toContain('20 Nov 2026');
      expect(found?.value).toBeCloseTo(9.5 * (value ?? 0), 4);
      expect(found?.low).toBeCloseTo(9.5 * (low ?? 0), 4);
      expect(found?.high).toBeCloseTo(9.5 * (high ?? 0), 4);
    }
    expect(reportOf({ currency }).inCurrency[0]?.value).toBeCloseTo(9.5 * 3_606_195.6, 2);
  });

  it('is missing for the reason for which the total is', () => {
    const [found] = reportOf({ currency }, { price: 0 }).inCurrency;
    expect(found?.value).toBeNull();
    expect(found?.unavailable).toBe('Pod cluster-1 has no price: enter one to see this total.');
  });
});

describe('the dearest way beside the cheapest', () => {
  it('names both and explains the difference by parts that are not nothing', () => {
    const report = reportOf({}, { rent: 20 });
    const { difference } = report;
    const of = (kind: string | undefined) =>
      report.options.find((option) => option.kind === kind)?.totalUsd.value ?? Number.NaN;
    expect(difference?.to).toBe('rent');
    expect(difference?.from).not.toBe('rent');
    expect((difference?.usd ?? 0) / (of('rent') - of(difference?.from))).toBeCloseTo(1, 9);
    expect(difference?.parts.filter(({ value }) => value === 0)).toEqual([]);
    const rent = difference?.parts.find(({ key }) => key === 'cluster-1');
    expect(rent?.value).toBeGreaterThan(0);
  });

  it('is the reverse, to the cent, when both change places', () => {
    const [rent, buy] = [reportOf().rentParts, reportOf().buyParts];
    const back = new Map(partDifferences(buy, rent).map(({ key, value }) => [key, value]));
    for (const { key, value } of partDifferences(rent, buy))
      expect(value).toBeCloseTo(-(back.get(key) ?? 0), 4);
    expect(partDifferences(rent, rent).map(({ value }) => value)).toEqual(rent.map(() => 0));
    expect(partDifferences([], [])).toEqual([]);
  });
});
