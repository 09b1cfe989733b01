import type { BillLine } from '@engine/facility/bill';
import type { Price } from '@engine/facility/price';
import { numberCell, type TableCell } from '../table/cell';
import { csvText } from '../table/delimited';
import { formatNumber } from './number';
import { formatValue, noValue } from './value';

/** The columns of a bill of materials, the same on screen, in print and on the command line. */
export const billColumns = [
  { key: 'item', title: 'Item', isNumber: false },
  { key: 'quantity', title: 'Quantity', isNumber: true },
  { key: 'spares', title: 'Spares', isNumber: true },
  { key: 'unitUsd', title: 'Unit price', isNumber: true },
  { key: 'totalUsd', title: 'Total with spares', isNumber: true },
  { key: 'confidence', title: 'Confidence', isNumber: false },
] as const;

/** A price to read: the value, and its range where it has one. */
function priceText(
  price: Price | null,
  locale: string,
): { readonly text: string; readonly range: string | null } {
  if (price === null) return { text: noValue, range: null };
  const text = (value: number): string => formatValue(value, 'USD', locale);
  const range = `${text(price.low)}–${text(price.high)}`;
  return { text: text(price.value), range: price.low === price.high ? null : range };
}

function priceCell(price: Price | null, locale: string): string {
  const { text, range } = priceText(price, locale);
  return range === null ? text : `${text} (${range})`;
}

/** One line of a bill as its cells are read, in the order of `billColumns`. */
export function billCells(line: BillLine, locale: string): readonly string[] {
  return [
    line.item,
    formatNumber(line.quantity, 'counted', locale),
    line.spares === 0 ? noValue : formatNumber(line.spares, 'counted', locale),
    priceCell(line.unitUsd, locale),
    priceCell(line.totalUsd, locale),
    line.confidence,
  ];
}

/** One line of a bill as cells that keep their numbers, in the order of `billColumns`. */
export function billTableCells(line: BillLine): readonly TableCell[] {
  return [
    line.item,
    numberCell(line.quantity, ''),
    numberCell(line.spares, '', line.spares === 0 ? noValue : undefined),
    priceTableCell(line.unitUsd),
    priceTableCell(line.totalUsd),
    line.confidence,
  ];
}

function priceTableCell(price: Price | null): TableCell {
  if (price === null) return numberCell(null, 'USD');
  const { value, low, high } = price;
  return { value, unit: 'USD', ...(low === high ? {} : { low, high }) };
}

/** A bill as CSV (RFC 4180): numbers in full, an unknown price as an empty field. */
export function billCsv(
  lines: readonly BillLine[],
  clusterName: (clusterId: string) => string,
): string {
  const head = [
    'cluster',
    'category',
    'item',
    'quantity',
    'spares',
    'unit_usd',
    'unit_usd_low',
    'unit_usd_high',
    'total_usd',
    'total_usd_low',
    'total_usd_high',
    'price_confidence',
    'basis',
    'sources',
  ];
  const prices = (price: Price | null): (number | null)[] => [
    price?.value ?? null,
    price?.low ?? null,
    price?.high ?? null,
  ];
  const rows = lines.map((line) => [
    clusterName(line.clusterId),
    line.category,
    line.item,
    line.quantity,
    line.spares,
    ...prices(line.unitUsd),
    ...prices(line.totalUsd),
    line.confidence,
    line.basis,
    line.sources.join(' '),
  ]);
  return csvText({ head, rows });
}
