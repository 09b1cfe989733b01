import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import classes from './plot-reading.module.css';
import {
  plottedValues,
  readText,
  type PlotArea,
  type PlotAxis,
  type PlotScales,
  type PlotSeries,
} from './plot';
import { useTextScale } from './text-scale';
import { placeAfterKey, readingsAt } from './plot-reading';

interface PlotReadingProps {
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly scales: PlotScales;
  readonly area: PlotArea;
  readonly width: number;
}

/** The values under the pointer, or where the arrow keys have moved to: a line, a dot on each series and a small table. */
export function PlotReading({ x, y, series, scales, area, width }: PlotReadingProps) {
  const scale = useTextScale();
  const [place, setPlace] = useState<number | null>(null);
  const values = plottedValues(series);
  const value = place === null ? undefined : values[place];
  const read = value === undefined ? [] : readingsAt(series, value, y);
  const spoken =
    value === undefined
      ? 'None chosen'
      : `${readText(x, value)}: ${read.map(({ name, text }) => `${name} ${text}`).join(', ')}`;

  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = area.left + ((event.clientX - box.left) / box.width) * (area.right - area.left);
    const distance = (candidate: number) => Math.abs(scales.across.position(candidate) - at);
    const nearest = values.reduce(
      (best, candidate, index) =>
        distance(candidate) < distance(values[best] ?? Number.POSITIVE_INFINITY) ? index : best,
      0,
    );
    setPlace(nearest);
  };
  const press = (event: KeyboardEvent): void => {
    const next = placeAfterKey(event.key, place, values.length);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setPlace(next);
  };
  const left = value === undefined ? 0 : scales.across.position(value) * scale;
  const isAtRight = left > (width * scale) / 2;
  return (
    <>
      <div
        className={classes.surface}
        style={{
          left: area.left * scale,
          top: area.top * scale,
          width: (area.right - area.left) * scale,
          height: (area.bottom - area.top) * scale,
        }}
        role="slider"
        tabIndex={0}
        aria-label="Values of the chart"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, values.length - 1)}
        aria-valuenow={place ?? 0}
        aria-valuetext={spoken}
        onPointerMove={point}
        onPointerLeave={() => setPlace(null)}
        onBlur={() => setPlace(null)}
        onKeyDown={press}
      />
      {value !== undefined && (
        <div className={classes.reading} aria-hidden>
          <span
            className={classes.line}
            style={{ left, top: area.top * scale, height: (area.bottom - area.top) * scale }}
          />
          {read.map(({ name, colour, value: at }) => (
            <span
              key={name}
              className={classes.dot}
              style={{
                left,
                top: scales.up.position(at) * scale,
                background: `var(--cw-chart-${colour})`,
              }}
            />
          ))}
          <div
            className={classes.values}
            style={
              isAtRight
                ? { right: width * scale - left + 10, top: area.top * scale }
                : { left: left + 10, top: area.top * scale }
            }
          >
            <strong>{readText(x, value)}</strong> <span className={classes.quiet}>{x.label}</span>
            {read.map(({ name, colour, text }) => (
              <div key={name} className={classes.row}>
                <span
                  className={classes.swatch}
                  style={{ background: `var(--cw-chart-${colour})` }}
                />
                <span className={classes.quiet}>{name}</span>
                <span>{text}</span>
              </div>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
