import { UnstyledButton } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { useReport } from '../report-context';
import classes from './chart.module.css';

interface ChartFrameProps {
  /** the message in a sentence, not the names of the axes */
  readonly title: string;
  readonly description?: string;
  readonly table: ReactNode;
  /** in print the table follows the chart; false where the chart already states every number */
  readonly isTablePrinted?: boolean;
  /** what changes the view, on screen alone */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its message and, one press away, the table behind it. */
export function ChartFrame({
  title,
  description,
  table,
  isTablePrinted = true,
  controls,
  children,
}: ChartFrameProps) {
  const { mode } = useReport();
  const [isTable, setIsTable] = useState(false);
  const titleId = useId();
  return (
    <figure className={classes.frame} aria-labelledby={titleId}>
      <div className={classes.message}>
        <figcaption className={classes.caption}>
          <div>
            <div id={titleId} className={classes.title}>
              {title}
            </div>
            {description !== undefined && <div className={classes.description}>{description}</div>}
          </div>
          {mode === 'screen' && (
            <UnstyledButton
              className={classes.toggle}
              aria-pressed={isTable}
              onClick={() => setIsTable((wasTable) => !wasTable)}
            >
              Show as {isTable ? 'chart' : 'table'}
            </UnstyledButton>
          )}
        </figcaption>
        {mode === 'screen' && !isTable && Boolean(controls) && (
          <div className={classes.controls}>{controls}</div>
        )}
        {isTable ? table : children}
      </div>
      {mode === 'print' && isTablePrinted && <div className={classes.printedTable}>{table}</div>}
    </figure>
  );
}
