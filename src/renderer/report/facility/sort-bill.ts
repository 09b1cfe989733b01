import type { BillLine } from '@engine/facility/bill';
import type { billColumns } from '@shared/format/bill-table';

export type BillColumn = (typeof billColumns)[number]['key'];

/** How a bill is sorted; null keeps the order in which it is bought. */
export interface BillOrder {
  readonly column: BillColumn;
  readonly isDescending: boolean;
}

const confidenceOrder = { confirmed: 0, estimate: 1, unknown: 2 } as const;

function keyOf(line: BillLine, column: BillColumn): number | string | null {
  switch (column) {
    case 'item':
      return line.item;
    case 'quantity':
    case 'spares':
      return line[column];
    case 'unitUsd':
    case 'totalUsd':
      return line[column]?.value ?? null;
    case 'confidence':
      return confidenceOrder[line.confidence];
  }
}

/** The lines in an order; a line without a value for it comes last either way. */
export function sortBill(lines: readonly BillLine[], order: BillOrder | null): readonly BillLine[] {
  if (order === null) return lines;
  const direction = order.isDescending ? -1 : 1;
  return lines.toSorted((one, other) => {
    const [first, second] = [keyOf(one, order.column), keyOf(other, order.column)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === 'string' || typeof second === 'string') {
      return direction * String(first).localeCompare(String(second), 'en', { numeric: true });
    }
    return direction * (first - second);
  });
}

/** Pressing a heading sorts by it, then the other way round, then not at all. */
export function nextOrder(order: BillOrder | null, column: BillColumn): BillOrder | null {
  if (order?.column !== column) return { column, isDescending: false };
  return order.isDescending ? null : { column, isDescending: true };
}

/** Lines that rest on the same words and sources, named together. */
interface BasisGroup {
  readonly basis: string;
  readonly items: readonly string[];
  readonly sources: readonly string[];
}

export function groupByBasis(lines: readonly BillLine[]): readonly BasisGroup[] {
  const groups = new Map<string, BasisGroup>();
  for (const { basis, item, sources } of lines) {
    const known = groups.get(basis);
    groups.set(basis, {
      basis,
      items: [...(known?.items ?? []), item],
      sources: [...new Set([...(known?.sources ?? []), ...sources])],
    });
  }
  return [...groups.values()];
}
