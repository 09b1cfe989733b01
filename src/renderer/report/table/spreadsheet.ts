import writeSpreadsheet, { type SheetData } from 'write-excel-file/universal';
import type { Field, TableRecords } from '@shared/table/records';

const widestCharacters = 60;

/** Records as an Office Open XML workbook of one sheet, its heading row frozen. */
export async function spreadsheetBytes(
  records: TableRecords,
  sheetName: string,
): Promise<Uint8Array> {
  const head = records.head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const rows: SheetData = records.rows.map((row) => row.map(cellOf));
  const columns = records.head.map((title, index) => ({
    width: widthOf([title, ...records.rows.map((row) => row[index] ?? null)]),
  }));
  const sheet = sheetNameFor(sheetName);
  const file = writeSpreadsheet([head, ...rows], { columns, sheet, stickyRowsCount: 1 });
  return new Uint8Array(await (await file.toBlob()).arrayBuffer());
}

function cellOf(field: Field) {
  if (field === null) return null;
  return typeof field === 'number'
    ? { value: field, type: Number }
    : { value: field, type: String };
}

function widthOf(fields: readonly Field[]): number {
  const longest = Math.max(...fields.map((field) => String(field ?? '').length));
  return Math.min(widestCharacters, longest + 2);
}

/** A sheet's name has at most 31 characters and none of []:*?/\ */
export function sheetNameFor(title: string): string {
  const name = title
    .replaceAll(/[[\]:*?/\\]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31)
    .trim();
  return name === '' ? 'Table' : name;
}
