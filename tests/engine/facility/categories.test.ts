import fc from 'fast-check';
import { expect, test } from 'vitest';
import { billByCategory, billTotal, type BillLine } from '@engine/facility/bill';

const categories = ['nodes', 'switches', 'optics', 'racks'] as const;

function line(category: BillLine['category'], usd: number | null, name = category): BillLine {
  const totalUsd = usd === null ? null : { value: usd, low: usd / 2, high: 2 * usd };
  return {
    key: `one.bill.${name}`,
    clusterId: 'one',
    category,
    item: name,
    quantity: 1,
    spares: 0,
    unitUsd: totalUsd,
    totalUsd,
    confidence: usd === null ? 'unknown' : 'estimate',
    basis: '',
    sources: [],
  };
}

const anyLines = fc.array(
  fc
    .tuple(fc.constantFrom(...categories), fc.option(fc.integer({ min: 0, max: 1e9 })))
    .map(([category, usd]) => line(category, usd)),
);

test('the categories of any bill add up to it, each once', () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const sorted = billByCategory(lines);
      const total = billTotal(lines);
      expect(new Set(sorted.map(({ category }) => category)).size).toBe(sorted.length);
      for (const end of ['value', 'low', 'high'] as const) {
        const sum = sorted.reduce((all, { totalUsd }) => all + (totalUsd?.[end] ?? 0), 0);
        expect(sum).toBeCloseTo(total[end], 3);
      }
      expect(sorted.reduce((all, { unpriced }) => all + unpriced, 0)).toBe(total.unpriced);
    }),
  );
});

test('a category without any price costs an unknown sum, not nothing; a price of 0 is a price', () => {
  const [racks, nodes] = billByCategory([line('racks', null), line('nodes', 0)]);
  expect(racks).toEqual({ category: 'racks', totalUsd: null, unpriced: 1 });
  expect(nodes?.totalUsd).toEqual({ value: 0, low: 0, high: 0 });
  expect(billByCategory([])).toEqual([]);
});

test('a budget for optics stands for the unpriced optics of its own cluster alone', () => {
  const budget = { ...line('optics', 500), key: 'one.bill.opticsBudget' };
  const other = { ...line('optics', null), clusterId: 'two' };
  expect(billByCategory([line('optics', null), budget])[0]).toMatchObject({ unpriced: 0 });
  expect(billByCategory([line('optics', null), budget, other])[0]).toMatchObject({ unpriced: 1 });
  expect(billTotal([line('switches', null), budget]).unpriced).toBe(1);
});
