import { scaleLinear, scaleLog } from 'd3-scale';

/** Maps values to positions and finds round tick values. */
export interface AxisScale {
  readonly position: (value: number) => number;
  readonly ticks: readonly number[];
}

/** A linear axis from 0 or the lowest value to a round value at or above the highest. */
export function linearScale(
  lowest: number,
  highest: number,
  from: number,
  to: number,
  tickCount: number,
): AxisScale {
  const bottom = Math.min(0, lowest);
  const scale = scaleLinear()
    .domain([bottom, highest > bottom ? highest : bottom + 1])
    .range([from, to])
    .nice(tickCount);
  return { position: (value) => scale(value), ticks: scale.ticks(tickCount) };
}

/** A linear axis over exactly one span, with round ticks inside it. */
export function spanScale(
  lowest: number,
  highest: number,
  from: number,
  to: number,
  tickCount: number,
): AxisScale {
  const scale = scaleLinear().domain([lowest, highest]).range([from, to]);
  return { position: (value) => scale(value), ticks: scale.ticks(tickCount) };
}

/** A logarithmic axis over positive values; its ticks are thinned where they would crowd. */
export function logScale(lowest: number, highest: number, from: number, to: number): AxisScale {
  const scale = scaleLog()
    .domain([lowest, Math.max(highest, lowest * 1.5)])
    .range([from, to]);
  return { position: (value) => scale(value), ticks: logTicks(scale.ticks(), lowest, highest) };
}

/** Few enough values to be labelled: 1, 2 and 5 times powers of ten, fewer over many decades. */
function logTicks(ticks: readonly number[], lowest: number, highest: number): number[] {
  const decades = Math.log10(highest / lowest);
  const multiples = decades > 3.2 ? [1] : decades > 1.6 ? [1, 3] : [1, 2, 5];
  return ticks.filter((tick) => {
    const multiple = Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9));
    return multiples.includes(multiple);
  });
}
