import type { WordCell } from '@shared/table/cell';
import type { AccuracyEntry } from '@shared/calibration/accuracy-entry';
import { calibrationSource, type CalibrationSource } from '@shared/calibration/calibration-sources';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { AddressLink } from '../source/AddressLink';
import classes from './accuracy.module.css';

interface AccuracyTableProps {
  /** what the groups are: "metric", "source" */
  readonly by: string;
  readonly rows: readonly AccuracyEntry[];
}

/** Groups of fewer runs are in the table alone: the error of one or two runs says little of the next. */
const fewestDrawn = 5;

/** Hundreds of sources are read in the table. */
const mostSourcesDrawn = 20;

/** Median error of each group with its source left out: bars of groups that say something, and all four figures as a table. */
export function AccuracyTable({ by, rows }: AccuracyTableProps) {
  const { locale } = useReport();
  const percent = (value: number) => formatValue(value, 'fraction', locale);
  const sorted = rows.toSorted((one, other) => other.leftOut.median - one.leftOut.median);
  const enough = sorted.filter((entry) => entry.rows >= fewestDrawn);
  const isSources = by === 'source';
  const drawn = (enough.length > 0 ? enough : sorted).slice(
    0,
    isSources ? mostSourcesDrawn : undefined,
  );
  const [worst] = drawn;
  if (worst === undefined) return null;
  const undrawn = sorted.length - drawn.length;
  const named = (name: string) =>
    isSources ? calibrationSource(name) : { title: name, url: null };
  const title = `By ${by}: worst predicted is ${quoted(named(worst.name).title, isSources)}, ${percent(worst.leftOut.median)}`;
  const longest = Math.max(0.01, ...drawn.map(({ leftOut }) => leftOut.median));
  return (
    <ChartFrame
      title={title}
      description={`Median error with the source left out of the fit.${undrawn > 0 ? ` In the table only: ${undrawn}, those of fewer than ${fewestDrawn} runs${drawn.length < enough.length ? ' or a smaller error' : ''}.` : ''}`}
      isTablePrinted={false}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'name', title: isSources ? 'Source' : 'Group' },
            { key: 'rows', title: 'Runs', isNumber: true },
            { key: 'in', title: 'Fitted, median', isNumber: true },
            { key: 'in90', title: 'Fitted, p90', isNumber: true },
            { key: 'out', title: 'Left out, median', isNumber: true },
            { key: 'out90', title: 'Left out, p90', isNumber: true },
          ]}
          rows={sorted.map(({ name, rows: count, fitted, leftOut }) => [
            nameCell(named(name)),
            numberCell(count, '1'),
            ...[fitted.median, fitted.p90, leftOut.median, leftOut.p90].map((error) =>
              numberCell(error, 'fraction'),
            ),
          ])}
        />
      }
    >
      <ul className={classes.bars} data-sources={isSources || undefined}>
        {drawn.map(({ name, rows: count, leftOut }) => (
          <li key={name}>
            <span className={classes.name}>
              <AddressLink text={titleOf(named(name))} url={named(name).url} />
            </span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                style={{ width: `${(100 * leftOut.median) / longest}%` }}
              />
            </span>
            <span className={classes.amount}>{percent(leftOut.median)}</span>
            <span className={classes.count}>{`${formatValue(count, '1', locale)} runs`}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function quoted(name: string, isTitle: boolean): string {
  return isTitle ? `“${name}”` : name;
}

/** The name of a group: of a source its title, with how many publications stand beside it. */
function titleOf({ title, more }: CalibrationSource): string {
  return more === undefined ? title : `${title}, and ${String(more)} more`;
}

function nameCell(source: CalibrationSource): WordCell {
  const text = titleOf(source);
  return { text, value: text, ...(source.url === null ? {} : { url: source.url }) };
}
