import { UnstyledButton } from '@mantine/core';
import classes from '../chart/table.module.css';
import { sortState, type KeptOrder } from './table-order';

interface SortButtonProps extends Pick<KeptOrder, 'order' | 'sort'> {
  readonly title: string;
  readonly column: number;
}

const marks = { ascending: '↑', descending: '↓' } as const;

/** The words of a heading; pressing them sorts. */
export function SortButton({ title, column, order, sort }: SortButtonProps) {
  const state = sortState(order, column);
  return (
    <UnstyledButton className={classes.sort} onClick={() => sort(column)}>
      {title}
      <span aria-hidden className={classes.sortMark}>
        {state && marks[state]}
      </span>
    </UnstyledButton>
  );
}
