import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { sizeDemand } from '@engine/search/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { brokenReference } from '@shared/plan/parse';
import { planSchema } from '@shared/plan/schema';
import { demandFields, demandOf } from '../../../src/renderer/features/new-plan/demand-form';
import { planFromCluster } from '../../../src/renderer/features/new-plan/plan-from-cluster';
import {
  demandDefaults,
  planFromDemand,
} from '../../../src/renderer/features/new-plan/plan-from-demand';

const modelId = 'llama-3.1-70b';

describe('door one, a known cluster', () => {
  it.each(['training', 'inference', 'none'] as const)('makes a valid plan with %s', (workload) => {
    const nodes = { value: 64, origin: 'yours' } as const;
    const choice = { systemId: 'dgx-h100', regionId: 'nor', nodes, workload, modelId };
    const plan = planFromCluster(choice);
    expect(planSchema.safeParse(plan).success).toBe(true);
    expect(brokenReference(plan)).toBeNull();
    expect(plan.name).toMatch(/^512 × H100/);
    expect(plan.sites[0]?.regionId).toBe('nor');
    expect(plan.clusters[0]?.nodes).toEqual(nodes);
    expect(plan.workloads).toHaveLength(workload === 'none' ? 0 : 1);
  });
});

describe('door two, a known demand', () => {
  it.each(['inference', 'training'] as const)('makes a plan that meets the %s demand', (kind) => {
    const values = demandDefaults(modelId);
    const demand = demandOf(kind, modelId, values);
    const [chosen] = sizeDemand(demand, bundledCatalogue, 'rent').ranked;
    if (!chosen) throw new Error('No system meets the default demand.');
    const plan = planFromDemand({ demand, values, chosen, regionId: 'nor', acquisition: 'rent' });
    expect(planSchema.safeParse(plan).success).toBe(true);
    expect(plan.clusters[0]).toMatchObject({
      systemId: chosen.systemId,
      nodes: { value: chosen.nodes },
    });
    const report = evaluate(plan, bundledCatalogue);
    expect(report.findings.filter(({ level }) => level === 'problem')).toEqual([]);
    expect(report.workloads[0]?.isFeasible).toBe(true);
  });

  it('asks for every number that the search needs, and refuses impossible ones', () => {
    expect(demandFields.inference).toHaveLength(6);
    expect(demandFields.training.map(({ key }) => key)).toContain('deadlineDays');
    const deadline = demandFields.training.find(({ key }) => key === 'deadlineDays');
    expect(deadline?.whyInvalid({ value: 0 })).toBe('Enter more than 0 days.');
    expect(deadline?.whyInvalid({ value: 30 })).toBeNull();
    for (const { whyInvalid } of demandFields.inference) {
      expect(whyInvalid({ value: -1 })).toMatch(/^Enter at least/);
    }
  });
});
