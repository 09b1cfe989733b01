import { describe, expect, it } from 'vitest';
import type { Acquisition } from '@engine/plan';
import { evaluate } from '@engine/evaluate';
import { plannedPrice, acceleratorPrice } from '@engine/cost/accelerator-price';
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

  it.each([
    ['rent', /^No rent is known/],
    ['hybrid', /has no rent: enter one/],
  ] as const)('is not known in a plan to %s without a rent, which is named', (way, reason) => {
    const { service } = evaluated(way);
    expect(service.usdPerMillionOutputTokens.value).toBeNull();
    expect(service.usdPerMillionOutputTokens.unavailable).toMatch(reason);
  });

  it('names a purchase price that is missing', () => {
    const { service } = evaluated('buy', 0);
    expect(service.usdPerMillionOutputTokens.value).toBeNull();
    expect(service.usdPerMillionOutputTokens.unavailable).toMatch(/has no price: enter one/);
  });

  it('is never a price that is no number', () => {
    const [cluster] = base.clusters;
    if (cluster === undefined) throw new Error('The template has no cluster.');
    expect(plannedPrice(Number.NaN, 'bought', null).usdPerHour).toBeNull();
    const price = plannedPrice(3, 'bought', null);
    expect(acceleratorPrice({ cluster, price })).toBe(price);
  });
});
