import { describe, expect, it } from 'vitest';
import type { Acquisition } from '@engine/plan';
import {
  quantity,
  reportOf,
  templatePlan,
  withCosts,
  withSites,
} from '../../fixtures/engine-fixture';
import { chatOn } from '../facility/sites/three-sites';

const plan = withSites(
  chatOn({ nodes: 20, gbps: 100, users: 1_000 }, { nodes: 35 }, { nodes: 7 }),
  { linkUsdPerMonth: quantity(10_000) },
);

describe.each<Acquisition>(['rent', 'buy', 'build', 'hybrid'])(
  'the cost by site, %s',
  (acquisition) => {
    const { cost } = reportOf(withCosts(plan, { acquisition }));

    it('adds up to the total as planned, at every end of its range', () => {
      expect(cost.sites).toHaveLength(3);
      for (const end of ['low', 'value', 'high'] as const) {
        const sum = cost.sites.reduce((total, { totalUsd }) => total + (totalUsd[end] ?? 0), 0);
        expect(sum / (cost.chosenUsdTotal[end] ?? 1)).toBeCloseTo(1, 9);
      }
    });

    it('is made of the lines that are listed under it', () => {
      for (const { totalUsd } of cost.sites) {
        const lines = totalUsd.inputs.reduce((sum, { value }) => sum + value, 0);
        expect(lines / (totalUsd.value ?? 1)).toBeCloseTo(1, 9);
      }
    });
  },
);

it('of the only site is the total', () => {
  const { cost } = reportOf(templatePlan('chat-fleet-h200'));
  expect(cost.sites.map(({ totalUsd }) => totalUsd.value)).toEqual([cost.chosenUsdTotal.value]);
});

it('is unknown where the total is, for the same reason', () => {
  const unpriced = {
    ...plan,
    clusters: plan.clusters.map((cluster) => ({ ...cluster, purchaseUsdPerNode: quantity(0) })),
  };
  const { cost } = reportOf(withCosts(unpriced, { acquisition: 'buy' }));
  for (const { totalUsd } of cost.sites) {
    expect(totalUsd.value).toBeNull();
    expect(totalUsd.unavailable).toMatch(/^Cluster \d has no price/);
  }
});
