/** What stands in a cell of a table: words, or a number that keeps its value and unit for sorting and for spreadsheets. */
import type { Catalogue, Fact } from '@engine/catalogue/types';
import type { Figure } from '@engine/report';
import { formatDate } from '../format/date';
import { formatFigure, noValue } from '../format/value';

export interface NumberCell {
  /** null where there is no value */
  readonly value: number | null;
  readonly unit: string;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** what is read in place of the formatted value */
  readonly text?: string | undefined;
  /** why there is no value */
  readonly reason?: string | undefined;
  /** the reported number that it is, whose formula and sources a reader may open */
  readonly figure?: Figure | undefined;
}

/** Words that are sorted and exported by another value than the one that is read, such as a date. */
export interface WordCell {
  readonly text: string;
  readonly value: string | number | null;
  /** catalogue ids of the sources that the words name; a reader may open each */
  readonly sourceIds?: readonly string[] | undefined;
  /** address that the words open */
  readonly url?: string | undefined;
  /** what was read there, where the cell tells its quality as well */
  readonly read?: { readonly value: number; readonly unit: string } | undefined;
}

export type TableCell = string | NumberCell | WordCell;

export interface TableColumn {
  readonly key: string;
  readonly title: string;
  /** numbers stand at the end of their column */
  readonly isNumber?: boolean;
  /** its cells stay on one line, as those of dates do */
  readonly isKept?: boolean;
}

/** A table as data: what a screen draws, a spreadsheet gets and the clipboard takes. */
export interface TableData {
  readonly columns: readonly TableColumn[];
  /** one cell per column, in the order of the columns; the first heads its row */
  readonly rows: readonly (readonly TableCell[])[];
}

export function isNumberCell(cell: TableCell): cell is NumberCell {
  return typeof cell !== 'string' && 'unit' in cell;
}

/** A reported number as a cell that opens. */
export function figureCell(figure: Figure): NumberCell {
  const { value, unit, low, high, unavailable } = figure;
  return { value, unit, low, high, figure, reason: unavailable };
}

/** A value in its unit as a cell; `text` is what is read in its place. */
export function numberCell(value: number | null, unit: string, text?: string): NumberCell {
  return { value: value !== null && Number.isFinite(value) ? value : null, unit, text };
}

/** A day as a cell that is sorted and exported by its ISO date; `note` is read after it. */
export function dayCell(iso: string, note = ''): WordCell {
  return { text: formatDate(iso) + note, value: iso };
}

/** A fact of the catalogue as a cell; a fact that nobody published has none. */
export function factCell(fact: Fact | null | undefined, unit = ''): NumberCell {
  if (!fact) return { value: null, unit };
  return { value: fact.value, unit: fact.unit, low: fact.low, high: fact.high };
}

/** Where a fact was read, as a cell whose sources open one by one. */
export function sourceCell(catalogue: Catalogue, ...sourceIds: readonly string[]): WordCell {
  const text = sourceIds.map((id) => catalogue.sources.get(id)?.title ?? id).join('; ');
  return { text, value: text, sourceIds };
}

/** What a cell is sorted by; null sorts last either way. */
export function cellKey(cell: TableCell | undefined): number | string | null {
  if (cell === undefined) return null;
  if (typeof cell === 'string') return cell === noValue || cell === '' ? null : cell;
  return cell.value;
}

/** A cell as it is read: its text, and its range where it has one. */
export function cellText(
  cell: TableCell,
  locale: string,
): { readonly text: string; readonly range: string | null } {
  if (typeof cell === 'string') return { text: cell, range: null };
  if (!isNumberCell(cell)) return { text: cell.text, range: null };
  const { value, unit, low, high, text } = cell;
  const formatted = formatFigure(
    {
      key: '',
      label: '',
      formula: '',
      inputs: [],
      sources: [],
      leavesOut: '',
      value,
      unit,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
    },
    locale,
  );
  return { text: text ?? formatted.text, range: formatted.range };
}
