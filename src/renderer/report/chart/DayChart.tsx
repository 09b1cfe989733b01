import type { DayPoint } from '@engine/service/daily-load';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import { DataTable } from './DataTable';
import { Plot } from './Plot';

interface DayChartProps {
  readonly points: readonly DayPoint[];
  readonly replicasAvailable: number | null;
  /** what they may be given together, requests per second; null where there is no operating point */
  readonly capacity: number | null;
  /** what carries the load, in the plural */
  readonly replicas?: string;
}

const clock = new Intl.NumberFormat('en', { minimumIntegerDigits: 2 });

/** The load of a day against what the replicas carry. */
export function DayChart({
  points,
  replicasAvailable,
  capacity,
  replicas = 'replicas',
}: DayChartProps) {
  const { locale } = useReport();
  const rate = (value: number) => formatValue(value, 'requests/s', locale);
  const hourText = (value: number) => `${clock.format(value)}:00`;
  const needed = points.map(({ replicasNeeded }) => replicasNeeded ?? 0);
  const [most, least] = [Math.max(...needed), Math.min(...needed)];
  const counted = (value: number) => formatValue(value, '', locale);
  const title =
    capacity === null
      ? 'Nothing meets the targets, so no load is carried'
      : `The day ${least === most ? 'always needs' : `needs ${counted(least)} to`} ${counted(most)} ${most === 1 ? replicas.replace(/s$/, '') : replicas}; the cluster holds ${counted(replicasAvailable ?? 0)}`;
  return (
    <Plot
      title={title}
      description="A day with the plan’s peak and mean load: its shape is an assumption, local time of most users."
      x={{
        label: 'Hour of the day',
        isLog: false,
        text: hourText,
        ticks: [0, 4, 8, 12, 16, 20, 24],
      }}
      y={{ label: 'Requests per second', isLog: false, text: counted, read: rate, holds: [0] }}
      series={[
        {
          name: 'Load',
          colour: 1,
          points: points.map(({ hour, requestsPerSecond }) => ({ x: hour, y: requestsPerSecond })),
        },
        ...(capacity === null
          ? []
          : [
              {
                name: 'Capacity',
                colour: 2,
                isDashed: true,
                points: points.map(({ hour }) => ({ x: hour, y: capacity })),
              },
            ]),
      ]}
      hasEndLabels
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'hour', title: 'Hour' },
            { key: 'load', title: 'Requests per second', isNumber: true },
            {
              key: 'replicas',
              title: `${replicas.charAt(0).toUpperCase()}${replicas.slice(1)} needed`,
              isNumber: true,
            },
          ]}
          rows={points.map(({ hour, requestsPerSecond, replicasNeeded }) => [
            hourText(hour),
            rate(requestsPerSecond),
            replicasNeeded === null ? '—' : counted(replicasNeeded),
          ])}
        />
      }
    />
  );
}
