import { UnstyledButton } from '@mantine/core';
import { useRef, useState } from 'react';
import type { BillLine } from '@engine/facility/bill';
import { billCells, billColumns, priceText } from '@shared/format/bill-table';
import tableClasses from '../chart/table.module.css';
import { useReport } from '../report-context';
import { BillNotes } from './BillNotes';
import { nextOrder, sortBill, type BillColumn, type BillOrder } from './sort-bill';
import classes from './facility.module.css';

interface BillTableProps {
  readonly lines: readonly BillLine[];
  readonly title: string;
  readonly description: string;
}

/** The bill of materials: sortable on screen, selected as a whole for copying, complete in print. */
export function BillTable({ lines, title, description }: BillTableProps) {
  const { mode, locale } = useReport();
  const [order, setOrder] = useState<BillOrder | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const isScreen = mode === 'screen';
  return (
    <div>
      <div className={classes.billHead}>
        <div>
          <div className={classes.billTitle}>{title}</div>
          <div className={classes.quiet}>{description}</div>
        </div>
        {isScreen && (
          <UnstyledButton
            className={classes.action}
            onClick={() => {
              if (table.current !== null) getSelection()?.selectAllChildren(table.current);
            }}
          >
            Select table to copy
          </UnstyledButton>
        )}
      </div>
      <div className={tableClasses.scroll}>
        <table ref={table} className={tableClasses.table}>
          <caption data-hidden>{title}</caption>
          <thead>
            <tr>
              {billColumns.map(({ key, title: heading, isNumber }) => (
                <th
                  key={key}
                  scope="col"
                  data-number={isNumber || undefined}
                  aria-sort={sortState(order, key)}
                >
                  {isScreen ? (
                    <UnstyledButton
                      className={classes.sort}
                      onClick={() => setOrder(nextOrder(order, key))}
                    >
                      {heading}
                      <span aria-hidden>{sortMark(order, key)}</span>
                    </UnstyledButton>
                  ) : (
                    heading
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sortBill(lines, order).map((line) => (
              <BillRow key={line.key} line={line} locale={locale} />
            ))}
          </tbody>
        </table>
      </div>
      <BillNotes lines={lines} />
    </div>
  );
}

function BillRow({ line, locale }: { readonly line: BillLine; readonly locale: string }) {
  const [item, quantity, spares, , , confidence] = billCells(line, locale);
  return (
    <tr>
      <th scope="row">{item}</th>
      <td data-number>{quantity}</td>
      <td data-number>{spares}</td>
      <PriceCell price={line.unitUsd} locale={locale} />
      <PriceCell price={line.totalUsd} locale={locale} />
      <td className={classes.confidence} data-confidence={line.confidence}>
        {confidence}
      </td>
    </tr>
  );
}

interface PriceCellProps {
  readonly price: BillLine['unitUsd'];
  readonly locale: string;
}

function PriceCell({ price, locale }: PriceCellProps) {
  const { text, range } = priceText(price, locale);
  return (
    <td data-number>
      {text}
      {range !== null && <span className={classes.range}>{range}</span>}
    </td>
  );
}

function sortState(order: BillOrder | null, column: BillColumn) {
  if (order?.column !== column) return undefined;
  return order.isDescending ? 'descending' : 'ascending';
}

function sortMark(order: BillOrder | null, column: BillColumn): string {
  if (order?.column !== column) return '';
  return order.isDescending ? ' ↓' : ' ↑';
}
