import { tidyUnit } from '../format/scale';
import { noValue } from '../format/value';
import { cellKey, isNumberCell, type NumberCell, type TableData } from './cell';

/** A field of an exported table: numbers in full, null where there is no value. */
export type Field = string | number | null;

/** A table as a spreadsheet takes it. */
export interface TableRecords {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Field[])[];
}

/** What one column of a table becomes: its values, beside them their unit where it changes from row to row, and ranges. */
interface FieldColumn {
  readonly title: string;
  readonly fields: readonly Field[];
}

/**
 * A table as raw records: numbers unrounded in the unit that the heading states, a range as two further columns. Where
 * the rows of a column differ in unit, the unit stands in a column of its own.
 */
export function tableRecords({ columns, rows }: TableData): TableRecords {
  const fieldColumns = columns.flatMap(({ title }, index) => {
    const cells = rows.map((row) => row[index] ?? '');
    const numbers = cells.map((cell) => (isNumberCell(cell) ? cell : null));
    const units = new Set(numbers.flatMap((cell) => (cell === null ? [] : [tidyUnit(cell.unit)])));
    const [unit = ''] = units.size === 1 ? units : [];
    const inUnit = unit === '' ? '' : ` (${unit})`;
    const fields = cells.map((cell) => (cell === noValue ? null : cellKey(cell)));
    return [
      { title: `${title}${inUnit}`, fields },
      ...(units.size > 1
        ? [{ title: `${title}, unit`, fields: numbers.map((cell) => unitField(cell)) }]
        : []),
      ...rangeColumns(title, inUnit, numbers),
    ];
  });
  return {
    head: fieldColumns.map(({ title }) => title),
    rows: rows.map((_, row) => fieldColumns.map(({ fields }) => fields[row] ?? null)),
  };
}

function unitField(cell: NumberCell | null): Field {
  return cell === null ? null : tidyUnit(cell.unit);
}

function rangeColumns(
  title: string,
  inUnit: string,
  cells: readonly (NumberCell | null)[],
): readonly FieldColumn[] {
  return (['low', 'high'] as const).flatMap((end) =>
    cells.some((cell) => cell?.[end] !== undefined)
      ? [{ title: `${title}, ${end}${inUnit}`, fields: cells.map((cell) => cell?.[end] ?? null) }]
      : [],
  );
}
