import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { sheetNameFor } from '../../../src/renderer/report/table/spreadsheet';
import { tableFileBytes } from '../../../src/renderer/report/table/table-file';

const records = {
  head: ['Item', 'Price (USD)'],
  rows: [
    ['Leaf & spine', 36_000.5],
    ['=1+1', null],
  ],
};

function partsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const files = Object.entries(unzipSync(bytes));
  return new Map(files.map(([name, content]) => [name, new TextDecoder().decode(content)]));
}

describe('a table as a file', () => {
  test('is CSV that spreadsheets read as UTF-8', async () => {
    const bytes = await tableFileBytes(records, 'csv', 'Bill');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe(
      'Item,Price (USD)\r\nLeaf & spine,36000.5\r\n"\'=1+1",',
    );
  });

  test('is a workbook of one named sheet, numbers as numbers and formulas as text', async () => {
    const parts = partsOf(await tableFileBytes(records, 'xlsx', 'Bill: 2026/11'));
    expect(parts.get('xl/workbook.xml')).toContain('name="Bill 2026 11"');
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('<v>36000.5</v>');
    expect(sheet).toContain('state="frozen"');
    expect(sheet).not.toContain('<f>');
    const words = parts.get('xl/sharedStrings.xml') ?? sheet;
    expect(words).toContain('Leaf &amp; spine');
    expect(words).toContain('=1+1');
  });

  test('holds a table without rows', async () => {
    const parts = partsOf(await tableFileBytes({ head: ['Item'], rows: [] }, 'xlsx', ''));
    expect(parts.get('xl/workbook.xml')).toContain('name="Table"');
  });
});

test.each([
  ['Bill of materials: $1.2 M for what has a price', 'Bill of materials $1.2 M for wh'],
  ["'quoted'", 'quoted'],
  ['[]:*?/\\', 'Table'],
])('a sheet for “%s” is called “%s”', (title, expected) => {
  expect(sheetNameFor(title)).toBe(expected);
});
