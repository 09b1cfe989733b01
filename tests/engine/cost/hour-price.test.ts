import { describe, expect, it } from 'vitest';
import { resolvePlan } from '@engine/checks/resolve';
import { usdPerAcceleratorHour } from '@engine/cost/hour-price';
import type { Acquisition, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
} from '../../fixtures/engine-fixture';

const plan = templatePlan('llama-3-405b');

function priceOf(of: Plan): number | null {
  const [on] = resolvePlan(of, catalogue).clusters;
  if (on === undefined) throw new Error('The plan has no cluster.');
  return usdPerAcceleratorHour(on, of.costs, catalogue);
}

describe('an accelerator-hour of a plan with one cluster', () => {
  it.each<Acquisition>(['rent', 'buy', 'build', 'hybrid'])(
    'costs what the report says: %s',
    (acquisition) => {
      const chosen = withCosts(plan, { acquisition });
      const { options } = reportOf(chosen).cost;
      const hour = options.find(({ kind }) => kind === acquisition)?.usdPerAcceleratorHour.value;
      expect(priceOf(chosen)).toBeCloseTo(hour ?? Number.NaN, 9);
    },
  );

  it('rented on demand costs the rent', () => {
    expect(priceOf(withCosts(plan, { acquisition: 'rent' }))).toBeCloseTo(
      plan.clusters[0]?.rentUsdPerAcceleratorHour.value ?? 0,
      6,
    );
  });

  it('has no price where the hardware has none', () => {
    const unpriced = withClusters(plan, { purchaseUsdPerNode: quantity(0) });
    expect(priceOf(withCosts(unpriced, { acquisition: 'buy' }))).toBeNull();
  });
});
