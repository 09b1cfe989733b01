import { useMemo, useState } from 'react';
import type { TableCell } from '@shared/table/cell';
import { nextOrder, sortedPlaces, type TableOrder } from '@shared/table/order';

/** The order that the reader gave a table, the places of its rows in it, and what a pressed heading does. */
export interface KeptOrder {
  readonly order: TableOrder | null;
  readonly places: readonly number[];
  readonly sort: (column: number) => void;
}

export function useTableOrder(rows: readonly (readonly TableCell[])[]): KeptOrder {
  const [order, setOrder] = useState<TableOrder | null>(null);
  const places = useMemo(() => sortedPlaces(rows, order), [rows, order]);
  return { order, places, sort: (column) => setOrder((before) => nextOrder(before, column)) };
}

/** The value of aria-sort for a column; undefined where the table is not sorted by it. */
export function sortState(
  order: TableOrder | null,
  column: number,
): 'ascending' | 'descending' | undefined {
  if (order?.column !== column) return undefined;
  return order.isDescending ? 'descending' : 'ascending';
}
