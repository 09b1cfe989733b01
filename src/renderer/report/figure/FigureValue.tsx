import type { Figure } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { useReport } from '../report-context';
import classes from './figure.module.css';

interface FigureValueProps {
  readonly figure: Figure;
  /** the range on a line of its own under the value */
  readonly rangeBelow?: boolean;
}

/** A figure within a line of text or a table cell: number, unit and, where asked for, its range. */
export function FigureValue({ figure, rangeBelow = false }: FigureValueProps) {
  const { locale } = useReport();
  const { text, range, reason } = formatFigure(figure, locale);
  if (reason !== null) return <MissingValue reason={reason} />;
  return (
    <span className={classes.value} data-figure={figure.key}>
      {text}
      {rangeBelow && range !== null && <span className={classes.range}>{range}</span>}
    </span>
  );
}

/** "—" that says why there is no number. */
export function MissingValue({ reason }: { readonly reason: string }) {
  return (
    <span className={classes.missing} title={reason}>
      <span aria-hidden>—</span>
      <span className={classes.onlyRead}>not available: {reason}</span>
    </span>
  );
}
