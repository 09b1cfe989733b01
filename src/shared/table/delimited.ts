import Papa from 'papaparse';
import type { Field, TableRecords } from './records';

/** Records as CSV (RFC 4180). Words that a spreadsheet would run as a formula are marked as text by an apostrophe. */
export function csvText(records: TableRecords): string {
  return delimited(records, ',');
}

/** Records with tabs between the fields: what a spreadsheet takes from the clipboard. */
export function tsvText(records: TableRecords): string {
  return delimited(records, '\t');
}

function delimited({ head, rows }: TableRecords, delimiter: string): string {
  const data: Field[][] = [[...head], ...rows.map((row) => [...row])];
  return Papa.unparse(data, { delimiter, newline: '\r\n', escapeFormulae: true });
}
