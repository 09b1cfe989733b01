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
  const step = roundStep((highest - bottom || 1) / tickCount);
  const top = Math.max(bottom + step, Math.ceil(highest / step) * step);
  const start = Math.floor(bottom / step) * step;
  const count = Math.round((top - start) / step);
  return {
    position: (value) => from + ((value - start) / (top - start)) * (to - from),
    ticks: Array.from({ length: count + 1 }, (_, index) => start + index * step),
  };
}

/** A logarithmic axis over positive values; ticks at 1, 2 and 5 times powers of ten, thinned where they would crowd. */
export function logScale(lowest: number, highest: number, from: number, to: number): AxisScale {
  const low = Math.log10(lowest);
  const high = Math.log10(Math.max(highest, lowest * 1.5));
  const decades = high - low;
  const multiples = decades > 3.2 ? [1] : decades > 1.6 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const multiple of multiples) {
      const tick = multiple * 10 ** power;
      if (tick >= lowest * 0.999 && tick <= 10 ** high * 1.001) ticks.push(tick);
    }
  }
  return {
    position: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
    ticks,
  };
}

/** 1, 2, 2.5 or 5 times a power of ten, at or above the wished step. */
function roundStep(wished: number): number {
  const power = 10 ** Math.floor(Math.log10(wished));
  const multiple =
    [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= wished * 0.999) ?? 10;
  return multiple * power;
}
