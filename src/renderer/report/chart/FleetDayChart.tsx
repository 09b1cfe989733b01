import { NativeSelect } from '@mantine/core';
import type { FleetReport } from '@engine/fleet/plan-fleet';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useState } from 'react';
import { useReport } from '../report-context';
import { DataTable } from './DataTable';
import { Plot } from './Plot';
import { fleetDaySeries, fleetDayTitle, fleetUses } from './fleet-day-series';

interface FleetDayChartProps {
  readonly fleet: FleetReport;
}

const clock = new Intl.NumberFormat('en', { minimumIntegerDigits: 2 });

/** Accelerators that the services keep busy over a day, against those that a site or all sites have. */
export function FleetDayChart({ fleet }: FleetDayChartProps) {
  const { locale } = useReport();
  const sites = [...new Map(fleet.pools.map((pool) => [pool.siteId, pool.siteName]))];
  const [chosen, setChosen] = useState('');
  const siteId = sites.some(([id]) => id === chosen) ? chosen : null;
  const counted = (value: number) => formatValue(value, '', locale);
  const hourText = (value: number) => `${clock.format(value)}:00`;
  const series = fleetDaySeries(fleet, siteId);
  const title = fleetDayTitle(series, locale);
  const uses = fleetUses(fleet);
  return (
    <Plot
      title={title}
      description="Accelerators kept busy at each hour of UTC. Every region follows its own clock; the shape of its day is an assumption."
      x={{
        label: 'Hour of the day, UTC',
        isLog: false,
        text: hourText,
        ticks: [0, 4, 8, 12, 16, 20, 24],
      }}
      y={{ label: 'Accelerators', isLog: false, text: counted, holds: [0] }}
      series={series}
      hasLegend
      controls={
        sites.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="Site of the load over the day"
            data={[
              { value: '', label: 'All sites' },
              ...sites.map(([value, label]) => ({ value, label })),
            ]}
            value={siteId ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )
      }
      table={
        <DataTable
          caption="Load of the fleet over the day"
          columns={[
            { key: 'hour', title: 'Hour, UTC' },
            ...uses.map(({ key, title: heading }) => ({ key, title: heading, isNumber: true })),
            { key: 'unserved', title: 'Requests that find no room', isNumber: true },
          ]}
          rows={fleet.day.map((hour, index) => [
            hourText(hour.hour),
            ...uses.map(({ accelerators }) => numberCell(accelerators[index] ?? 0, '1')),
            numberCell(hour.unservedRequestsPerSecond, 'requests/s'),
          ])}
        />
      }
    />
  );
}
