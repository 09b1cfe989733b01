import { describe, expect, it } from 'vitest';
import type { Acquisition } from '@engine/plan';
import { evaluate } from '@engine/evaluate';
import { ownPrice, acceleratorPrice } from '@engine/cost/accelerator-price';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-million-gb300');

function evaluated(acquisition: Acquisition, purchaseUsd?: number) {
  const report = evaluate(
    {
      ...base,
      costs: { ...base.costs, acquisition },
      clusters: base.clusters.map((cluster) =>
        purchaseUsd === undefined
          ? cluster
          : { ...cluster, purchaseUsdPerNode: quantity(purchaseUsd) },
      ),
    },
    bundledCatalogue,
  );
  const service = report.workloads[0];
  if (service?.kind !== 'inference') throw new Error('The template has no service.');
  return { service, cost: report.cost };
}

describe('what a workload pays for an accelerator', () => {
  it.each(['buy', 'build'] as const)('is the price of owning in a plan to %s', (acquisition) => {
    const { service, cost } = evaluated(acquisition);
    const own = cost.workloads[0]?.figures.find(({ key }) => key.endsWith(acquisition));
    expect(own?.value).toBeGreaterThan(0);
    expect(service.usdPerMillionOutputTokens.value).toBeCloseTo(own?.value ?? 0, 9);
    expect(service.usdPerThousandRequests.value).toBeGreaterThan(0);
    expect(service.usdPerUserMonth.value).toBeGreaterThan(0);
    expect(service.lossStages[1]?.usdLostPerHour).toBeGreaterThan(0);
    const price = service.usdPerThousandRequests.inputs.find(({ symbol }) => symbol === 'p');
    expect(price?.label).toMatch(/^An accelerator-hour at hand, bought/);
  });

  it.each(['rent', 'hybrid'] as const)(
    'is the rent in a plan to %s, and named as missing',
    (way) => {
      const { service } = evaluated(way);
      expect(service.usdPerMillionOutputTokens.value).toBeNull();
      expect(service.usdPerMillionOutputTokens.unavailable).toMatch(/^No rent is known/);
    },
  );

  it.each(['rent', 'buy', 'build'] as const)(
    'is what a run costs in the table of costs, in a plan to %s',
    (acquisition) => {
      const plan = templatePlan('llama-3-405b');
      const report = evaluate({ ...plan, costs: { ...plan.costs, acquisition } }, bundledCatalogue);
      const run = report.workloads[0];
      if (run?.kind !== 'training') throw new Error('The template has no run.');
      const own = report.cost.workloads[0]?.figures.find(({ key }) => key.endsWith(acquisition));
      expect(own?.value).toBeGreaterThan(0);
      expect((run.costUsd.value ?? 0) / (own?.value ?? 0)).toBeCloseTo(1, 9);
    },
  );

  it('names a purchase price that is missing', () => {
    const { service } = evaluated('buy', 0);
    expect(service.usdPerMillionOutputTokens.value).toBeNull();
    expect(service.usdPerMillionOutputTokens.unavailable).toMatch(/has no price: enter one/);
  });

  it('is never a price that is no number', () => {
    const [cluster] = base.clusters;
    if (cluster === undefined) throw new Error('The template has no cluster.');
    expect(ownPrice(Number.NaN, 'bought', null).usdPerHour).toBeNull();
    const price = ownPrice(3, 'bought', null);
    expect(acceleratorPrice({ cluster, price })).toBe(price);
  });
});
