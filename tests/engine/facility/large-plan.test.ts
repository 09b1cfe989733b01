import { describe, expect, test } from 'vitest';
import type { Plan } from '@engine/plan';
import { quantity, reportOf, templatePlan } from '../../fixtures/engine-fixture';

/** A template's cluster on each of several sites, with so many nodes in each. */
function spread(plan: Plan, sites: number, nodes: number): Plan {
  const copies = <Item extends { readonly id: string }>(items: readonly Item[]): Item[] =>
    items
      .slice(0, 1)
      .flatMap((item) =>
        Array.from({ length: sites }, (_, index) => ({ ...item, id: `${item.id}-${index}` })),
      );
  return {
    ...plan,
    sites: copies(plan.sites),
    clusters: copies(plan.clusters).map((cluster, index) => ({
      ...cluster,
      siteId: `${cluster.siteId}-${index}`,
      nodes: quantity(nodes),
    })),
    workloads: [],
  };
}

describe('a plan of 100,000 accelerators on five sites', () => {
  const report = reportOf(spread(templatePlan('llama-3-405b'), 5, 2500));

  test('has a fabric, racks and a bill on every site', () => {
    expect(report.facilities).toHaveLength(5);
    for (const facility of report.facilities) {
      expect(facility.fabric).toMatchObject({ kind: 'built', rules: { endpoints: 20_000 } });
      expect(facility.racks.value).toBe(625);
      expect(facility.leaves.value).toBe(640);
    }
  });

  test('wires 20,000 accelerators as whole pods: 20 of 32 leaves, where 625 leaves would do', () => {
    const fabric = report.facilities[0]?.fabric;
    expect(fabric?.kind === 'built' ? fabric.fabric.shape : null).toMatchObject({
      pods: 20,
      leavesPerPod: 32,
      spinesPerPod: 32,
    });
  });

  test('costs the same on every site, and every bill has keys of its own', () => {
    const totals = new Set(report.facilities.map(({ billUsd }) => billUsd.value));
    expect(totals.size).toBe(1);
    const keys = report.facilities.flatMap(({ bill }) => bill.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('draws as much as its nodes: the sites’ power is the clusters’', () => {
    const sum = (values: readonly (number | null)[]): number =>
      values.reduce<number>((total, value) => total + (value ?? Number.NaN), 0);
    const sites = sum(report.sites.map(({ itPowerKw }) => itPowerKw.value));
    const rated = sum(report.facilities.map(({ ratedPowerKw }) => ratedPowerKw.value));
    expect(sites).toBeGreaterThan(0);
    expect(sites).toBeLessThanOrEqual(rated);
  });
});
