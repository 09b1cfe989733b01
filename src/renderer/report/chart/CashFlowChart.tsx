import type { CashPoint } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import { Plot } from './Plot';
import type { PlotSeries } from './plot';
import { PlotTable } from './PlotTable';

interface CashFlowChartProps {
  readonly points: readonly CashPoint[];
  /** month in which buying has cost no more than renting; null when that does not happen */
  readonly breakEvenMonth: number | null;
}

/** Spend to date in every way to get the accelerators, month by month. */
export function CashFlowChart({ points, breakEvenMonth }: CashFlowChartProps) {
  const { locale } = useReport();
  const money = (value: number) => formatValue(value, 'USD', locale);
  const last = points.at(-1);
  if (last === undefined) return null;
  const title = cashTitle(last, breakEvenMonth, money);
  const x = {
    label: 'End of month',
    isLog: false,
    text: String,
    holds: [0],
    ticks: monthTicks(last.month),
  };
  const y = { label: 'Cumulative spend', isLog: false, text: money, unit: 'USD' };
  const isHalfYear = (point: CashPoint) => point.month % 6 === 0 || point === last;
  return (
    <Plot
      title={title}
      description="Cumulative spend at the end of each month, before taxes."
      x={x}
      y={y}
      series={linesOf(points)}
      hasEndLabels
      limits={
        breakEvenMonth === null || breakEvenMonth > last.month
          ? []
          : [{ x: breakEvenMonth, text: `Break-even, month ${Math.ceil(breakEvenMonth)}` }]
      }
      table={<PlotTable title={title} x={x} y={y} series={linesOf(points.filter(isHalfYear))} />}
    />
  );
}

const ways = [
  { name: 'Rent', colour: 2, key: 'rentUsd' },
  { name: 'Buy, colocated', colour: 1, key: 'buyUsd' },
  { name: 'Own building', colour: 3, key: 'buildUsd' },
  { name: 'Hybrid', colour: 4, key: 'hybridUsd' },
] as const;

function linesOf(points: readonly CashPoint[]): PlotSeries[] {
  return ways.map(({ name, colour, key }) => ({
    name,
    colour,
    points: points.map((point) => ({ x: point.month, y: point[key] })),
  }));
}

function monthTicks(months: number): number[] {
  const step = months <= 12 ? 3 : months <= 36 ? 6 : months <= 120 ? 12 : 60;
  return Array.from({ length: Math.floor(months / step) + 1 }, (_, index) => index * step);
}

/** The cheapest and the dearest way at the end, and when buying overtakes renting. */
function cashTitle(
  last: CashPoint,
  breakEvenMonth: number | null,
  money: (value: number) => string,
): string {
  const years = `${Math.round((last.month / 12) * 10) / 10} years`;
  const ranked = ways.toSorted((one, other) => last[one.key] - last[other.key]);
  const [cheapest, dearest] = [ranked.at(0), ranked.at(-1)];
  if (cheapest === undefined || dearest === undefined) return '';
  const difference = money(last[dearest.key] - last[cheapest.key]);
  const start = `“${cheapest.name}” costs ${difference} less than “${dearest.name}” over ${years}`;
  if (breakEvenMonth === null || breakEvenMonth > last.month) return start;
  return `${start}; buying overtakes renting in month ${Math.ceil(breakEvenMonth)}`;
}
