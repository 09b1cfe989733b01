import type { Catalogue } from '@engine/catalogue/types';
import {
  flowFigures,
  lossFigure,
  poolFigure,
  shortageFigure,
  tenantFigures,
} from '@engine/fleet/fleet-figures';
import { planFleet, type FleetReport, type Loss, type PoolUse } from '@engine/fleet/plan-fleet';
import type { Plan } from '@engine/plan';
import { formatValue } from '@shared/format/value';
import { figureCell, numberCell } from '@shared/table/cell';
import { useMemo } from 'react';
import { DataTable } from '../chart/DataTable';
import { FleetDayChart } from '../chart/FleetDayChart';
import { useReport } from '../report-context';
import { SectionPart } from './Section';

interface FleetPartProps {
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

const routingText: Readonly<Record<FleetReport['routing'], string>> = {
  latency: 'to the nearest site with room',
  price: 'to the cheapest site with room',
  carbon: 'to the site with the least carbon and room',
};

/** How the plan's services share its sites, and what is no longer served without one. */
export function FleetPart({ plan, catalogue }: FleetPartProps) {
  const { locale } = useReport();
  const fleet = useMemo(() => planFleet(plan, catalogue), [plan, catalogue]);
  if (fleet === null) return null;
  const text = (value: number | null, unit: string): string =>
    value === null ? '—' : formatValue(value, unit, locale);
  const region = (id: string): string => catalogue.regions.get(id)?.name ?? id;
  const service = (id: string): string => plan.workloads.find((one) => one.id === id)?.name ?? id;
  const cluster = (id: string): string => plan.clusters.find((one) => one.id === id)?.name ?? id;
  const shortages = fleet.pools.filter(({ acceleratorsShort }) => acceleratorsShort > 0);
  return (
    <SectionPart
      title="The fleet"
      lead={
        <>
          <p>{leadText(fleet, (value) => text(value, ''))}</p>
          {shortages.map((pool) => (
            <p key={pool.clusterId}>{shortText(pool, (value) => text(value, ''))}</p>
          ))}
          {fleet.unreachable.length > 0 && (
            <p>
              No site reaches{' '}
              {[...new Set(fleet.unreachable.map(({ regionId }) => region(regionId)))].join(', ')}{' '}
              within the target of the time to first token.
            </p>
          )}
        </>
      }
    >
      <FleetDayChart fleet={fleet} />
      <DataTable
        caption="Services as tenants of the fleet"
        columns={[
          { key: 'name', title: 'Service' },
          { key: 'users', title: 'Users', isNumber: true },
          { key: 'requests', title: 'Requests at the peak', isNumber: true },
          { key: 'served', title: 'Served', isNumber: true },
          { key: 'trip', title: 'Round trip, mean', isNumber: true },
          { key: 'cost', title: 'Per thousand requests, at the peak', isNumber: true },
          { key: 'carbon', title: 'CO₂e of them', isNumber: true },
        ]}
        rows={fleet.tenants.map((tenant) => {
          const { served, roundTrip, usd, carbon } = tenantFigures(fleet, tenant);
          return [
            tenant.name,
            numberCell(tenant.users, '1'),
            numberCell(tenant.requestsPerSecond, 'requests/s'),
            figureCell(served),
            figureCell(roundTrip),
            figureCell(usd),
            figureCell(carbon),
          ];
        })}
      />
      <DataTable
        caption="Clusters as pools"
        columns={[
          { key: 'name', title: 'Cluster' },
          { key: 'site', title: 'Site' },
          { key: 'replicas', title: 'Replicas', isNumber: true },
          { key: 'all', title: 'Accelerators', isNumber: true },
          { key: 'used', title: 'Needed by replicas', isNumber: true },
          { key: 'short', title: 'Short of', isNumber: true },
        ]}
        rows={fleet.pools.map((pool) => [
          pool.clusterName,
          pool.siteName,
          numberCell(pool.replicas, '1'),
          numberCell(pool.accelerators, '1'),
          figureCell(poolFigure(pool)),
          figureCell(shortageFigure(pool)),
        ])}
      />
      <DataTable
        caption="Where the requests of each region go"
        columns={[
          { key: 'region', title: 'Region' },
          { key: 'service', title: 'Service' },
          { key: 'cluster', title: 'Cluster' },
          { key: 'rate', title: 'Requests', isNumber: true },
          { key: 'trip', title: 'Round trip', isNumber: true },
        ]}
        rows={fleet.flows.map((flow) => {
          const { requests, roundTrip } = flowFigures(flow, plan, catalogue);
          return [
            region(flow.regionId),
            service(flow.workloadId),
            cluster(flow.clusterId),
            figureCell(requests),
            figureCell(roundTrip),
          ];
        })}
      />
      <DataTable
        caption="What is no longer served"
        columns={[
          { key: 'lost', title: 'Without' },
          { key: 'served', title: 'Still served', isNumber: true },
          { key: 'who', title: 'Lost at the peak' },
        ]}
        rows={fleet.losses.map((loss) => [
          loss.kind === 'site' ? loss.name : `a node of ${loss.name}`,
          figureCell(lossFigure(fleet, loss)),
          lostText(loss, text),
        ])}
      />
    </SectionPart>
  );
}

function leadText(fleet: FleetReport, count: (value: number) => string): string {
  const users = fleet.tenants.reduce((sum, tenant) => sum + (tenant.users ?? 0), 0);
  const served = fleet.tenants.reduce((sum, one) => sum + (one.users ?? 0) * one.servedShare, 0);
  const sites = new Set(fleet.pools.map(({ siteId }) => siteId)).size;
  const where = sites === 1 ? 'One site serves' : `${count(sites)} sites serve`;
  const start =
    users > 0
      ? `${where} ${count(Math.floor(served + 1e-6))} of ${count(users)} users at the peak`
      : `${where} ${count(fleet.tenants.length)} ${fleet.tenants.length === 1 ? 'service' : 'services'}`;
  return `${start}; requests go ${routingText[fleet.routing]}.`;
}

/** Whole replicas that do not all fit: the load would, spread over fractions of a replica. */
function shortText(pool: PoolUse, count: (value: number) => string): string {
  const { clusterName, accelerators, acceleratorsInReplicas, acceleratorsShort } = pool;
  const nodes = Math.ceil(acceleratorsShort / pool.acceleratorsPerNode);
  return `${clusterName} is short of ${count(acceleratorsShort)} accelerators: whole replicas need ${count(acceleratorsInReplicas)} and it has ${count(accelerators)}. Add ${count(nodes)} ${nodes === 1 ? 'node' : 'nodes'}, or serve fewer services there.`;
}

function lostText({ tenants }: Loss, text: (value: number, unit: string) => string): string {
  if (tenants.length === 0) return 'none';
  return tenants
    .map(({ name, usersLost, requestsPerSecondLost }) =>
      usersLost === null
        ? `${text(requestsPerSecondLost, 'requests/s')} of ${name}`
        : `${text(usersLost, '')} of ${name}`,
    )
    .join('; ');
}
