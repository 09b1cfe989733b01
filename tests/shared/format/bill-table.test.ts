import { describe, expect, test } from 'vitest';
import type { BillLine } from '@engine/facility/bill';
import { billCells, billColumns, billCsv, billTableCells } from '@shared/format/bill-table';

const line: BillLine = {
  key: 'cluster-1.bill.leaves',
  clusterId: 'cluster-1',
  category: 'switches',
  item: 'QM9700, leaf',
  quantity: 1024,
  spares: 21,
  unitUsd: { value: 36_000, low: 36_000, high: 50_000 },
  totalUsd: { value: 37_620_000, low: 37_620_000, high: 52_250_000 },
  confidence: 'estimate',
  basis: 'August 2024',
  sources: ['one', 'two'],
};

describe('a line of a bill', () => {
  test('is read with its range and its confidence, one cell per column', () => {
    const cells = billCells(line, 'en');
    expect(cells).toHaveLength(billColumns.length);
    expect(cells[1]).toBe('1,024');
    expect(cells[3]).toBe('$36,000 ($36,000–$50,000)');
    expect(cells.at(-1)).toBe('estimate');
  });

  test('without a price or spares shows a dash, never a zero', () => {
    const cells = billCells({ ...line, spares: 0, unitUsd: null, totalUsd: null }, 'en');
    expect(cells.slice(2, 5)).toEqual(['—', '—', '—']);
  });
});

describe('a line of a bill in a table', () => {
  test('keeps its numbers, and its ranges where they are ranges', () => {
    expect(billTableCells(line)).toEqual([
      'QM9700, leaf',
      { value: 1024, unit: '' },
      { value: 21, unit: '' },
      { value: 36_000, unit: 'USD', low: 36_000, high: 50_000 },
      { value: 37_620_000, unit: 'USD', low: 37_620_000, high: 52_250_000 },
      'estimate',
    ]);
    const exact = { value: 5, low: 5, high: 5 };
    expect(billTableCells({ ...line, unitUsd: exact })[3]).toEqual({ value: 5, unit: 'USD' });
  });

  test('has no value where nobody gave a price, and no spares as a dash', () => {
    const cells = billTableCells({ ...line, spares: 0, unitUsd: null, totalUsd: null });
    expect(cells.slice(2, 5)).toEqual([
      { value: 0, unit: '', text: '—' },
      { value: null, unit: 'USD' },
      { value: null, unit: 'USD' },
    ]);
  });
});

describe('the CSV of a bill', () => {
  const csv = (change: Partial<BillLine>, name = 'Pod'): string =>
    billCsv([{ ...line, ...change }], () => name).split('\r\n')[1] ?? '';

  test('quotes commas, quotation marks and line breaks', () => {
    expect(csv({ item: 'A "big", blue\nrack' })).toContain('"A ""big"", blue\nrack"');
    expect(csv({})).toBe(
      'Pod,switches,"QM9700, leaf",1024,21,36000,36000,50000,37620000,37620000,52250000,estimate,August 2024,one two',
    );
  });

  test('leaves an unknown price empty', () => {
    expect(csv({ unitUsd: null, totalUsd: null })).toContain(',1024,21,,,,,,,estimate,');
  });

  test.each(['=1+1', '+1', '-1', '@x'])('does not let %s run as a formula', (name) => {
    expect(csv({}, name).startsWith(`"'${name}",`)).toBe(true);
  });
});
