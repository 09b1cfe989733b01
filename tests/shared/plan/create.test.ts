import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  createCluster,
  createInference,
  createPlan,
  createSite,
  createTraining,
} from '@shared/plan/create';
import { clusterDefaults, defaultRent, siteDefaults } from '@shared/plan/defaults';
import { planSchema } from '@shared/plan/schema';

const systems = [...catalogue.systems.keys()];
const models = [...catalogue.models.keys()];
const nodes = { value: 16, origin: 'yours' as const };

function planOn(systemId: string, modelId: string): Plan {
  const plan = createPlan(catalogue, 'A plan', 'site');
  const cluster = createCluster(catalogue, systemId, 'site', 'cluster', nodes);
  return {
    ...plan,
    clusters: [cluster],
    workloads: [
      createTraining(catalogue, modelId, cluster, 'training'),
      createInference(catalogue, modelId, cluster, 'inference'),
    ],
  };
}

describe('parts made from catalogue defaults', () => {
  it.each(systems)('on %s satisfy the schema with every model', (systemId) => {
    for (const modelId of models) {
      const result = planSchema.safeParse(planOn(systemId, modelId));
      expect(result.error, modelId).toBeUndefined();
    }
  });

  it.each(['hgx-h100', 'dgx-b200', 'gb200-nvl72', 'mi300x-8way'])(
    'fit on 16 nodes of %s for a 70B model',
    (systemId) => {
      const report = evaluate(planOn(systemId, 'llama-3.1-70b'), catalogue);
      expect(report.workloads.map((workload) => workload.isFeasible)).toEqual([true, true]);
    },
  );

  it('say where every default comes from', () => {
    const defaults = [
      ...Object.values(siteDefaults(catalogue, 'us-tx')),
      ...Object.values(clusterDefaults(catalogue, 'dgx-h100')),
    ];
    expect(defaults.every((quantity) => quantity.origin === 'default' && quantity.note)).toBe(true);
  });

  it('take a site’s price and carbon from its region', () => {
    const texas = createSite(catalogue, 'us-tx', 'site');
    const region = catalogue.regions.get('us-tx');
    expect(texas.electricityUsdPerKwh.value).toBe(region?.electricityPrice?.value);
    expect(texas.gridGramsCo2PerKwh.value).toBe(region?.gridCarbon.value);
  });
});

describe('the default rent', () => {
  it('is the median over providers of their newest on-demand quotes of the last 180 days', () => {
    const rent = defaultRent(catalogue, 'h100-sxm');
    const onDemand = catalogue.rentalQuotes
      .filter((quote) => quote.acceleratorId === 'h100-sxm' && quote.term === 'on demand')
      .filter((quote) => quote.date >= '2026-05-27');
    const prices = onDemand.map((quote) => quote.price.value);
    expect(rent.value).toBeGreaterThan(Math.min(...prices));
    expect(rent.value).toBeLessThan(Math.max(...prices));
    expect(rent.note).toMatch(/^Median of the newest on-demand quotes of \d+ providers, 2026-/);
  });

  it('is 0 with a reason where there is no quote', () => {
    expect(defaultRent(catalogue, 'xeon-6980p')).toMatchObject({
      value: 0,
      note: 'No usable rental quote is in the catalogue.',
    });
  });
});
