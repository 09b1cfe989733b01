import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { DataTable } from '../../../report/chart/DataTable';
import { Plot } from '../../../report/chart/Plot';
import type { PlotMark } from '../../../report/chart/plot';
import { useReport } from '../../../report/report-context';
import type { DaysPoint } from './training-answer';

/** A published run as a point beside the prediction. */
export interface PublishedMark {
  readonly accelerators: number;
  readonly days: number;
  readonly text: string;
}

interface DaysChartProps {
  readonly title: string;
  readonly points: readonly DaysPoint[];
  readonly chosen: DaysPoint | null;
  readonly published: PublishedMark | null;
}

/** Days of a run against the accelerators it is spread over, with the engine's range and the published run. */
export function DaysChart({ title, points, chosen, published }: DaysChartProps) {
  const { locale } = useReport();
  const days = (value: number) => formatValue(value, 'days', locale);
  const count = (value: number) => formatValue(value, '', locale);
  const marks: PlotMark[] = [
    ...(chosen === null
      ? []
      : [
          {
            key: 'chosen',
            x: chosen.accelerators,
            y: chosen.days,
            colour: 1,
            text: days(chosen.days),
          },
        ]),
    ...(published === null
      ? []
      : [
          {
            key: 'published',
            x: published.accelerators,
            y: published.days,
            colour: 2,
            text: published.text,
            isGiven: true,
          },
        ]),
  ];
  return (
    <Plot
      title={title}
      description="The line is the engine’s prediction, the band its range; both axes grow by factors."
      x={{ label: 'H100 accelerators', isLog: true, text: count }}
      y={{
        label: 'Days to train',
        isLog: true,
        text: count,
        read: days,
        holds: marks.map(({ y }) => y),
      }}
      series={[
        {
          name: 'Time',
          colour: 1,
          points: points.map(({ accelerators, days: y, low, high }) => ({
            x: accelerators,
            y,
            low,
            high,
          })),
        },
      ]}
      marks={marks}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'accelerators', title: 'H100', isNumber: true },
            { key: 'days', title: 'Time', isNumber: true },
          ]}
          rows={points.map((point) => [
            numberCell(point.accelerators, ''),
            { value: point.days, unit: 'days', low: point.low, high: point.high },
          ])}
        />
      }
    />
  );
}
