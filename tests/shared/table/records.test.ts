import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { numberCell, type TableData } from '@shared/table/cell';
import { csvText, tsvText } from '@shared/table/delimited';
import { tableRecords } from '@shared/table/records';

const columns = [
  { key: 'item', title: 'Item' },
  { key: 'usd', title: 'Price', isNumber: true },
];

function records(rows: TableData['rows']) {
  return tableRecords({ columns, rows });
}

describe('the records of a table', () => {
  test('hold raw numbers and name the unit in the heading', () => {
    expect(records([['Leaf', numberCell(36_000.123456, 'USD')]])).toEqual({
      head: ['Item', 'Price (USD)'],
      rows: [['Leaf', 36_000.123456]],
    });
  });

  test('put the unit into a column where it changes from row to row', () => {
    const found = records([
      ['Time', numberCell(54.3, 'days')],
      ['Cost', numberCell(1e6, 'USD')],
    ]);
    expect(found).toEqual({
      head: ['Item', 'Price', 'Price, unit'],
      rows: [
        ['Time', 54.3, 'days'],
        ['Cost', 1e6, 'USD'],
      ],
    });
  });

  test('give a range two columns, empty where a row has none', () => {
    const found = records([
      ['Leaf', { value: 5, unit: 'USD', low: 4, high: 9 }],
      ['Spine', numberCell(7, 'USD')],
    ]);
    expect(found.head).toEqual(['Item', 'Price (USD)', 'Price, low (USD)', 'Price, high (USD)']);
    expect(found.rows).toEqual([
      ['Leaf', 5, 4, 9],
      ['Spine', 7, null, null],
    ]);
  });

  test('leave empty what has no value', () => {
    expect(records([['—', numberCell(null, 'USD')]]).rows).toEqual([[null, null]]);
    expect(records([['Leaf']]).rows).toEqual([['Leaf', null]]);
    expect(records([])).toEqual({ head: ['Item', 'Price'], rows: [] });
  });

  test('write shares as fractions and say so', () => {
    expect(records([['Left', numberCell(0.37, 'fraction')]])).toEqual({
      head: ['Item', 'Price (fraction)'],
      rows: [['Left', 0.37]],
    });
  });
});

describe('a table as text', () => {
  const table = {
    head: ['Item', 'Price (USD)'],
    rows: [
      ['A "big", blue\nrack', -1.5],
      ['=1+1', null],
    ],
  };

  test('quotes commas, quotation marks and line breaks, and does not run formulas', () => {
    expect(csvText(table)).toBe('Item,Price (USD)\r\n"A ""big"", blue\nrack",-1.5\r\n"\'=1+1",');
  });

  test('is read back as it was, commas or tabs', () => {
    for (const text of [csvText(table), tsvText(table)]) {
      expect(Papa.parse(text).data).toEqual([
        ['Item', 'Price (USD)'],
        ['A "big", blue\nrack', '-1.5'],
        ["'=1+1", ''],
      ]);
    }
    expect(tsvText(table).split('\r\n')[0]).toBe('Item\tPrice (USD)');
  });
});
