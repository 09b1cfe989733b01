import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { memo, type CSSProperties } from 'react';
import { ChartFrame } from '../../../report/chart/ChartFrame';
import { DataTable } from '../../../report/chart/DataTable';
import { useReport } from '../../../report/report-context';
import { DrawnFrom } from '../From';
import { usePredictedRuns } from './predicted-runs-store';
import { publishedTitle, runScale } from './published-text';
import classes from './training.module.css';

/** Published runs as marks beside the engine's prediction and its range, each on the part it ran on. */
export const PublishedRuns = memo(function PublishedRuns() {
  const { locale } = useReport();
  const runs = usePredictedRuns();
  const scale = runScale(runs);
  const days = (value: number) => formatValue(value, 'days', locale);
  if (runs.length === 0) return null;
  const title = publishedTitle(runs);
  return (
    <DrawnFrom origin="fact:run.llama-3.1-405b.acceleratorHours">
      <ChartFrame
        title={title}
        description="The bar is the engine’s range, its line the central value, the diamond what the makers state. Each run on its own accelerators; the axis grows by factors."
        table={
          <DataTable
            caption={title}
            isCaptionHidden
            columns={[
              { key: 'run', title: 'Run' },
              { key: 'on', title: 'On', isNumber: true },
              { key: 'published', title: 'Published', isNumber: true },
              { key: 'predicted', title: 'Predicted', isNumber: true },
            ]}
            rows={runs.map(({ published, publishedDays, predicted }) => [
              published.name,
              `${formatValue(published.accelerators?.value ?? 0, '', locale)} ${published.part}`,
              numberCell(publishedDays, 'days'),
              predicted === null
                ? numberCell(null, 'days', 'no node in the catalogue')
                : { value: predicted.days, unit: 'days', low: predicted.low, high: predicted.high },
            ])}
          />
        }
      >
        <ul className={classes.runs}>
          {runs.map(({ published, publishedDays, predicted }) => (
            <li key={published.modelId} className={classes.run}>
              <span>
                {published.name}
                <small className={classes.on}>
                  {formatValue(published.accelerators?.value ?? 0, '', locale)} {published.part}
                </small>
              </span>
              <span className={classes.lane} aria-hidden>
                {predicted !== null && (
                  <span
                    className={classes.range}
                    style={
                      {
                        '--from': scale(predicted.low),
                        '--to': scale(predicted.high),
                        '--at': scale(predicted.days),
                      } as CSSProperties
                    }
                  />
                )}
                <span
                  className={classes.mark}
                  style={{ '--at': scale(publishedDays) } as CSSProperties}
                />
              </span>
              <span className={classes.said}>
                {days(publishedDays)}
                <small className={classes.on}>
                  {predicted === null ? 'no prediction' : `predicted ${days(predicted.days)}`}
                </small>
              </span>
            </li>
          ))}
        </ul>
      </ChartFrame>
    </DrawnFrom>
  );
});
