import { cellKey, type TableCell } from './cell';

/** How a table is sorted; null keeps the order in which its rows were made. */
export interface TableOrder {
  readonly column: number;
  readonly isDescending: boolean;
}

/** The places of the rows in an order. A row without a value for it comes last either way; equal rows keep their order. */
export function sortedPlaces(
  rows: readonly (readonly TableCell[])[],
  order: TableOrder | null,
): readonly number[] {
  const places = rows.map((_, place) => place);
  if (order === null) return places;
  const direction = order.isDescending ? -1 : 1;
  const keys = rows.map((cells) => cellKey(cells[order.column]));
  const collator = new Intl.Collator('en', { numeric: true });
  return places.sort((one, other) => {
    const [first = null, second = null] = [keys[one], keys[other]];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === 'number' && typeof second === 'number')
      return direction * (first - second);
    return direction * collator.compare(String(first), String(second));
  });
}

/** Pressing a heading sorts by it, then the other way round, then not at all. */
export function nextOrder(order: TableOrder | null, column: number): TableOrder | null {
  if (order?.column !== column) return { column, isDescending: false };
  return order.isDescending ? null : { column, isDescending: true };
}
