import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { tenantFigures } from '@engine/fleet/fleet-figures';
import { planFleet } from '@engine/fleet/plan-fleet';
import type { Acquisition, Cluster, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createSite } from '@shared/plan/create';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');

function fleetPlan(acquisition: Acquisition, changes: Partial<Cluster> = {}): Plan {
  return {
    ...base,
    costs: { ...base.costs, acquisition },
    clusters: base.clusters.map((cluster) => ({ ...cluster, ...changes })),
    fleet: { routing: 'price', demand: [] },
  };
}

function tenantOf(plan: Plan) {
  const fleet = planFleet(plan, catalogue);
  const tenant = fleet?.tenants[0];
  if (!fleet || !tenant) throw new Error('The plan has a fleet with a service.');
  return { fleet, tenant, usd: tenantFigures(fleet, tenant).usd };
}

/** Price of an accelerator-hour that the service of the plan is reported with. */
function priceOf(plan: Plan): number {
  const service = evaluate(plan, catalogue).workloads[0];
  if (service?.kind !== 'inference') throw new Error('The template has a service.');
  const price = service.usdPerThousandRequests.inputs.find(({ symbol }) => symbol === 'p');
  return Number(price?.value);
}

describe('a request of a fleet', () => {
  it.each(['rent', 'hybrid', 'buy', 'build'] as const)(
    'costs what the service pays for its accelerators in a plan to %s',
    (way) => {
      const plan = fleetPlan(way);
      const { fleet, tenant } = tenantOf(plan);
      const [flow] = fleet.flows;
      const perRate = flow?.acceleratorsPerRequestRate ?? Number.NaN;
      expect(tenant.usdPerThousandRequests).toBeGreaterThan(0);
      expect(tenant.usdPerThousandRequests).toBeCloseTo((priceOf(plan) * perRate) / 3.6, 9);
    },
  );

  it('does not cost the rent where the accelerators are bought', () => {
    const dear = { rentUsdPerAcceleratorHour: quantity(1_000) };
    const [own, same] = [tenantOf(fleetPlan('buy')), tenantOf(fleetPlan('buy', dear))];
    expect(same.usd.value).toBe(own.usd.value);
    const rented = tenantOf(fleetPlan('rent', dear));
    expect(rented.usd.value).toBeGreaterThan(100 * (own.usd.value ?? Infinity));
  });

  it.each([
    ['rent', { rentUsdPerAcceleratorHour: quantity(0) }],
    ['buy', { purchaseUsdPerNode: quantity(0) }],
  ] as const)('has no cost and says why where no price is known to %s', (way, changes) => {
    const { tenant, usd } = tenantOf(fleetPlan(way, changes));
    expect(tenant.servedShare).toBe(1);
    expect(usd.value).toBeNull();
    expect(usd.unavailable).toMatch(/no known price/);
  });

  it('goes to a cluster without a price last, when it goes where it is cheapest', () => {
    const plan = fleetPlan('rent');
    const [first] = plan.clusters;
    if (first === undefined) throw new Error('The template has a cluster.');
    const site = createSite(catalogue, 'gcp-europe-west3', 'site-2');
    const other = createCluster(catalogue, first.systemId, site.id, 'unpriced', quantity(500));
    const both: Plan = {
      ...plan,
      sites: [...plan.sites, site],
      clusters: [first, { ...other, rentUsdPerAcceleratorHour: quantity(0) }],
    };
    expect(new Set(tenantOf(both).fleet.flows.map(({ clusterId }) => clusterId))).toEqual(
      new Set([first.id]),
    );
  });
});
