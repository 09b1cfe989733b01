import { assumptionOf } from '../catalogue/assumption';
import type { Catalogue } from '../catalogue/types';
import { derivedInput, factInput, figure } from '../explain';
import type { Plan } from '../plan';
import type { Figure } from '../report';
import type { Flow } from './assign';
import type { FleetReport, Loss, PoolUse, TenantUse } from './plan-fleet';
import { distanceKm } from './round-trip';

const routingOrder = 'routing, in the order that the plan asks for';

/**
 * Share of the requests at the peak that find room.
 *
 *   s = 1 − λ₀ / λ
 *
 * λ requests at the peak with the headroom [1/s] · λ₀ those that find no room on any route within the targets [1/s]
 *
 * Leaves out: requests that wait longer than the target and are served all the same. Source: definition.
 */
function servedFigure(key: string, label: string, share: number, requests: number): Figure {
  return figure({
    key,
    label,
    value: share,
    unit: 'fraction',
    formula: 's = 1 − λ₀ / λ',
    inputs: [
      derivedInput('λ', 'Requests at the peak, with headroom', requests, 'requests/s', 'demand'),
      derivedInput(
        'λ₀',
        'Requests that find no room',
        (1 - share) * requests,
        'requests/s',
        routingOrder,
      ),
    ],
    leavesOut: 'requests that wait longer than the target and are served all the same',
  });
}

/**
 * What a service gets of the fleet: its served share, and the means over its served requests.
 *
 *   x = Σ λᵢ · xᵢ / Σ λᵢ
 *
 * λᵢ requests on route i [1/s] · xᵢ round trip, cost or carbon of that route
 *
 * Leaves out: what the routes leave out. Source: definition.
 */
export function tenantFigures({ flows }: FleetReport, tenant: TenantUse) {
  const own = flows.filter(({ workloadId }) => workloadId === tenant.workloadId);
  const rate = own.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0);
  const mean = (
    key: string,
    label: string,
    unit: string,
    value: number | null,
    leavesOut: string,
  ): Figure =>
    figure({
      key: `fleet.${tenant.workloadId}.${key}`,
      label,
      value,
      unit,
      formula: 'x = Σ λᵢ · xᵢ / Σ λᵢ',
      inputs: [
        derivedInput('Σ λᵢ', 'Served requests', rate, 'requests/s', routingOrder),
        ...(value === null
          ? []
          : [derivedInput('Σ λᵢ · xᵢ', 'Sum over the routes', value * rate, '1', routingOrder)]),
      ],
      leavesOut,
      unavailable:
        rate === 0
          ? 'No request of this service is served.'
          : 'A cluster that serves it has no known price of an accelerator-hour.',
    });
  return {
    served: servedFigure(
      `fleet.${tenant.workloadId}.served`,
      `Served share of ${tenant.name}`,
      tenant.servedShare,
      tenant.requestsPerSecond,
    ),
    roundTrip: mean(
      'roundTrip',
      'Mean round trip',
      'ms',
      tenant.roundTripMs,
      'queues of the network',
    ),
    usd: mean(
      'usd',
      'Cost of a thousand requests at the peak',
      'USD',
      tenant.usdPerThousandRequests,
      'idle accelerators; traffic',
    ),
    carbon: mean(
      'carbon',
      'CO₂e of a thousand requests',
      'g',
      tenant.gramsCo2PerThousandRequests,
      'idle accelerators; making the hardware',
    ),
  };
}

/** Whole replicas on a cluster: G = Σ ⌈gₛ / Rₛ⌉ · Rₛ over its services, gₛ accelerators in use, Rₛ those of a replica. */
export function poolFigure(pool: PoolUse): Figure {
  return figure({
    key: `fleet.${pool.clusterId}.used`,
    label: `Accelerators that replicas on ${pool.clusterName} need`,
    value: pool.acceleratorsInReplicas,
    unit: '1',
    formula: 'G = Σ ⌈gₛ / Rₛ⌉ · Rₛ',
    inputs: [
      derivedInput('Σ gₛ', 'Accelerators kept busy', pool.used, '1', routingOrder),
      derivedInput('Σ ⌈gₛ / Rₛ⌉', 'Whole replicas', pool.replicas, '1', routingOrder),
    ],
    leavesOut: 'spare nodes',
  });
}

/** What whole replicas need beyond a cluster's accelerators: F = max(0, G − N), G accelerators that they need, N those there. */
export function shortageFigure(pool: PoolUse): Figure {
  return figure({
    key: `fleet.${pool.clusterId}.short`,
    label: `Accelerators that ${pool.clusterName} is short of`,
    value: pool.acceleratorsShort,
    unit: '1',
    formula: 'F = max(0, G − N)',
    inputs: [
      derivedInput('G', 'Needed by whole replicas', pool.acceleratorsInReplicas, '1', routingOrder),
      derivedInput('N', 'Accelerators', pool.accelerators, '1', 'nodes of the cluster'),
    ],
    leavesOut: 'spare nodes',
  });
}

/** Requests of a route, λ = g / a, and its round trip; see assign and roundTripSeconds. */
export function flowFigures(flow: Flow, plan: Plan, catalogue: Catalogue) {
  const cluster = plan.clusters.find(({ id }) => id === flow.clusterId);
  const site = plan.sites.find(({ id }) => id === cluster?.siteId);
  const distance = site ? distanceKm(catalogue, flow.regionId, site.regionId) : null;
  const { assumptions } = catalogue;
  const key = `fleet.${flow.workloadId}.${flow.regionId}.${flow.clusterId}`;
  return {
    requests: figure({
      key: `${key}.requests`,
      label: 'Requests of a region to a cluster',
      value: flow.requestsPerSecond,
      unit: 'requests/s',
      formula: 'λ = g / a',
      inputs: [
        derivedInput('g', 'Accelerators given', flow.accelerators, '1', routingOrder),
        derivedInput(
          'a',
          'Accelerators per request per second',
          flow.acceleratorsPerRequestRate,
          'accelerators·s',
          'operating point within the target less the round trip',
        ),
      ],
      leavesOut: 'an order that would serve more where pools run out',
    }),
    roundTrip: figure({
      key: `${key}.roundTrip`,
      label: 'Round trip',
      value: flow.roundTripMs,
      unit: 'ms',
      formula: 't = 1000 · 2 · d · k / v + tₐ',
      inputs: [
        ...(distance === null
          ? []
          : [derivedInput('d', 'Great-circle distance', distance, 'km', 'places of the regions')]),
        factInput(
          'k',
          'Length of the path over it',
          assumptionOf(assumptions, 'fleet.pathStretch'),
        ),
        factInput('v', 'Speed in fibre', assumptionOf(assumptions, 'fleet.fibreSpeed')),
        factInput('tₐ', 'To the nearest exchange', assumptionOf(assumptions, 'fleet.accessDelay')),
      ],
      leavesOut: 'queues and handshakes: a connection is kept open',
    }),
  };
}

/** What is still served without a site or a node; the routing is done anew. */
export function lossFigure(fleet: FleetReport, loss: Loss): Figure {
  const requests = fleet.tenants.reduce((sum, one) => sum + one.requestsPerSecond, 0);
  return servedFigure(
    `fleet.${loss.kind}.${loss.id}.served`,
    loss.kind === 'site' ? `Served without ${loss.name}` : `Served without a node of ${loss.name}`,
    loss.servedShare,
    requests,
  );
}
