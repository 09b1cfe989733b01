import type { TableColumn } from '@shared/table/cell';
import { useReport } from '../report-context';
import { SortButton } from './SortButton';
import { sortState, type KeptOrder } from './table-order';

interface ColumnHeadingProps {
  readonly column: TableColumn;
  readonly index: number;
  readonly kept: KeptOrder;
  readonly width?: string | undefined;
}

/** The heading of a column: on screen a button that sorts where there is something to sort. */
export function ColumnHeading({ column, index, kept, width }: ColumnHeadingProps) {
  const { mode } = useReport();
  const canSort = mode === 'screen' && kept.places.length > 1;
  return (
    <th
      scope="col"
      data-number={column.isNumber}
      aria-sort={sortState(kept.order, index)}
      style={{ width }}
    >
      {canSort ? (
        <SortButton title={column.title} column={index} order={kept.order} sort={kept.sort} />
      ) : (
        column.title
      )}
    </th>
  );
}
