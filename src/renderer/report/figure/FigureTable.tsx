import { memo } from 'react';
import type { Figure } from '@engine/report';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { isSameData } from '../same-data';

interface FigureTableProps {
  readonly caption: string;
  readonly figures: readonly Figure[];
}

/** Reported numbers as rows of name and value; each opens its formula. */
export const FigureTable = memo(function FigureTable({ caption, figures }: FigureTableProps) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'figure', title: 'Figure' },
        { key: 'value', title: 'Value', isNumber: true },
      ]}
      rows={figures.map((figure) => [figure.label, figureCell(figure)])}
    />
  );
}, isSameData);
