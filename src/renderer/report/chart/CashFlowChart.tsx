import type { CashPoint } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useReport } from '../report-context';
import { Axes, pathThrough, type PlotArea } from './Axes';
import { linearScale } from './axis-scale';
import classes from './chart.module.css';
import { useChartWidth } from './chart-width';
import { ChartFrame } from './ChartFrame';
import { DataTable } from './DataTable';

interface CashFlowChartProps {
  readonly points: readonly CashPoint[];
  /** month in which buying has cost no more than renting; null when that does not happen */
  readonly breakEvenMonth: number | null;
}

const height = 250;
const labelRoom = 84;
const labelHeight = 30;

/** Spend to date, renting against buying, month by month. */
export function CashFlowChart({ points, breakEvenMonth }: CashFlowChartProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const money = (value: number) => formatValue(value, 'USD', locale);
  const last = points.at(-1);
  if (last === undefined) return null;
  const title = cashTitle(last, breakEvenMonth, money);
  const area: PlotArea = { left: 56, right: width - labelRoom, top: 32, bottom: height - 40 };
  const x = monthScale(last.month, area);
  const amounts = points.flatMap((point) => [point.rentUsd, point.buyUsd]);
  const y = linearScale(Math.min(...amounts), Math.max(...amounts), area.bottom, area.top, 4);
  const lines = [
    {
      key: 'rent',
      label: 'Rent',
      colour: 'var(--cw-chart-2)',
      of: (point: CashPoint) => point.rentUsd,
    },
    {
      key: 'buy',
      label: 'Buy',
      colour: 'var(--cw-chart-1)',
      of: (point: CashPoint) => point.buyUsd,
    },
  ] as const;
  const labelTops = endLabelTops(y.position(last.rentUsd), y.position(last.buyUsd));
  return (
    <ChartFrame
      title={title}
      description="Cumulative spend at the end of each month, before taxes."
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'month', title: 'End of month', isNumber: true },
            { key: 'rent', title: 'Rent', isNumber: true },
            { key: 'buy', title: 'Buy', isNumber: true },
          ]}
          rows={points
            .filter((point) => point.month % 6 === 0 || point === last)
            .map((point) => [
              numberCell(point.month, ''),
              numberCell(point.rentUsd, 'USD'),
              numberCell(point.buyUsd, 'USD'),
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
          <Axes
            area={area}
            x={{ label: 'Months', scale: x, tickText: String }}
            y={{ label: 'Cumulative spend', scale: y, tickText: money }}
          />
          {lines.map((line) => {
            const top = labelTops[line.key];
            return (
              <g key={line.key}>
                <path
                  className={classes.line}
                  stroke={line.colour}
                  d={pathThrough(
                    points.map((point) => [x.position(point.month), y.position(line.of(point))]),
                  )}
                />
                <rect
                  x={area.right + 8}
                  y={top - 8}
                  width="8"
                  height="8"
                  rx="2"
                  fill={line.colour}
                />
                <text x={area.right + 20} y={top}>
                  <tspan className={classes.emphasis}>{line.label}</tspan>
                  <tspan x={area.right + 20} dy="13">
                    {money(line.of(last))}
                  </tspan>
                </text>
              </g>
            );
          })}
          {breakEvenMonth !== null && breakEvenMonth <= last.month && (
            <BreakEven
              left={x.position(breakEvenMonth)}
              area={area}
              text={`Break-even, month ${formatValue(Math.ceil(breakEvenMonth), '', locale)}`}
            />
          )}
        </svg>
      </div>
    </ChartFrame>
  );
}

function BreakEven({
  left,
  area,
  text,
}: {
  readonly left: number;
  readonly area: PlotArea;
  readonly text: string;
}) {
  const isAtRight = left > area.left + (area.right - area.left) * 0.6;
  return (
    <g>
      <line
        className={classes.limit}
        style={{ stroke: 'var(--cw-text-secondary)' }}
        x1={left}
        x2={left}
        y1={area.top}
        y2={area.bottom}
      />
      <text
        className={`${classes.emphasis ?? ''} ${classes.halo ?? ''}`}
        x={left + (isAtRight ? -6 : 6)}
        y={area.bottom - 8}
        textAnchor={isAtRight ? 'end' : 'start'}
      >
        {text}
      </text>
    </g>
  );
}

/** Where the two labels at the end of the lines start, moved apart where they would overlap. */
function endLabelTops(rent: number, buy: number): { readonly rent: number; readonly buy: number } {
  const apart = Math.max(0, labelHeight - Math.abs(rent - buy)) / 2;
  const isRentUpper = rent <= buy;
  return { rent: rent + (isRentUpper ? -apart : apart), buy: buy + (isRentUpper ? apart : -apart) };
}

function monthScale(months: number, area: PlotArea) {
  const step = months <= 12 ? 3 : months <= 36 ? 6 : months <= 120 ? 12 : 60;
  const count = Math.floor(months / step);
  return {
    position: (month: number) => area.left + (month / months) * (area.right - area.left),
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}

function cashTitle(
  last: CashPoint,
  breakEvenMonth: number | null,
  money: (value: number) => string,
): string {
  const years = `${Math.round((last.month / 12) * 10) / 10} years`;
  const difference = money(Math.abs(last.rentUsd - last.buyUsd));
  const cheaper = last.rentUsd < last.buyUsd ? 'Renting' : 'Buying';
  const other = last.rentUsd < last.buyUsd ? 'buying' : 'renting';
  const start = `${cheaper} costs ${difference} less than ${other} over ${years}`;
  if (breakEvenMonth === null || breakEvenMonth > last.month) return start;
  return `${start}; the lines cross in month ${Math.ceil(breakEvenMonth)}`;
}
