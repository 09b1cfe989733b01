import type { FleetReport } from '@engine/fleet/plan-fleet';
import { formatValue } from '@shared/format/value';
import type { PlotSeries } from './plot';

/** One service on one site as a column: accelerators kept busy, by hour. */
export interface UseColumn {
  readonly key: string;
  readonly title: string;
  readonly accelerators: readonly number[];
}

type Day = Pick<FleetReport, 'day' | 'pools' | 'tenants'>;

/** Accelerators of a service by hour, on one site or on all. */
function busy({ day }: Day, workloadId: string, siteId: string | null): number[] {
  return day.map(({ uses }) =>
    uses
      .filter((use) => use.workloadId === workloadId && (siteId === null || use.siteId === siteId))
      .reduce((sum, { accelerators }) => sum + accelerators, 0),
  );
}

/** Every service on every site that it uses at any hour. */
export function fleetUses(fleet: Day): UseColumn[] {
  const sites = [...new Map(fleet.pools.map((pool) => [pool.siteId, pool.siteName]))];
  return sites.flatMap(([siteId, siteName]) =>
    fleet.tenants.flatMap(({ workloadId, name }) => {
      const accelerators = busy(fleet, workloadId, siteId);
      return accelerators.some((count) => count > 0)
        ? [{ key: `${siteId} ${workloadId}`, title: `${siteName}: ${name}`, accelerators }]
        : [];
    }),
  );
}

/** A line per service, their sum where there are several, and the capacity above them. */
export function fleetDaySeries(fleet: Day, siteId: string | null): PlotSeries[] {
  const points = (values: readonly number[]) =>
    values.map((y, index) => ({ x: fleet.day[index]?.hour ?? index, y }));
  const lines = fleet.tenants.map(({ workloadId, name }) => ({
    name,
    values: busy(fleet, workloadId, siteId),
  }));
  const used = lines.filter(({ values }) => values.some((count) => count > 0));
  const total = fleet.day.map((_, index) =>
    used.reduce((sum, { values }) => sum + (values[index] ?? 0), 0),
  );
  const capacity = fleet.pools
    .filter((pool) => siteId === null || pool.siteId === siteId)
    .reduce((sum, { accelerators }) => sum + accelerators, 0);
  return [
    { name: 'Capacity', colour: 2, isDashed: true, points: points(total.map(() => capacity)) },
    { name: 'Load', colour: 1, points: points(total) },
    ...(used.length < 2
      ? []
      : used.map(({ name, values }, index) => ({
          name,
          colour: 3 + (index % 5),
          points: points(values),
        }))),
  ];
}

/** "The busiest hour keeps 61 % of 2,560 accelerators busy, the quietest 12 %". */
export function fleetDayTitle(series: readonly PlotSeries[], locale: string): string {
  const [capacity, load] = series.map(({ points }) => points.map(({ y }) => y));
  const whole = capacity?.[0] ?? 0;
  if (whole <= 0 || load === undefined) return 'There are no accelerators to carry the load';
  const share = (value: number) => formatValue(value / whole, 'fraction', locale);
  return `The busiest hour keeps ${share(Math.max(...load))} of ${formatValue(whole, '', locale)} accelerators busy, the quietest ${share(Math.min(...load))}`;
}
