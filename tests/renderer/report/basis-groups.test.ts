import { expect, test } from 'vitest';
import type { BillLine } from '@engine/facility/bill';
import { groupByBasis } from '../../../src/renderer/report/facility/basis-groups';

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
