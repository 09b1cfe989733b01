import { linearScale, logScale, type AxisScale } from './axis-scale';

/** One axis of a plot. */
export interface PlotAxis {
  readonly label: string;
  readonly isLog: boolean;
  /** a value beside its tick */
  readonly text: (value: number) => string;
  /** a value where it stands alone, in the readout and the table; as beside a tick when left out */
  readonly read?: (value: number) => string;
  /** unit of the values themselves, for the heading of an exported table */
  readonly unit?: string;
  /** values that the axis holds beside those of the points */
  readonly holds?: readonly number[];
  /** ticks of a kind of its own, such as whole years in months */
  readonly ticks?: readonly number[];
}

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

export interface PlotSeries {
  readonly name: string;
  /** place in the chart palette, from 1 */
  readonly colour: number;
  readonly points: readonly PlotPoint[];
  /** what is given beside what is computed, such as the ideal */
  readonly isDashed?: boolean;
  /** the computed points themselves are shown */
  readonly hasDots?: boolean;
}

/** A place on the plot that is named. */
export interface PlotMark {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: number;
  /** measured or published rather than computed */
  readonly isGiven?: boolean;
}

/** A value of the horizontal axis that means something, such as a target. */
export interface PlotLimit {
  readonly x: number;
  readonly text: string;
  /** values beyond it are no good: they are tinted */
  readonly isBound?: boolean;
}

export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlotScales {
  readonly across: AxisScale;
  readonly up: AxisScale;
}

export function readText(axis: PlotAxis, value: number): string {
  return (axis.read ?? axis.text)(value);
}

function scaleOf(axis: PlotAxis, values: readonly number[], from: number, to: number): AxisScale {
  const all = [...values, ...(axis.holds ?? [])].filter(
    (value) => Number.isFinite(value) && (!axis.isLog || value > 0),
  );
  const lowest = all.length === 0 ? 1 : Math.min(...all);
  const highest = all.length === 0 ? 1 : Math.max(...all);
  if (axis.isLog) return logScale(lowest, highest, from, to);
  if (axis.ticks === undefined) return linearScale(lowest, highest, from, to, 5);
  const length = highest - lowest || 1;
  return {
    position: (value) => from + ((value - lowest) / length) * (to - from),
    ticks: axis.ticks,
  };
}

/** Scales that hold every point with its range, and what the axes are asked to hold. */
export function plotScales(
  x: PlotAxis,
  y: PlotAxis,
  series: readonly PlotSeries[],
  area: PlotArea,
): PlotScales {
  const points = series.flatMap((one) => one.points);
  return {
    across: scaleOf(
      x,
      points.map((point) => point.x),
      area.left,
      area.right,
    ),
    up: scaleOf(
      y,
      points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
      area.bottom,
      area.top,
    ),
  };
}

/** Room that the words beside the ticks of a vertical axis take. */
export function tickRoom(y: PlotAxis, series: readonly PlotSeries[]): number {
  const anywhere = { left: 0, right: 1, top: 0, bottom: 1 };
  const { ticks } = plotScales(y, y, series, anywhere).up;
  const longest = Math.max(0, ...ticks.map((tick) => y.text(tick).length));
  return Math.max(44, Math.min(150, 14 + 6.2 * longest));
}

/** The values of the horizontal axis at which any series has a point, in order. */
export function plottedValues(series: readonly PlotSeries[]): number[] {
  const values = new Set(series.flatMap(({ points }) => points.map(({ x }) => x)));
  return [...values].sort((one, other) => one - other);
}

/** Marks where the reader stands: on every series that has a point there. */
export function marksAt(series: readonly PlotSeries[], x: number, y: PlotAxis): PlotMark[] {
  return series.flatMap(({ name, colour, points }) => {
    const point = points.find((candidate) => candidate.x === x);
    if (point === undefined) return [];
    const text = readText(y, point.y);
    return [
      { key: name, x, y: point.y, colour, text: series.length > 1 ? `${name}: ${text}` : text },
    ];
  });
}
