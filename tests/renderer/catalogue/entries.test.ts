import { describe, expect, test } from 'vitest';
import { planCatalogue } from '@engine/catalogue/plan-catalogue';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { catalogueKinds, kindOf } from '../../../src/renderer/features/catalogue/catalogue-kinds';
import {
  chartTitle,
  datedValues,
  measuresOf,
  yearOf,
} from '../../../src/renderer/features/catalogue/chart-measures';
import { compareEntries } from '../../../src/renderer/features/catalogue/comparison';
import { entriesOf, filterEntries } from '../../../src/renderer/features/catalogue/entries';

const nothing = { search: '', group: null, isOwnOnly: false };

describe.each(catalogueKinds)('the shelf $title', (kind) => {
  const entries = entriesOf(kind.key, catalogue);

  test('has entries, each once, with the figures that its list shows', () => {
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    for (const key of kind.columns) {
      expect(
        entries.every(({ facts }) => facts.some((fact) => fact.key === key)),
        key,
      ).toBe(true);
    }
  });

  test('says where every value was read, and of what quality it is', () => {
    for (const { id, facts } of entries) {
      const known = facts.flatMap(({ fact }) => fact ?? []);
      expect(known.length, id).toBeGreaterThan(0);
      for (const { source } of known) expect(catalogue.sources.has(source), id).toBe(true);
    }
  });
});

describe('the filter', () => {
  const entries = entriesOf('accelerators', catalogue);

  test('wants every word, in whatever order and case', () => {
    const names = (search: string) =>
      filterEntries(entries, { ...nothing, search }).map(({ id }) => id);
    expect(names('SXM h100')).toContain('h100-sxm');
    expect(names('SXM h100')).not.toContain('h200-sxm');
    expect(names('no such part')).toEqual([]);
  });

  test('shows rare parts to whoever looks for them, by a word or by their maker', () => {
    const shown = (changes: object) =>
      new Set(filterEntries(entries, { ...nothing, ...changes }).map(({ id }) => id));
    const usual = shown({ search: '  ' });
    expect(usual).toEqual(new Set(entries.filter(({ isRare }) => !isRare).map(({ id }) => id)));
    expect(usual.size).toBeGreaterThan(100);
    expect(usual.size).toBeLessThan(entries.length);
    expect(usual.has('rtx-4090-laptop')).toBe(false);
    expect(shown({ search: '4090 laptop' }).has('rtx-4090-laptop')).toBe(true);
    expect(shown({ group: 'NVIDIA' }).has('rtx-4090-laptop')).toBe(true);
  });

  test('keeps one maker, or what the plan brought itself', () => {
    const makers = filterEntries(entries, { ...nothing, group: 'AMD' }).map(({ group }) => group);
    expect(new Set(makers)).toEqual(new Set(['AMD']));
    expect(filterEntries(entries, { ...nothing, isOwnOnly: true })).toEqual([]);
    const own = planCatalogue(
      {
        partOverrides: [{ kind: 'accelerator', partId: 'h100-sxm', field: 'power', value: 650 }],
      },
      catalogue,
    );
    const seen = entriesOf('accelerators', own.catalogue);
    expect(filterEntries(seen, { ...nothing, isOwnOnly: true }).map(({ id }) => id)).toEqual([
      'h100-sxm',
    ]);
  });
});

test('prices older than half a year before the catalogue are old, newer ones are not', () => {
  const prices = entriesOf('prices', catalogue);
  expect(prices.filter(({ isOld }) => isOld).length).toBeGreaterThan(0);
  for (const { date, isOld, id } of prices) {
    if (date !== null && date >= '2026-06-01') expect(isOld, id).toBe(false);
    if (date !== null && date < '2026-05-01') expect(isOld, id).toBe(true);
  }
});

describe('a comparison', () => {
  const entries = entriesOf('accelerators', catalogue);
  const pick = (...ids: string[]) =>
    ids.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);

  test('says how far figures lie apart, and which are the same', () => {
    const rows = new Map(
      compareEntries(pick('h100-sxm', 'h200-sxm')).map((row) => [row.label, row]),
    );
    expect(rows.get('Memory')?.ratio).toBeCloseTo(141 / 80, 9);
    expect(rows.get('BF16, dense')).toMatchObject({ ratio: null, isDifferent: false });
    expect(rows.has('FP4, dense')).toBe(false);
  });

  test('calls a figure that one of them lacks different, without a ratio', () => {
    const row = compareEntries(pick('h100-sxm', 'b200-sxm')).find(
      ({ label }) => label === 'FP4, dense',
    );
    expect(row).toMatchObject({ ratio: null, isDifferent: true });
    expect(row?.cells).toHaveLength(2);
  });

  test('of nothing has no rows', () => {
    expect(compareEntries([])).toEqual([]);
  });
});

describe('the chart', () => {
  const entries = entriesOf('accelerators', catalogue);
  const measures = measuresOf('accelerators', entries, catalogue, (date) => date > '2026-06');
  const measure = (key: string) => {
    const found = measures.find((one) => one.key === key);
    if (found === undefined) throw new Error(`There is no measure '${key}'.`);
    return found;
  };
  const h100 = entries.find(({ id }) => id === 'h100-sxm');

  test('divides the dense peak by watts, bytes and dollars', () => {
    if (h100 === undefined) throw new Error('There is no H100.');
    expect(measure('perWatt').of(h100)).toBeCloseTo(989 / 700, 1);
    expect(measure('byteBalance').of(h100)).toBeCloseTo((989 / 3350) * 1e3, -1);
    const cheapest = Math.min(
      ...catalogue.rentalQuotes
        .filter(
          (quote) =>
            quote.acceleratorId === 'h100-sxm' &&
            quote.term === 'on demand' &&
            quote.date > '2026-06',
        )
        .map(({ price }) => price.value),
    );
    expect(measure('perDollar').of(h100)).toBeCloseTo((989 * 3.6) / cheapest, -1);
  });

  test('places only what has a date and a value, oldest first', () => {
    const points = datedValues(entries, measure('memoryCapacity'));
    expect(points.length).toBeGreaterThan(20);
    const years = points.map(({ year }) => year);
    expect(years).toEqual(years.toSorted((one, other) => one - other));
    expect(chartTitle(points, measure('memoryCapacity'))).toMatch(/^Memory: .+ has .+ times that/);
    expect(chartTitle([], measure('power'))).toBe('No entry states both a date and Power');
  });

  test.each([
    ['2024', 2024.5],
    ['2024-07', 2024 + 6.5 / 12],
    ['2024-01-31', 2024 + 1 / 12],
    ['soon', null],
    [null, null],
  ])('reads %s as %s', (date, year) => {
    if (year === null) expect(yearOf(date)).toBeNull();
    else expect(yearOf(date)).toBeCloseTo(year, 9);
  });

  test('offers the figures of any other shelf as they are', () => {
    const regions = entriesOf('regions', catalogue);
    const found = measuresOf('regions', regions, catalogue, () => true);
    expect(found.map(({ key }) => key)).toEqual(['electricityPrice', 'gridCarbon']);
  });
});

test('a shelf that nobody knows is an error, not another shelf', () => {
  expect(() => kindOf('gone' as never)).toThrow("no shelf 'gone'");
});
