import { describe, expect, test } from 'vitest';
import type { BillLine } from '@engine/facility/bill';
import { groupByBasis, nextOrder, sortBill } from '../../../src/renderer/report/facility/sort-bill';

function line(item: string, quantity: number, usd: number | null): BillLine {
  const price = usd === null ? null : { value: usd, low: usd, high: usd };
  return {
    key: item,
    clusterId: 'cluster-1',
    category: 'switches',
    item,
    quantity,
    spares: 0,
    unitUsd: price,
    totalUsd: price,
    confidence: usd === null ? 'unknown' : 'estimate',
    basis: '',
    sources: [],
  };
}

const lines = [line('Leaf', 512, 36_000), line('Cable', 16_384, null), line('Core', 256, 50_000)];
const items = (sorted: readonly BillLine[]): string[] => sorted.map(({ item }) => item);

describe('a sorted bill', () => {
  test('goes by number, not by the text of the number', () => {
    const order = { column: 'quantity', isDescending: false } as const;
    expect(items(sortBill(lines, order))).toEqual(['Core', 'Leaf', 'Cable']);
    expect(items(sortBill(lines, { ...order, isDescending: true }))).toEqual([
      'Cable',
      'Leaf',
      'Core',
    ]);
  });

  test('puts a line without a price last, whichever way it goes', () => {
    for (const isDescending of [false, true]) {
      expect(items(sortBill(lines, { column: 'unitUsd', isDescending })).at(-1)).toBe('Cable');
    }
  });

  test('puts what is best known first', () => {
    const order = { column: 'confidence', isDescending: false } as const;
    expect(items(sortBill(lines, order))).toEqual(['Leaf', 'Core', 'Cable']);
  });

  test('comes back to its own order with the third press', () => {
    const first = nextOrder(null, 'item');
    const second = nextOrder(first, 'item');
    expect([first?.isDescending, second?.isDescending, nextOrder(second, 'item')]).toEqual([
      false,
      true,
      null,
    ]);
    expect(nextOrder(second, 'spares')).toEqual({ column: 'spares', isDescending: false });
    expect(sortBill(lines, null)).toBe(lines);
  });
});

test('lines that rest on the same words are named together, with every source once', () => {
  const [leaf, cable, core] = lines;
  if (!leaf || !cable || !core) throw new Error('The lines are missing.');
  const groups = groupByBasis([
    { ...leaf, basis: 'a list', sources: ['one'] },
    { ...cable, basis: 'the plan' },
    { ...core, basis: 'a list', sources: ['one', 'two'] },
  ]);
  expect(groups).toEqual([
    { basis: 'a list', items: ['Leaf', 'Core'], sources: ['one', 'two'] },
    { basis: 'the plan', items: ['Cable'], sources: [] },
  ]);
});
