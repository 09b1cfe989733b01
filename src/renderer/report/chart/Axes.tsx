import { line } from 'd3-shape';
import type { AxisScale } from './axis-scale';
import classes from './chart.module.css';
import type { PlotArea } from './plot';

interface Axis {
  readonly label: string;
  readonly scale: AxisScale;
  readonly tickText: (value: number) => string;
}

interface AxesProps {
  readonly area: PlotArea;
  readonly x: Axis;
  readonly y: Axis;
}

/** The two axes of a line chart: hairline grid, ticks and the names of the axes at their ends. */
export function Axes({ area, x, y }: AxesProps) {
  return (
    <g aria-hidden>
      {y.scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={classes.gridLine}
            x1={area.left}
            x2={area.right}
            y1={y.scale.position(tick)}
            y2={y.scale.position(tick)}
          />
          <text x={area.left - 6} y={y.scale.position(tick) + 4} textAnchor="end">
            {y.tickText(tick)}
          </text>
        </g>
      ))}
      <line
        className={classes.axis}
        x1={area.left}
        x2={area.right}
        y1={area.bottom}
        y2={area.bottom}
      />
      {x.scale.ticks.map((tick) => (
        <g key={tick}>
          <line
            className={classes.axis}
            x1={x.scale.position(tick)}
            x2={x.scale.position(tick)}
            y1={area.bottom}
            y2={area.bottom + 4}
          />
          <text x={x.scale.position(tick)} y={area.bottom + 16} textAnchor="middle">
            {x.tickText(tick)}
          </text>
        </g>
      ))}
      <text x={area.left} y={area.top - 12} textAnchor="start">
        {y.label}
      </text>
      <text x={area.right} y={area.bottom + 32} textAnchor="end">
        {x.label}
      </text>
    </g>
  );
}

/** An SVG path through points that are already positions. */
export function pathThrough(points: readonly (readonly [number, number])[]): string {
  return line().digits(2)(points.map(([x, y]) => [x, y])) ?? '';
}
