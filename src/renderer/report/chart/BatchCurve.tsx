import type { BatchPoint } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useReport } from '../report-context';
import { Axes, pathThrough, type PlotArea } from './Axes';
import { linearScale, logScale } from './axis-scale';
import classes from './chart.module.css';
import { useChartWidth } from './chart-width';
import { ChartFrame } from './ChartFrame';
import { DataTable } from './DataTable';

interface BatchCurveProps {
  readonly points: readonly BatchPoint[];
  readonly targetMs: number;
  /** requests in flight at the operating point; null when there is none */
  readonly operatingBatch: number | null;
}

const height = 240;

/** What batching buys: tokens per second of one replica against the time each reader waits per token. */
export function BatchCurve({ points, targetMs, operatingBatch }: BatchCurveProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const milliseconds = (value: number) => formatValue(value, 'ms', locale);
  const rate = (value: number) => formatValue(value, 'tokens/s', locale);
  const title = batchTitle(points, targetMs, operatingBatch, milliseconds, rate);
  const area: PlotArea = { left: 56, right: width - 16, top: 32, bottom: height - 40 };
  const times = points.map((point) => point.timePerOutputTokenMs);
  const x = logScale(
    Math.min(targetMs, ...times) * 0.9,
    Math.max(targetMs, ...times) * 1.1,
    area.left,
    area.right,
  );
  const y = linearScale(
    0,
    Math.max(0, ...points.map((point) => point.tokensPerSecond)),
    area.bottom,
    area.top,
    4,
  );
  const place = (point: BatchPoint) =>
    [x.position(point.timePerOutputTokenMs), y.position(point.tokensPerSecond)] as const;
  const operating = operatingBatch === null ? null : pointAtBatch(points, operatingBatch);
  const target = x.position(targetMs);
  const isTargetAtRight = target > area.left + (area.right - area.left) * 0.6;
  return (
    <ChartFrame
      title={title}
      description="One replica at growing numbers of requests in flight."
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'batch', title: 'Requests in flight', isNumber: true },
            { key: 'time', title: 'Time per output token', isNumber: true },
            { key: 'rate', title: 'Output tokens per second, one replica', isNumber: true },
          ]}
          rows={points.map((point) => [
            numberCell(point.batch, ''),
            numberCell(point.timePerOutputTokenMs, 'ms'),
            numberCell(point.tokensPerSecond, 'tokens/s'),
          ])}
        />
      }
    >
      <div ref={ref}>
        <svg
          className={classes.drawing}
          viewBox={`0 0 ${width} ${height}`}
          height={height}
          role="img"
          aria-label={title}
        >
          {target < area.right && (
            <rect
              className={classes.beyond}
              x={target}
              y={area.top}
              width={area.right - target}
              height={area.bottom - area.top}
            />
          )}
          <Axes
            area={area}
            x={{ label: 'Time per output token', scale: x, tickText: milliseconds }}
            y={{
              label: 'Output tokens per second, one replica',
              scale: y,
              tickText: (value) => formatValue(value, '', locale),
            }}
          />
          <line className={classes.limit} x1={target} x2={target} y1={area.top} y2={area.bottom} />
          <text
            className={classes.limitLabel}
            x={target + (isTargetAtRight ? -6 : 6)}
            y={area.bottom - 8}
            textAnchor={isTargetAtRight ? 'end' : 'start'}
          >
            {`Target ${milliseconds(targetMs)}`}
          </text>
          <path
            className={classes.line}
            stroke="var(--cw-chart-1)"
            d={pathThrough(points.map(place))}
          />
          {points.map((point) => {
            const [left, top] = place(point);
            return (
              <circle key={point.batch} cx={left} cy={top} r="3" fill="var(--cw-chart-1)">
                <title>{`${point.batch} in flight: ${rate(point.tokensPerSecond)} at ${milliseconds(point.timePerOutputTokenMs)} per token`}</title>
              </circle>
            );
          })}
          {operating !== null && (
            <OperatingMark
              at={place(operating)}
              area={area}
              text={`${formatValue(operating.batch, '', locale)} in flight, ${rate(operating.tokensPerSecond)}`}
            />
          )}
        </svg>
      </div>
    </ChartFrame>
  );
}

interface OperatingMarkProps {
  readonly at: readonly [number, number];
  readonly area: PlotArea;
  readonly text: string;
}

function OperatingMark({ at: [left, top], area, text }: OperatingMarkProps) {
  const isAtRight = left > area.left + (area.right - area.left) / 2;
  return (
    <g>
      <circle
        cx={left}
        cy={top}
        r="6"
        fill="var(--cw-surface)"
        stroke="var(--cw-chart-2)"
        strokeWidth="3"
      />
      <text
        className={`${classes.emphasis ?? ''} ${classes.halo ?? ''}`}
        x={left + (isAtRight ? -12 : 12)}
        y={isAtRight ? top - 8 : top + 18}
        textAnchor={isAtRight ? 'end' : 'start'}
      >
        {text}
      </text>
    </g>
  );
}

/** The curve between the computed points, straight from one to the next. */
function pointAtBatch(points: readonly BatchPoint[], batch: number): BatchPoint | null {
  const after = points.findIndex((point) => point.batch >= batch);
  const upper = points[after];
  if (upper === undefined) return null;
  const lower = points[after - 1];
  if (lower === undefined || upper.batch === batch) return upper.batch === batch ? upper : null;
  const part = (batch - lower.batch) / (upper.batch - lower.batch);
  return {
    batch,
    timePerOutputTokenMs:
      lower.timePerOutputTokenMs + part * (upper.timePerOutputTokenMs - lower.timePerOutputTokenMs),
    tokensPerSecond: lower.tokensPerSecond + part * (upper.tokensPerSecond - lower.tokensPerSecond),
  };
}

function batchTitle(
  points: readonly BatchPoint[],
  targetMs: number,
  operatingBatch: number | null,
  milliseconds: (value: number) => string,
  rate: (value: number) => string,
): string {
  const operating = operatingBatch === null ? null : pointAtBatch(points, operatingBatch);
  if (operating === null)
    return `No number of requests in flight meets the target of ${milliseconds(targetMs)} per token`;
  return `${operating.batch} requests in flight give ${rate(operating.tokensPerSecond)} per replica at ${milliseconds(operating.timePerOutputTokenMs)} per token`;
}
