import classes from './table.module.css';

export interface Column {
  readonly key: string;
  readonly title: string;
  /** numbers stand at the end of their column */
  readonly isNumber?: boolean;
  /** share of the table's width, such as "30%"; by content when left out */
  readonly width?: string;
}

interface DataTableProps {
  readonly caption: string;
  readonly isCaptionHidden?: boolean;
  /** columns keep their stated widths, so that tables under one another line up */
  readonly hasFixedWidths?: boolean;
  readonly columns: readonly Column[];
  /** one text per column, in the order of the columns; the first heads its row */
  readonly rows: readonly (readonly string[])[];
}

/** The numbers behind a chart, or a plain table of inputs. In print the heading repeats on every page. */
export function DataTable({
  caption,
  isCaptionHidden = false,
  hasFixedWidths = false,
  columns,
  rows,
}: DataTableProps) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} data-fixed={hasFixedWidths || undefined}>
        <caption data-hidden={isCaptionHidden || undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-number={column.isNumber}
                style={{ width: column.width }}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={`${row} ${cells[0] ?? ''}`}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row" data-number={column.isNumber}>
                    {cells[index]}
                  </th>
                ) : (
                  <td key={column.key} data-number={column.isNumber}>
                    {cells[index]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
