import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assumedPrice, priceAt, pricesAt, type PriceEnd } from '@engine/cost/price-range';
import type { Cluster, CostAssumptions, Quantity, Site } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { assumptionsOf, clusterOf, plainInputs } from './costed';

const row = { value: 100, low: 80, high: 150 };
const taken = (value: number): Quantity => ({ value, origin: 'default' });
const ends = ['low', 'value', 'high'] as const;

function atEnds(price: Quantity, of?: typeof row): number[] {
  return ends.map((end) => priceAt(price, end, of));
}

describe('a price at an end of its range', () => {
  it.each<[string, Quantity, number[]]>([
    ['is the row’s where it was taken from the row', taken(100), [80, 100, 150]],
    ['is itself where it differs from the row', taken(120), [120, 120, 120]],
    [
      'is itself where the reader entered the same number',
      { value: 100, origin: 'yours' },
      [100, 100, 100],
    ],
    [
      'is the range that was entered, not the row’s',
      { ...taken(100), low: 95, high: 105 },
      [95, 100, 105],
    ],
    ['is mixed where only one end was entered', { ...taken(100), high: 300 }, [80, 100, 300]],
  ])('%s', (_what, price, expected) => {
    expect(atEnds(price, row)).toEqual(expected);
  });

  it('does not open without a row', () => {
    expect(atEnds(taken(100))).toEqual([100, 100, 100]);
  });

  it('holds the price even where the row’s own range does not', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        (value, low, high) => {
          const [least = 0, middle, most = 0] = atEnds(taken(value), { value, low, high });
          expect(middle).toBe(value);
          expect(least).toBeLessThanOrEqual(value);
          expect(most).toBeGreaterThanOrEqual(value);
        },
      ),
    );
  });
});

const entry = clusterOf(plainInputs);

function priced(
  end: PriceEnd,
  change: {
    costs?: Partial<CostAssumptions>;
    cluster?: Partial<Cluster>;
    site?: Partial<Site>;
  } = {},
  catalogue: Parameters<typeof pricesAt>[1] = bundledCatalogue,
) {
  const { cluster, site } = entry;
  const clusters = [
    { ...entry, cluster: { ...cluster, ...change.cluster }, site: { ...site, ...change.site } },
  ];
  const plan = pricesAt(
    { clusters, costs: { ...assumptionsOf(plainInputs), ...change.costs } },
    catalogue,
    end,
  );
  const [first] = plan.clusters;
  if (first === undefined) throw new Error('The cluster is lost.');
  return { plan, first };
}

describe('the catalogue’s row', () => {
  it.each([
    ['networkAndStorageFraction', 0.05, 0.25],
    ['maintenanceFractionPerYear', 0.04, 0.08],
    ['colocationUsdPerKwMonth', 115, 217.3],
  ] as const)('opens a default %s from %f to %f', (key, low, high) => {
    const value = assumedPrice(bundledCatalogue, `cost.${key}`);
    const found = ends.map((end) => priced(end, { costs: { [key]: value } }).plan.costs[key].value);
    expect(found).toEqual([low, value.value, high]);
  });

  it('puts the high end of what is left into the low total', () => {
    const costs = { residualFraction: taken(0.3) };
    const found = ends.map((end) => priced(end, { costs }).plan.costs.residualFraction.value);
    expect(found).toEqual([0.35, 0.3, 0.25]);
  });

  it('stands in, with its range, for prices that the plan leaves out', () => {
    const at = (key: 'facilityUsdPerKw' | 'storageUsdPerTbMonth' | 'egressUsdPerTb') =>
      ends.map((end) => priced(end, { costs: { [key]: null } }).plan.costs[key]?.value);
    expect(at('facilityUsdPerKw')).toEqual([4_600, 6_100, 25_000]);
    expect(at('storageUsdPerTbMonth')).toEqual([15, 70, 100]);
    expect(at('egressUsdPerTb')).toEqual([0, 50, 90]);
  });

  it('is no price where there is no such row', () => {
    expect(assumedPrice({ assumptions: {} }, 'cost.buildingYears')).toEqual(taken(0));
    expect(priced('value').plan.buildingYears).toBe(15);
  });

  it('of the system opens a node’s default price, and not one that was entered', () => {
    const { price } = entry.system;
    if (price === null) throw new Error('The system has no price.');
    const at = (purchaseUsdPerNode: Quantity) =>
      ends.map(
        (end) =>
          priced(end, { cluster: { purchaseUsdPerNode } }).first.cluster.purchaseUsdPerNode.value,
      );
    expect(at(taken(price.value))).toEqual([
      price.low ?? price.value,
      price.value,
      price.high ?? price.value,
    ]);
    expect(at({ value: price.value, origin: 'yours' })).toEqual([
      price.value,
      price.value,
      price.value,
    ]);
  });
});

describe('electricity', () => {
  const tariff = {
    ...row,
    value: 0.1,
    low: 0.06,
    high: 0.2,
    unit: 'USD/kWh',
    source: 's',
    quality: 'official' as const,
  };
  const [region] = bundledCatalogue.regions.values();
  if (region === undefined) throw new Error('The catalogue has no region.');
  const catalogue = {
    ...bundledCatalogue,
    regions: new Map([['here', { ...region, electricityPrice: tariff }]]),
  };
  const at = (site: Partial<Site>) =>
    ends.map((end) => priced(end, { site }, catalogue).first.site.electricityUsdPerKwh.value);

  it('takes its range from the tariff of its region alone', () => {
    expect(at({ regionId: 'here', electricityUsdPerKwh: taken(0.1) })).toEqual([0.06, 0.1, 0.2]);
    expect(at({ regionId: 'here', electricityUsdPerKwh: taken(0.11) })).toEqual([0.11, 0.11, 0.11]);
  });

  it('opens the demand charge where a range was entered, and leaves none where there is none', () => {
    const demandChargeUsdPerKwMonth: Quantity = { value: 10, origin: 'yours', low: 8, high: 15 };
    const charge = (site: Partial<Site>) =>
      ends.map((end) => priced(end, { site }).first.site.demandChargeUsdPerKwMonth?.value);
    expect(charge({ demandChargeUsdPerKwMonth })).toEqual([8, 10, 15]);
    expect(charge({ demandChargeUsdPerKwMonth: null })).toEqual([undefined, undefined, undefined]);
  });
});

describe('rent', () => {
  const catalogue = {
    ...bundledCatalogue,
    date: '2026-11-23',
    rentalQuotes: (
      [
        ['A', 1.5],
        ['B', 2],
        ['C', 6],
      ] as const
    ).map(([provider, value]) => ({
      id: provider,
      provider,
      instance: null,
      acceleratorId: entry.system.acceleratorId,
      term: 'on demand' as const,
      region: null,
      date: '2026-11-20',
      price: { value, unit: 'USD/h', source: 's', quality: 'official' as const },
    })),
  };
  const at = (rent: Quantity, from: Parameters<typeof pricesAt>[1] = catalogue) =>
    ends.map(
      (end) =>
        priced(end, { cluster: { rentUsdPerAcceleratorHour: rent } }, from).first.cluster
          .rentUsdPerAcceleratorHour.value,
    );

  it('of the market ranges from the cheapest provider to the dearest', () => {
    expect(at(taken(2))).toEqual([1.5, 2, 6]);
  });

  it('that was entered, is unknown or is quoted by nobody does not open', () => {
    expect(at({ value: 2, origin: 'yours' })).toEqual([2, 2, 2]);
    expect(at(taken(0))).toEqual([0, 0, 0]);
    expect(at(taken(2), { ...catalogue, rentalQuotes: [] })).toEqual([2, 2, 2]);
  });
});
