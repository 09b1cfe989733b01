import { useReport } from '../report-context';
import { AddressLink } from './AddressLink';
import { readOnText } from './read-on';
import { qualitiesOfSource, qualitiesOfValue } from './source-quality';
import classes from './source.module.css';

interface SourceChipProps {
  readonly sourceId: string;
  /** the fact that was taken from it; without it the chip speaks for the source as a whole */
  readonly fact?: { readonly value: number; readonly unit: string } | undefined;
  /** in a table: as a line of text, without a quality unless a fact is given: it stands in a column of its own */
  readonly isPlain?: boolean;
}

/** Where a fact was read: title, quality class and the day it was read, linked where it can be opened. */
export function SourceChip({ sourceId, fact, isPlain = false }: SourceChipProps) {
  const { catalogue } = useReport();
  const source = catalogue?.sources.get(sourceId);
  if (catalogue === null || source === undefined) {
    return (
      <span className={classes.chip} data-source={sourceId}>
        {sourceId}
      </span>
    );
  }
  const qualities = (
    fact === undefined
      ? qualitiesOfSource(catalogue, sourceId)
      : qualitiesOfValue(catalogue, sourceId, fact.value, fact.unit)
  ).join(', ');
  const text = `${source.title}, ${readOnText(source.readOn)}`;
  const { url } = source;
  return (
    <span
      className={isPlain ? classes.plain : classes.chip}
      data-source={sourceId}
      title={url ?? undefined}
    >
      <AddressLink text={text} url={url} />
      {(!isPlain || fact !== undefined) && qualities !== '' && (
        <span className={classes.quality}>{qualities}</span>
      )}
    </span>
  );
}
