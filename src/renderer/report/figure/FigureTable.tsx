import { memo } from 'react';
import type { Figure } from '@engine/report';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { isSameData } from '../same-data';
import styles from './figure.module.css';

interface FigureTableProps {
  readonly caption: string;
  readonly figures: readonly Figure[];
}

/** Reported numbers as rows of name and value, near enough to each other to be read as one; each opens its formula. */
export const FigureTable = memo(function FigureTable({ caption, figures }: FigureTableProps) {
  return (
    <div className={styles.pairs}>
      <DataTable
        caption={caption}
        columns={[
          { key: 'figure', title: 'Figure' },
          { key: 'value', title: 'Value', isNumber: true },
        ]}
        rows={figures.map((figure) => [figure.label, figureCell(figure)])}
      />
    </div>
  );
}, isSameData);
