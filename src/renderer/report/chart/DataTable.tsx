import type { ReactNode } from 'react';
import { cellText, isNumberCell, type TableCell, type TableColumn } from '@shared/table/cell';
import { useReport } from '../report-context';
import { CellContent } from '../table/CellContent';
import { ColumnHeading } from '../table/ColumnHeading';
import { useTableOrder } from '../table/table-order';
import { TableActions } from '../table/TableActions';
import classes from './table.module.css';

export interface Column extends TableColumn {
  /** share of the table's width, such as "30%"; by content when left out */
  readonly width?: string;
}

interface DataTableProps {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  /** columns keep their stated widths, so that tables under one another line up */
  readonly hasFixedWidths?: boolean;
  readonly columns: readonly Column[];
  /** one cell per column, in the order of the columns; the first heads its row */
  readonly rows: readonly (readonly TableCell[])[];
  /** rows that stay at the end however the table is sorted, such as a total */
  readonly totals?: readonly (readonly TableCell[])[];
  /** what stands at the end of a row on screen, such as a button */
  readonly action?: {
    readonly title: string;
    readonly of: (row: number) => ReactNode;
  };
}

const noRows: readonly (readonly TableCell[])[] = [];

const paperWidth = 736;
const gap = 20;
/** widths in print, generous: an estimate too large costs paper, one too small makes columns overlap */
const [characterWidth, cellPadding] = [7, 16];

/** How wide a column needs to be: its longest cell, or the longest word of its heading. */
function columnWidth(title: string, cells: readonly TableCell[], locale: string): number {
  const words = title.split(' ').map(({ length }) => length);
  const texts = cells.map((cell) => cellText(cell, locale).text.length);
  return Math.max(...words, ...texts) * characterWidth + cellPadding;
}

/** In print a long, narrow table stands in parts beside one another, as many as the paper is wide enough for. */
function printedParts(props: DataTableProps, locale: string) {
  const { columns, rows, hasFixedWidths, totals, caption } = props;
  if (hasFixedWidths || totals || rows.length < 12) return null;
  const width = columns.reduce(
    (sum, { title }, index) =>
      sum +
      columnWidth(
        title,
        rows.map((cells) => cells[index] ?? ''),
        locale,
      ),
    gap,
  );
  const count = Math.min(3, Math.floor((paperWidth + gap) / width), Math.floor(rows.length / 6));
  if (count < 2) return null;
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, part) => ({
    caption: part === 0 ? caption : `${caption}, continued`,
    rows: rows.slice(part * size, (part + 1) * size),
  }));
}

/** Every table of a report: sortable, copied and exported on screen; in print the heading repeats on every page. */
export function DataTable(props: DataTableProps) {
  const { mode, locale } = useReport();
  const parts = mode === 'print' ? printedParts(props, locale) : null;
  if (parts === null) return <WholeTable {...props} />;
  return (
    <div className={classes.beside}>
      {parts.map((part, index) => (
        <WholeTable key={index} {...props} {...part} />
      ))}
    </div>
  );
}

/** Rows of a table that is not split over two pages. */
const mostRowsKept = 14;

function WholeTable({
  caption,
  isCaptionHidden = false,
  hasFixedWidths = false,
  columns,
  rows,
  totals = noRows,
  action,
}: DataTableProps) {
  const { mode } = useReport();
  const kept = useTableOrder(rows);
  const inOrder = kept.places.map((place) => rows[place] ?? []);
  const isScreen = mode === 'screen';
  return (
    <div className={classes.frame} data-short={rows.length <= mostRowsKept || undefined}>
      {isScreen && (
        <div className={classes.head}>
          <span aria-hidden className={classes.caption}>
            {isCaptionHidden ? '' : caption}
          </span>
          <TableActions
            title={caption}
            table={() => ({ columns, rows: [...inOrder, ...totals] })}
          />
        </div>
      )}
      <div className={classes.scroll}>
        <table className={classes.table} data-fixed={hasFixedWidths || undefined}>
          <caption data-hidden={isCaptionHidden || isScreen || undefined}>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column, index) => (
                <ColumnHeading
                  key={column.key}
                  column={column}
                  index={index}
                  kept={kept}
                  width={column.width}
                />
              ))}
              {action && isScreen && <th scope="col">{action.title}</th>}
            </tr>
          </thead>
          <tbody>
            {kept.places.map((place) => (
              <Row key={place} columns={columns} cells={rows[place] ?? []}>
                {action && isScreen && <td>{action.of(place)}</td>}
              </Row>
            ))}
            {totals.map((cells, index) => (
              <Row key={`total ${index}`} columns={columns} cells={cells}>
                {action && isScreen && <td />}
              </Row>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface RowProps {
  readonly columns: readonly Column[];
  readonly cells: readonly TableCell[];
  readonly children: ReactNode;
}

/** A name of more letters gets room for a few words on a line, and the table scrolls instead. */
const shortNameLetters = 16;

function isDate(cell: TableCell | undefined): boolean {
  if (cell === undefined || typeof cell === 'string' || isNumberCell(cell)) return false;
  return typeof cell.value === 'string' && /^\d{4}-\d\d-\d\d$/.test(cell.value);
}

function Row({ columns, cells, children }: RowProps) {
  const [name] = cells;
  const isLong = typeof name === 'string' && name.length > shortNameLetters;
  return (
    <tr>
      {columns.map((column, index) => {
        const content = <CellContent cell={cells[index] ?? ''} />;
        return index === 0 ? (
          <th
            key={column.key}
            scope="row"
            data-number={column.isNumber}
            data-long={isLong || undefined}
          >
            {content}
          </th>
        ) : (
          <td
            key={column.key}
            data-number={column.isNumber}
            data-kept={(column.isKept ?? isDate(cells[index])) || undefined}
          >
            {content}
          </td>
        );
      })}
      {children}
    </tr>
  );
}
