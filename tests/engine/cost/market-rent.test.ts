import { describe, expect, it } from 'vitest';
import type { Catalogue, RentalQuote } from '@engine/catalogue/types';
import { marketQuotes, marketRent, quotesOf } from '@engine/cost/market-rent';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { defaultRent } from '@shared/plan/defaults';

type Offer = readonly [
  provider: string,
  date: string,
  usd: number,
  term?: RentalQuote['term'],
  acceleratorId?: string,
];

/** A catalogue of 2026-11-23 with these offers of one part. */
function offering(...offers: readonly Offer[]): Catalogue {
  return {
    ...bundledCatalogue,
    date: '2026-11-23',
    rentalQuotes: offers.map(([provider, date, usd, term, acceleratorId], index) => ({
      id: `quote-${index}`,
      provider,
      instance: null,
      acceleratorId: acceleratorId ?? 'part',
      term: term ?? 'on demand',
      region: null,
      date,
      price: { value: usd, unit: 'USD/h', source: 'source', quality: 'official' },
    })),
  };
}

const [today, spring, lastYear] = ['2026-11-20', '2026-06-01', '2025-06-01'];

describe('the market rent', () => {
  it.each<[string, readonly Offer[], number | null]>([
    ['of one provider is its price', [['A', today, 2.5]], 2.5],
    [
      'of three providers is the middle one',
      [
        ['A', today, 2],
        ['B', today, 9],
        ['C', today, 3],
      ],
      3,
    ],
    [
      'of two providers is half way between them',
      [
        ['A', today, 2],
        ['B', today, 3],
      ],
      2.5,
    ],
    [
      'counts a provider once, however many offers it makes',
      [
        ['A', today, 2],
        ['A', today, 2],
        ['A', today, 2],
        ['B', today, 4],
      ],
      3,
    ],
    [
      'takes the median of the offers a provider makes on one day',
      [
        ['A', today, 1],
        ['A', today, 2],
        ['A', today, 9],
      ],
      2,
    ],
    [
      'takes a provider’s newest price, not its lowest',
      [
        ['A', spring, 1],
        ['A', today, 3],
      ],
      3,
    ],
    [
      'leaves out what is older than 180 days when there is something newer',
      [
        ['A', lastYear, 1],
        ['B', spring, 3],
      ],
      3,
    ],
    ['falls back on old offers when there is nothing newer', [['A', lastYear, 4]], 4],
    [
      'leaves out spot and reserved terms',
      [
        ['A', today, 1, 'spot'],
        ['B', today, 1.5, 'reserved 3 years'],
        ['C', today, 3],
      ],
      3,
    ],
    ['leaves out other parts', [['A', today, 1, 'on demand', 'other']], null],
    ['is unknown where only spot is offered', [['A', today, 1, 'spot']], null],
    ['is unknown where nobody offers', [], null],
    ['is rounded to a hundredth of a cent', [['A', today, 2.123_456]], 2.1235],
  ])('%s', (_what, offers, expected) => {
    const catalogue = offering(...offers);
    expect(marketRent(catalogue, 'part')).toBe(expected);
    expect(defaultRent(catalogue, 'part').value).toBe(expected ?? 0);
  });

  it('does not depend on the order of the offers', () => {
    const offers: Offer[] = [
      ['A', today, 2],
      ['B', spring, 4],
      ['C', today, 7],
      ['A', spring, 1],
    ];
    expect(marketQuotes(offering(...offers.toReversed()), 'part')?.rent).toBe(
      marketQuotes(offering(...offers), 'part')?.rent,
    );
  });

  it('tells what it is made of: prices per provider, from when to when', () => {
    const catalogue = offering(['A', today, 2], ['B', spring, 4], ['C', lastYear, 9]);
    expect(marketQuotes(catalogue, 'part')).toEqual({
      prices: [2, 4],
      from: spring,
      to: today,
      rent: 3,
    });
  });

  it('of every part in the catalogue lies between its cheapest and its dearest on-demand offer', () => {
    const priced = [...bundledCatalogue.accelerators.keys()].flatMap((id) => {
      const rent = marketRent(bundledCatalogue, id);
      return rent === null ? [] : [[id, rent] as const];
    });
    expect(priced.length).toBeGreaterThan(5);
    for (const [id, rent] of priced) {
      const offers = bundledCatalogue.rentalQuotes
        .filter((quote) => quote.acceleratorId === id && quote.term === 'on demand')
        .map((quote) => quote.price.value);
      expect(rent, id).toBeGreaterThanOrEqual(Math.min(...offers) - 1e-4);
      expect(rent, id).toBeLessThanOrEqual(Math.max(...offers) + 1e-4);
    }
  });
});

describe('a question that was answered before', () => {
  it('is answered anew for other quotes, another date, another term and another part', () => {
    const before = offering(['A', lastYear, 4], ['B', today, 2], ['C', today, 1, 'spot']);
    expect(marketQuotes(before, 'part')?.rent).toBe(2);
    expect(marketQuotes({ ...before, date: '2030-01-01' }, 'part')?.rent).toBe(3);
    expect(marketQuotes(before, 'part', 'spot')?.rent).toBe(1);
    expect(marketQuotes(before, 'other')).toBeNull();
    const after = { ...before, rentalQuotes: before.rentalQuotes.slice(0, 1) };
    expect(marketQuotes(after, 'part')?.rent).toBe(4);
    expect(marketQuotes(before, 'part')?.rent).toBe(2);
  });

  it('hands out every quote of a part in the order of the table', () => {
    const { rentalQuotes } = offering(['A', today, 2], ['B', spring, 4, 'spot'], ['C', today, 7]);
    expect(quotesOf(rentalQuotes, 'part')).toEqual(rentalQuotes);
    expect(quotesOf(rentalQuotes, 'other')).toEqual([]);
  });
});

describe('the rent a new plan starts with', () => {
  it.each([
    [[['A', today, 2]] as const, 'of 1 provider,'],
    [
      [
        ['A', today, 2],
        ['B', today, 3],
      ] as const,
      'of 2 providers,',
    ],
  ])('says how many providers stand behind it', (offers, words) => {
    const { note, origin } = defaultRent(offering(...offers), 'part');
    expect(note).toContain(words);
    expect(origin).toBe('default');
  });

  it('names its range and its dates', () => {
    const { note } = defaultRent(offering(['A', today, 2], ['B', spring, 4]), 'part');
    expect(note).toContain('2026-06-01 to 2026-11-20: 2.00 to 4.00 USD/h.');
  });
});
