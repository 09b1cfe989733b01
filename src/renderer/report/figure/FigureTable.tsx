import type { Figure } from '@engine/report';
import { FigureExplanationButton } from './FigureExplanationButton';
import { FigureValue } from './FigureValue';
import classes from './figure.module.css';

interface FigureTableProps {
  readonly caption: string;
  readonly figures: readonly Figure[];
}

/** Figures as rows of label and value. */
export function FigureTable({ caption, figures }: FigureTableProps) {
  return (
    <table className={classes.table}>
      <caption>{caption}</caption>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure.key}>
            <th scope="row">
              <span className={classes.rowLabel}>
                {figure.label}
                <FigureExplanationButton figure={figure} />
              </span>
            </th>
            <td>
              <FigureValue figure={figure} rangeBelow />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
