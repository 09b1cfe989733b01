import type { ReactNode } from 'react';
import { useReport } from '../report-context';
import { Axes } from './Axes';
import classes from './chart.module.css';
import { chartColour } from './chart-colour';
import { ChartDrawing } from './ChartDrawing';
import { useChartWidth } from './chart-width';
import { ChartFrame } from './ChartFrame';
import { ColourLegend } from './ColourLegend';
import {
  plotScales,
  tickRoom,
  type PlotArea,
  type PlotAxis,
  type PlotLimit,
  type PlotMark,
  type PlotSeries,
} from './plot';
import { spreadTops } from './plot-labels';
import { PlotLines } from './PlotLines';
import { EndLabels, PlotLimitLine, PlotMarks } from './PlotMarks';
import { PlotReading } from './PlotReading';
import { PlotTable } from './PlotTable';

interface PlotProps {
  readonly title: string;
  readonly description: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly marks?: readonly PlotMark[];
  readonly limits?: readonly PlotLimit[];
  /** each series is named where its line ends */
  readonly hasEndLabels?: boolean;
  /** the series are named below the chart, for names too long for the ends of their lines */
  readonly hasLegend?: boolean;
  /** what changes the view, on screen alone */
  readonly controls?: ReactNode;
  /** the points as a table where they are not all that it should say */
  readonly table?: ReactNode;
}

const heights = { screen: 280, print: 216 } as const;
const endLabelRoom = 92;
const endLabelHeight = 30;

/**
 * The one frame of every line chart: message, axes, lines with their ranges, marks, the values under the pointer or the
 * arrow keys, and the table behind it all.
 */
export function Plot(props: PlotProps) {
  const { title, description, x, y, series, marks = [], limits = [], hasEndLabels = false } = props;
  const { mode } = useReport();
  const { ref, width } = useChartWidth();
  const height = heights[mode];
  const area: PlotArea = {
    left: tickRoom(y, series),
    right: width - (hasEndLabels ? endLabelRoom : 16),
    top: 32,
    bottom: height - 40,
  };
  const scales = plotScales(x, y, series, area);
  const ends = series.map(({ points }) => scales.up.position(points.at(-1)?.y ?? 0));
  const endTops = spreadTops(ends, endLabelHeight);
  return (
    <ChartFrame
      title={title}
      description={description}
      controls={props.controls}
      table={props.table ?? <PlotTable title={title} x={x} y={y} series={series} />}
    >
      <div ref={ref} className={classes.plot}>
        <ChartDrawing name={title} width={width} height={height}>
          <Axes
            area={area}
            x={{ label: x.label, scale: scales.across, tickText: x.text }}
            y={{ label: y.label, scale: scales.up, tickText: y.text }}
          />
          {limits.map((limit) => (
            <PlotLimitLine key={limit.text} limit={limit} scales={scales} area={area} />
          ))}
          <PlotLines series={series} scales={scales} />
          <PlotMarks marks={marks} series={series} scales={scales} area={area} />
          {hasEndLabels && (
            <EndLabels
              left={area.right}
              labels={series.map(({ name, colour, points }, index) => ({
                name,
                colour,
                text: y.text(points.at(-1)?.y ?? 0),
                top: endTops[index] ?? 0,
              }))}
            />
          )}
        </ChartDrawing>
        {mode === 'screen' && (
          <PlotReading x={x} y={y} series={series} scales={scales} area={area} width={width} />
        )}
      </div>
      {props.hasLegend === true && (
        <ColourLegend
          entries={series.map(({ name, colour }) => ({ name, colour: chartColour(colour - 1) }))}
        />
      )}
    </ChartFrame>
  );
}
