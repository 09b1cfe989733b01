import { describe, expect, it } from 'vitest';
import type { RentalQuote } from '@engine/catalogue/types';
import { rentOffers, type RentOffer } from '@engine/cost/rent-offers';
import { isPaidWhenIdle, paidShare, rentLines } from '@engine/cost/rent-lines';
import type { Cluster, CostAssumptions } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { quantity } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, plainInputs } from './costed';

const entry = clusterOf(plainInputs);
const terms = { horizonYears: 3, discountRatePerYear: 0 };

function quote(provider: string, usd: number, change: Partial<RentalQuote> = {}): RentalQuote {
  return {
    id: `${provider}-${String(usd)}`,
    provider,
    instance: null,
    acceleratorId: entry.system.acceleratorId,
    term: 'on demand',
    region: null,
    date: '2026-11-01',
    price: { value: usd, unit: 'USD/h', source: `page of ${provider}`, quality: 'official' },
    ...change,
  };
}

function offersOf(
  quotes: readonly RentalQuote[],
  costs: Partial<CostAssumptions> = {},
  clusters = [entry],
): RentOffer[] {
  return rentOffers(
    {
      clusters,
      costs: { ...assumptionsOf(plainInputs), ...costs },
      buildingYears: 15,
      auxiliaryShare: 0.1,
    },
    terms,
    { ...bundledCatalogue, date: '2026-11-23', rentalQuotes: quotes },
  );
}

describe('offers to rent a cluster', () => {
  it('cost the hours in use on demand, and all hours where capacity is reserved', () => {
    const [reserved, onDemand] = offersOf([
      quote('A', 2),
      quote('B', 1.5, { term: 'reserved 1 year' }),
    ]);
    expect(reserved).toMatchObject({
      provider: 'B',
      term: 'reserved 1 year',
      usdPerAcceleratorHour: 1.5,
    });
    expect(reserved?.totalUsd).toBeCloseTo(80 * 8_760 * 1.5 * 3, 3);
    expect(onDemand).toMatchObject({ provider: 'A', term: 'on demand', source: 'page of A' });
    expect(onDemand?.totalUsd).toBeCloseTo(80 * 8_760 * 0.8 * 2 * 3, 3);
  });

  it('are in order of the total, in which a lower price per hour can come last', () => {
    const found = offersOf([
      quote('A', 1.9, { term: 'reserved 1 year' }),
      quote('B', 2),
      quote('C', 9),
    ]);
    expect(found.map(({ provider }) => provider)).toEqual(['B', 'A', 'C']);
  });

  it('count a provider’s newest quote of a term, and of one day its cheapest', () => {
    const quotes = [
      quote('A', 1, { date: '2026-01-01' }),
      quote('A', 4),
      quote('A', 3),
      quote('A', 0.5, { term: 'spot', date: '2026-02-01' }),
    ];
    for (const order of [quotes, quotes.toReversed()]) {
      expect(offersOf(order).map(({ usdPerAcceleratorHour }) => usdPerAcceleratorHour)).toEqual([
        0.5, 3,
      ]);
    }
  });

  it('are old from the 181st day on', () => {
    const found = offersOf([
      quote('A', 1, { date: '2026-05-27' }),
      quote('B', 2, { date: '2026-05-26' }),
    ]);
    expect(found.map(({ isOld }) => isOld)).toEqual([false, true]);
  });

  it('are of the cluster’s own accelerator, for every cluster of it', () => {
    const quotes = [quote('A', 2), quote('B', 1, { acceleratorId: 'another' })];
    const second = clusterOf({ ...plainInputs, nodes: 20 }, 'cluster-2');
    const found = offersOf(quotes, {}, [entry, second]);
    expect(found.map(({ clusterId, provider }) => [clusterId, provider])).toEqual([
      ['cluster-1', 'A'],
      ['cluster-2', 'A'],
    ]);
    expect((found[1]?.totalUsd ?? 0) / (found[0]?.totalUsd ?? 1)).toBeCloseTo(2, 9);
  });

  it('of a cluster without nodes cost nothing, storage or not', () => {
    const { cluster } = clusterOf({ ...plainInputs, nodes: 0 });
    const none = { ...entry, cluster: { ...cluster, rentStorageTb: quantity(100) } };
    const costs = { storageUsdPerTbMonth: quantity(70) };
    expect(offersOf([quote('A', 2)], costs, [none])[0]?.totalUsd).toBe(0);
  });
});

describe('the hidden parts of renting, by hand', () => {
  const hidden: Partial<Cluster> = {
    rentStorageTb: quantity(100),
    rentEgressTbPerMonth: quantity(20),
  };
  const costs: CostAssumptions = {
    ...assumptionsOf(plainInputs),
    rentSupportFraction: quantity(0.05),
    rentGoodputFraction: quantity(0.8),
    rentChangePerYear: quantity(-0.1),
    storageUsdPerTbMonth: quantity(70),
    egressUsdPerTb: quantity(50),
  };
  const lines = rentLines({ ...entry, cluster: { ...entry.cluster, ...hidden } }, costs);
  const rent = 80 * 2 * 8_760 * 0.8;

  it('are support, lost hours, storage and traffic beside the rent', () => {
    const perYear = lines.map(({ perYearUsd }) => perYearUsd);
    const expected = [rent, 0.05 * rent, 0.25 * rent, 12 * 100 * 70, 12 * 20 * 50];
    expect(perYear).toHaveLength(expected.length);
    for (const [index, usd] of expected.entries()) expect(perYear[index]).toBeCloseTo(usd, 6);
  });

  it('change with the price of the rent where they are shares of it', () => {
    expect(lines.map(({ changePerYear }) => changePerYear)).toEqual([-0.1, -0.1, -0.1, 0, 0]);
  });
});

it.each([
  ['on demand', false],
  ['spot', false],
  ['market', false],
  [undefined, false],
  ['reserved 1 year', true],
  ['reserved 3 years', true],
  ['capacity block', true],
] as const)('%s is paid while idle: %s', (term, isPaid) => {
  expect(isPaidWhenIdle(term)).toBe(isPaid);
  expect(paidShare(term, 0.25)).toBe(isPaid ? 1 : 0.25);
});
