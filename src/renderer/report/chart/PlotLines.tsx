import { pathThrough } from './Axes';
import classes from './chart.module.css';
import type { PlotScales, PlotSeries } from './plot';

interface PlotLinesProps {
  readonly series: readonly PlotSeries[];
  readonly scales: PlotScales;
}

/** The series as lines, each with the band of its range behind it. */
export function PlotLines({ series, scales: { across, up } }: PlotLinesProps) {
  const at = (x: number, y: number) => [across.position(x), up.position(y)] as const;
  return series.map(({ name, colour, points, isDashed = false, hasDots = false }) => (
    <g key={name}>
      {points.some(({ low, high }) => low !== undefined || high !== undefined) && (
        <path
          className={classes.band}
          fill={`var(--cw-chart-${colour})`}
          d={`${pathThrough([
            ...points.map((point) => at(point.x, point.high ?? point.y)),
            ...points.toReversed().map((point) => at(point.x, point.low ?? point.y)),
          ])}Z`}
        />
      )}
      <path
        className={classes.line}
        data-dashed={isDashed || undefined}
        stroke={`var(--cw-chart-${colour})`}
        d={pathThrough(points.map((point) => at(point.x, point.y)))}
      />
      {hasDots &&
        points.map((point) => (
          <circle
            key={point.x}
            cx={across.position(point.x)}
            cy={up.position(point.y)}
            r="3"
            fill={`var(--cw-chart-${colour})`}
          />
        ))}
    </g>
  ));
}
