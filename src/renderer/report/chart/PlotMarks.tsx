import classes from './chart.module.css';
import type { PlotArea, PlotLimit, PlotMark, PlotScales, PlotSeries } from './plot';
import { placeLabels } from './plot-labels';

interface PlotMarksProps {
  readonly marks: readonly PlotMark[];
  readonly series: readonly PlotSeries[];
  readonly scales: PlotScales;
  readonly area: PlotArea;
}

const words = `${classes.emphasis ?? ''} ${classes.halo ?? ''}`;

/** Named places: rings where the plan stands, diamonds where a value is given. */
export function PlotMarks({ marks, series, scales: { across, up }, area }: PlotMarksProps) {
  const places = marks.map(({ x, y, text }) => ({
    left: across.position(x),
    top: up.position(y),
    text,
  }));
  const lines = series.map(({ points }) =>
    points.map(({ x, y }) => [across.position(x), up.position(y)] as const),
  );
  const labels = placeLabels(places, lines, area);
  return marks.map(({ key, colour, isGiven = false, text }, index) => {
    const { left, top } = places[index] ?? { left: 0, top: 0 };
    const label = labels[index];
    return (
      <g key={key}>
        {isGiven ? (
          <rect
            className={classes.given}
            fill={`var(--cw-chart-${colour})`}
            x={left - 4}
            y={top - 4}
            width="8"
            height="8"
            transform={`rotate(45 ${left} ${top})`}
          />
        ) : (
          <circle
            className={classes.mark}
            cx={left}
            cy={top}
            r="6"
            stroke={`var(--cw-chart-${colour})`}
          />
        )}
        <text className={words} x={label?.x} y={label?.y} textAnchor={label?.anchor}>
          {text}
        </text>
      </g>
    );
  });
}

interface PlotLimitLineProps {
  readonly limit: PlotLimit;
  readonly scales: PlotScales;
  readonly area: PlotArea;
}

/** A vertical line at a value that means something. */
export function PlotLimitLine({ limit, scales, area }: PlotLimitLineProps) {
  const left = scales.across.position(limit.x);
  if (!(left >= area.left && left <= area.right)) return null;
  const isAtRight = left > area.left + (area.right - area.left) * 0.6;
  return (
    <g data-bound={limit.isBound === true || undefined} className={classes.limit}>
      {limit.isBound === true && (
        <rect x={left} y={area.top} width={area.right - left} height={area.bottom - area.top} />
      )}
      <line x1={left} x2={left} y1={area.top} y2={area.bottom} />
      <text
        className={words}
        x={left + (isAtRight ? -6 : 6)}
        y={area.bottom - 8}
        textAnchor={isAtRight ? 'end' : 'start'}
      >
        {limit.text}
      </text>
    </g>
  );
}

interface EndLabelsProps {
  readonly labels: readonly {
    readonly name: string;
    readonly colour: number;
    readonly text: string;
    readonly top: number;
  }[];
  readonly left: number;
}

/** Name and last value of each series where its line ends. */
export function EndLabels({ labels, left }: EndLabelsProps) {
  return labels.map(({ name, colour, text, top }) => (
    <g key={name}>
      <rect
        x={left + 8}
        y={top - 8}
        width="8"
        height="8"
        rx="2"
        fill={`var(--cw-chart-${colour})`}
      />
      <text x={left + 20} y={top}>
        <tspan className={classes.emphasis}>{name}</tspan>
        <tspan x={left + 20} dy="13">
          {text}
        </tspan>
      </text>
    </g>
  ));
}
