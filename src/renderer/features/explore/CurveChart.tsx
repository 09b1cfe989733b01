import type { TableCell } from '@shared/table/cell';
import { Axes, pathThrough, type PlotArea } from '../../report/chart/Axes';
import { linearScale, logScale } from '../../report/chart/axis-scale';
import chart from '../../report/chart/chart.module.css';
import { useChartWidth } from '../../report/chart/chart-width';
import { ChartFrame } from '../../report/chart/ChartFrame';
import { DataTable, type Column } from '../../report/chart/DataTable';
import classes from './curve-chart.module.css';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Curve {
  readonly name: string;
  readonly colour: 1 | 2 | 3 | 4;
  readonly points: readonly CurvePoint[];
}

interface CurveAxis {
  readonly label: string;
  readonly isLog: boolean;
  readonly text: (value: number) => string;
}

interface CurveChartProps {
  readonly title: string;
  readonly description: string;
  readonly x: CurveAxis;
  readonly y: CurveAxis;
  readonly curves: readonly Curve[];
  /** where the reader stands on the x axis */
  readonly chosen: number;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly TableCell[])[];
}

const height = 280;

function scaleOf({ isLog }: CurveAxis, values: readonly number[], from: number, to: number) {
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  return isLog ? logScale(lowest, highest, from, to) : linearScale(lowest, highest, from, to, 5);
}

/** Curves with their ranges over one quantity that the reader moves, with the place where the reader stands. */
export function CurveChart(props: CurveChartProps) {
  const { title, description, x, y, curves, chosen, columns, rows } = props;
  const { ref, width } = useChartWidth();
  const area: PlotArea = { left: 72, right: width - 16, top: 32, bottom: height - 40 };
  const points = curves.flatMap((curve) => curve.points);
  const across = scaleOf(
    x,
    points.map((point) => point.x),
    area.left,
    area.right,
  );
  const ends = points.flatMap((point) => [point.low ?? point.y, point.high ?? point.y]);
  const up = scaleOf(y, ends, area.bottom, area.top);
  const at = (horizontal: number, vertical: number) =>
    [across.position(horizontal), up.position(vertical)] as const;
  return (
    <ChartFrame
      title={title}
      description={description}
      table={<DataTable caption={title} isCaptionHidden columns={columns} rows={rows} />}
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
            x={{ label: x.label, scale: across, tickText: x.text }}
            y={{ label: y.label, scale: up, tickText: y.text }}
          />
          {curves.map(({ name, colour, points: own }) => (
            <g key={name}>
              {own.some(({ low, high }) => low !== undefined || high !== undefined) && (
                <path
                  className={classes.band}
                  fill={`var(--cw-chart-${colour})`}
                  d={`${pathThrough([
                    ...own.map((point) => at(point.x, point.high ?? point.y)),
                    ...own.toReversed().map((point) => at(point.x, point.low ?? point.y)),
                  ])}Z`}
                />
              )}
              <path
                className={chart.line}
                stroke={`var(--cw-chart-${colour})`}
                d={pathThrough(own.map((point) => at(point.x, point.y)))}
              />
            </g>
          ))}
          {curves.map(({ name, colour, points: own }) => {
            const point = own.find((candidate) => candidate.x === chosen);
            if (point === undefined) return null;
            const [left, top] = at(point.x, point.y);
            const isBelow = curves.some(({ points: others }) => {
              const other = others.find((candidate) => candidate.x === chosen);
              const gap = other === undefined ? 0 : top - up.position(other.y);
              return gap > 0 && gap < 24;
            });
            const isAtRight = left > area.left + 0.6 * (area.right - area.left);
            return (
              <g key={name}>
                <circle
                  className={classes.chosen}
                  cx={left}
                  cy={top}
                  r="6"
                  stroke={`var(--cw-chart-${colour})`}
                />
                <text
                  className={`${chart.emphasis ?? ''} ${chart.halo ?? ''}`}
                  x={isAtRight ? left - 11 : left + 11}
                  y={isBelow ? top + 18 : top - 9}
                  textAnchor={isAtRight ? 'end' : 'start'}
                >
                  {curves.length > 1 ? `${name}: ${y.text(point.y)}` : y.text(point.y)}
                </text>
              </g>
            );
          })}
        </svg>
      </div>
    </ChartFrame>
  );
}
