import { describe, expect, it } from 'vitest';
import type { Catalogue, RentalQuote } from '@engine/catalogue/types';
import { newestQuoteDate } from '@engine/checks/prices';
import { evaluate } from '@engine/evaluate';
import type { Plan, Quantity } from '@engine/plan';
import type { Finding } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
} from '../../fixtures/engine-fixture';

const lab = templatePlan('lab-node-8-h100');
const byDefault = (value: number): Quantity => ({ value, origin: 'default' });

function priceFindings(plan: Plan, of: Catalogue = catalogue): Finding[] {
  return evaluate(plan, of).findings.filter(({ code }) => code.startsWith('price.'));
}

function priced(rent: Quantity, purchase: Quantity, acquisition: 'rent' | 'buy'): Plan {
  return withCosts(
    withClusters(lab, { rentUsdPerAcceleratorHour: rent, purchaseUsdPerNode: purchase }),
    { acquisition },
  );
}

/** The catalogue with one on-demand quote of H100, as many days old as asked. */
function quotedOn(date: string, term: RentalQuote['term'] = 'on demand'): Catalogue {
  const [sample] = catalogue.rentalQuotes.filter((quote) => quote.acceleratorId === 'h100-sxm');
  if (!sample) throw new Error('Nobody quotes an H100.');
  return { ...catalogue, date: '2026-11-23', rentalQuotes: [{ ...sample, date, term }] };
}

describe('a missing price', () => {
  const [given, none] = [quantity(3), quantity(0)];

  it.each<[string, Plan, readonly (readonly [string, string])[]]>([
    ['both prices', priced(given, given, 'rent'), []],
    ['no rent, rented', priced(none, given, 'rent'), [['price.rentMissing', 'warning']]],
    ['no rent, bought', priced(none, given, 'buy'), [['price.rentMissing', 'note']]],
    ['no purchase, bought', priced(given, none, 'buy'), [['price.purchaseMissing', 'warning']]],
    ['no purchase, rented', priced(given, none, 'rent'), [['price.purchaseMissing', 'note']]],
    [
      'no price at all, rented',
      priced(none, none, 'rent'),
      [
        ['price.rentMissing', 'warning'],
        ['price.purchaseMissing', 'note'],
      ],
    ],
  ])('with %s weighs more where the plan depends on it', (_what, plan, expected) => {
    expect(priceFindings(plan).map(({ code, level }) => [code, level])).toEqual(expected);
  });

  it('never counts as free: the totals that need it have no value', () => {
    const { cost, clusters } = reportOf(priced(none, none, 'rent'));
    const unknown = [
      cost.rentUsdTotal,
      cost.buyUsdTotal,
      cost.chosenUsdTotal,
      cost.usdPerAcceleratorHourRented,
      cost.breakEvenUtilisation,
      ...clusters.flatMap(({ rentUsdPerHour, purchaseUsd }) => [rentUsdPerHour, purchaseUsd]),
    ];
    expect(unknown.map(({ value }) => value)).toEqual(unknown.map(() => null));
  });

  it('says so: neither finding calls renting or buying free', () => {
    for (const found of priceFindings(priced(none, none, 'rent'))) {
      const text = `${found.title} ${found.cause} ${found.advice}`;
      expect(text).not.toMatch(/free/);
      expect(found.cause).toContain('is not computed');
    }
  });

  it('is asked for at the field that lacks it', () => {
    const fields = priceFindings(priced(none, none, 'rent')).map(({ field }) => field);
    expect(fields).toEqual(['rentUsdPerAcceleratorHour', 'purchaseUsdPerNode']);
  });
});

describe('an old price', () => {
  const plan = priced(byDefault(3), quantity(3e5), 'rent');

  it.each([
    ['2026-11-23', false],
    ['2026-05-27', false],
    ['2026-05-26', true],
    ['2025-11', true],
    ['2023', true],
  ])('quoted on %s for a catalogue of 2026-11-23: old is %s', (date, isOld) => {
    const codes = priceFindings(plan, quotedOn(date)).map(({ code }) => code);
    expect(codes).toEqual(isOld ? ['price.rentOld'] : []);
  });

  it('that the user entered is not questioned', () => {
    const own = priced(quantity(3), quantity(3e5), 'rent');
    expect(priceFindings(own, quotedOn('2023-01-01'))).toEqual([]);
  });

  it('names the date of the quote and its age', () => {
    const [found] = priceFindings(plan, quotedOn('2026-01-01'));
    expect(found?.cause).toBe(
      "The newest quote is of 1 Jan 2026, 326 days before the catalogue's date.",
    );
  });

  it.each<RentalQuote['term']>(['spot', 'reserved 1 year', 'reserved 3 years', 'market'])(
    'on %s terms is no quote to judge by',
    (term) => {
      expect(newestQuoteDate(quotedOn('2020-01-01', term), 'h100-sxm')).toBeNull();
      expect(priceFindings(plan, quotedOn('2020-01-01', term))).toEqual([]);
    },
  );
});

it('the newest quote of a part is the newest of its on-demand quotes', () => {
  for (const id of catalogue.accelerators.keys()) {
    const dates = catalogue.rentalQuotes
      .filter((quote) => quote.acceleratorId === id && quote.term === 'on demand')
      .map(({ date }) => date)
      .toSorted();
    expect(newestQuoteDate(catalogue, id), id).toBe(dates.at(-1) ?? null);
  }
});
