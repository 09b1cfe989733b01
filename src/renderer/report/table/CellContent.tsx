import { cellText, isNumberCell, type TableCell } from '@shared/table/cell';
import { FigureExplanationButton } from '../figure/FigureExplanationButton';
import { MissingValue } from '../figure/MissingValue';
import { useReport } from '../report-context';
import { AddressLink } from '../source/AddressLink';
import { SourceChip } from '../source/SourceChip';
import classes from '../chart/table.module.css';

/** What a reader sees of a cell: the text, its range below, and a button that opens a reported number. */
export function CellContent({ cell }: { readonly cell: TableCell }) {
  const { locale } = useReport();
  if (typeof cell === 'string') return cell;
  if ('sourceIds' in cell && cell.sourceIds !== undefined) {
    return cell.sourceIds.map((id) => (
      <SourceChip key={id} sourceId={id} isPlain fact={cell.read} />
    ));
  }
  if ('url' in cell && cell.url !== undefined)
    return <AddressLink text={cell.text} url={cell.url} />;
  const { text, range } = cellText(cell, locale);
  const figure = isNumberCell(cell) ? cell.figure : undefined;
  const reason = isNumberCell(cell) && cell.value === null ? cell.reason : undefined;
  return (
    <>
      <span className={figure && classes.opening} data-figure={figure?.key}>
        {figure !== undefined && <FigureExplanationButton figure={figure} />}
        {reason === undefined ? text : <MissingValue reason={reason} />}
      </span>
      {range !== null && <span className={classes.range}>{range}</span>}
    </>
  );
}
