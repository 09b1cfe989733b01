import type { Figure } from '@engine/report';
import tableClasses from '../chart/table.module.css';
import { FigureExplanationButton } from './FigureExplanationButton';
import { FigureValue } from './FigureValue';
import classes from './figure.module.css';

/** One subject with a figure, or words, for each column. */
export interface MatrixRow {
  readonly key: string;
  readonly name: string;
  readonly cells: readonly (Figure | string)[];
}

interface FigureMatrixProps {
  readonly caption: string;
  /** head of the column of names, then one for each cell */
  readonly columns: readonly string[];
  readonly rows: readonly MatrixRow[];
}

/** Subjects beside one another: every number in it opens. */
export function FigureMatrix({ caption, columns, rows }: FigureMatrixProps) {
  return (
    <div className={tableClasses.scroll}>
      <table className={tableClasses.table}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((title, index) => (
              <th key={title} scope="col" data-number={index > 0}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={columns[index + 1]} data-number={typeof cell !== 'string'}>
                  {typeof cell === 'string' ? (
                    cell
                  ) : (
                    <span className={classes.rowLabel}>
                      <FigureValue figure={cell} />
                      <FigureExplanationButton figure={cell} />
                    </span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
