import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { Axes, pathThrough, type PlotArea } from '../../../report/chart/Axes';
import { logScale } from '../../../report/chart/axis-scale';
import chart from '../../../report/chart/chart.module.css';
import { useChartWidth } from '../../../report/chart/chart-width';
import { ChartFrame } from '../../../report/chart/ChartFrame';
import { DataTable } from '../../../report/chart/DataTable';
import { useReport } from '../../../report/report-context';
import classes from './training.module.css';
import type { DaysPoint } from './training-run';

/** A published run as a point beside the prediction. */
export interface PublishedMark {
  readonly accelerators: number;
  readonly days: number;
  readonly text: string;
}

interface DaysChartProps {
  readonly title: string;
  readonly points: readonly DaysPoint[];
  readonly chosen: DaysPoint | null;
  readonly published: PublishedMark | null;
}

const height = 280;

/** Days of a run against the accelerators it is spread over, with the engine's range and the published run. */
export function DaysChart({ title, points, chosen, published }: DaysChartProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const days = (value: number) => formatValue(value, 'days', locale);
  const count = (value: number) => formatValue(value, '', locale);
  const area: PlotArea = { left: 72, right: width - 16, top: 32, bottom: height - 40 };
  const numbers = points.map(({ accelerators }) => accelerators);
  const ends = [
    ...points.flatMap(({ low, high }) => [low, high]),
    ...(published === null ? [] : [published.days]),
  ];
  const x = logScale(Math.min(...numbers), Math.max(...numbers), area.left, area.right);
  // Room below the lowest point for the words of the published run.
  const y = logScale(Math.min(...ends) / 2, Math.max(...ends), area.bottom, area.top);
  const at = (accelerators: number, value: number) =>
    [x.position(accelerators), y.position(value)] as const;
  const band = [
    ...points.map(({ accelerators, high }) => at(accelerators, high)),
    ...points.toReversed().map(({ accelerators, low }) => at(accelerators, low)),
  ];
  return (
    <ChartFrame
      title={title}
      description="The line is the engine’s prediction, the band its range; both axes grow by factors."
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'accelerators', title: 'H100', isNumber: true },
            { key: 'days', title: 'Time', isNumber: true },
          ]}
          rows={points.map((point) => [
            numberCell(point.accelerators, ''),
            { value: point.days, unit: 'days', low: point.low, high: point.high },
          ])}
        />
      }
    >
      <div ref={ref}>
        <svg
          className={chart.drawing}
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          role="img"
          aria-label={title}
        >
          <Axes
            area={area}
            x={{ label: 'H100 accelerators', scale: x, tickText: count }}
            y={{ label: 'Days to train', scale: y, tickText: count }}
          />
          <path className={classes.band} d={`${pathThrough(band)}Z`} />
          <path
            className={chart.line}
            stroke="var(--cw-chart-1)"
            d={pathThrough(points.map((point) => at(point.accelerators, point.days)))}
          />
          {chosen !== null && (
            <Mark
              place={at(chosen.accelerators, chosen.days)}
              area={area}
              text={days(chosen.days)}
            />
          )}
          {published !== null && (
            <Mark
              place={at(published.accelerators, published.days)}
              area={area}
              text={published.text}
              isPublished
            />
          )}
        </svg>
      </div>
    </ChartFrame>
  );
}

interface MarkProps {
  readonly place: readonly [number, number];
  readonly area: PlotArea;
  readonly text: string;
  readonly isPublished?: boolean;
}

function Mark({ place: [left, top], area, text, isPublished = false }: MarkProps) {
  const isAtRight = left > (area.left + area.right) / 2;
  // The prediction's words stand above the line, those of the published run below it.
  const baseline = isPublished ? top + 26 : top - 14;
  return (
    <g>
      {isPublished ? (
        <rect
          className={classes.published}
          x={left - 4}
          y={top - 4}
          width="8"
          height="8"
          transform={`rotate(45 ${left} ${top})`}
        />
      ) : (
        <circle cx={left} cy={top} r="8" className={classes.chosen} />
      )}
      <text
        className={`${chart.emphasis ?? ''} ${chart.halo ?? ''}`}
        x={isPublished === isAtRight ? left - 8 : left + 8}
        y={baseline}
        textAnchor={isPublished === isAtRight ? 'end' : 'start'}
      >
        {text}
      </text>
    </g>
  );
}
