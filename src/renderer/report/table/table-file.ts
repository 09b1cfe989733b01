import { csvText } from '@shared/table/delimited';
import type { TableRecords } from '@shared/table/records';

export type TableFormat = 'csv' | 'xlsx';

/** A byte-order mark tells spreadsheets that the text is UTF-8. */
const byteOrderMark = '\uFEFF';

/** The bytes of a file that holds the records. The writer of workbooks is loaded when first needed. */
export async function tableFileBytes(
  records: TableRecords,
  format: TableFormat,
  title: string,
): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(byteOrderMark + csvText(records));
  const { spreadsheetBytes } = await import('./spreadsheet');
  return spreadsheetBytes(records, title);
}
