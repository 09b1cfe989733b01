import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { brokenReference } from '@shared/plan/parse';
import { planSchema } from '@shared/plan/schema';
import { demandDefaults } from '../../../src/renderer/features/new-plan/demand-defaults';
import { demandFields, volumeFields } from '../../../src/renderer/features/new-plan/demand-fields';
import { demandOf } from '../../../src/renderer/features/new-plan/demand-form';
import { planFromCluster } from '../../../src/renderer/features/new-plan/plan-from-cluster';
import {
  mostClusters,
  planFromDemand,
} from '../../../src/renderer/features/new-plan/plan-from-demand';

import { relaxationText } from '../../../src/renderer/features/new-plan/relaxation-text';

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
  it.each([
    ['inference', modelId],
    ['training', modelId],
    ['image', 'flux.1-dev'],
    ['video', 'wan-2.1-t2v-14b'],
    ['embedding', 'bge-m3'],
    ['speech', 'whisper-large-v3'],
  ] as const)('makes a plan that meets the %s demand', (kind, id) => {
    const values = demandDefaults(kind, id);
    const demand = demandOf(kind, id, values);
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

  it.each(['requests', 'tokens'] as const)('takes a day’s %s with their peak', (volume) => {
    const values = {
      ...demandDefaults('inference', modelId),
      peakToMean: { value: 4, origin: 'yours' } as const,
    };
    const demand = demandOf('inference', modelId, values, volume, 'fp8');
    const [chosen] = sizeDemand(demand, bundledCatalogue, 'rent').ranked;
    if (!chosen) throw new Error('No system meets the demand.');
    const choice = {
      demand,
      values,
      volume,
      chosen,
      regionId: 'nor',
      acquisition: 'rent',
    } as const;
    const [service] = planFromDemand(choice).workloads;
    if (service?.kind !== 'inference') throw new Error('The plan has no service.');
    const perSecond = (service.concurrentUsers.value * service.requestsPerUserHour.value) / 3600;
    expect(perSecond / ((1e6 / 86_400) * 4)).toBeCloseTo(1, 3);
    expect(service.meanLoadFraction.value).toBe(0.25);
    expect(service.concurrentUsers.note).toContain(`${volume} a day, peak 4 times the mean`);
  });

  it('keeps what was said of an image, and leaves to the model what was not', () => {
    const yours = (value: number) => ({ value, origin: 'yours' }) as const;
    const values = {
      ...demandDefaults('image', 'flux.1-dev'),
      requestsPerDay: yours(2e6),
      peakToMean: yours(4),
      imageEdge: yours(768),
      targetSeconds: yours(30),
    };
    const demand = demandOf('image', 'flux.1-dev', values, 'users', 'bf16');
    const [chosen] = sizeDemand(demand, bundledCatalogue, 'rent').ranked;
    if (!chosen) throw new Error('No system meets the demand.');
    const plan = planFromDemand({ demand, values, chosen, regionId: 'nor', acquisition: 'rent' });
    expect(plan.name).toBe('Serving FLUX.1 dev');
    const [service] = plan.workloads;
    if (service?.kind !== 'task') throw new Error('The plan has no image service.');
    expect(service).toMatchObject({
      task: 'image',
      precision: 'bf16',
      requestsPerDay: { value: 2e6 },
      targetSeconds: { value: 30 },
      meanLoadFraction: { value: 0.25, origin: 'yours' },
      imageEdge: { value: 768 },
    });
    expect(service.imageSteps ?? null).toBeNull();
    expect(service.textTokens ?? null).toBeNull();
  });

  it.each([
    ['inference', modelId, { concurrentUsers: 6e6 }],
    ['image', 'flux.1-dev', { requestsPerDay: 1e10 }],
  ] as const)('makes a plan of every row, also of those placed last, for %s', (kind, id, asked) => {
    const yours = Object.entries(asked).map(
      ([key, value]) => [key, { value, origin: 'yours' }] as const,
    );
    const values = { ...demandDefaults(kind, id), ...Object.fromEntries(yours) };
    const demand = demandOf(kind, id, values);
    const { ranked } = sizeDemand(demand, bundledCatalogue, 'rent', 'power');
    const split = ranked.filter(({ fabrics = 1 }) => fabrics > 1 && fabrics <= mostClusters);
    expect(split.length).toBeGreaterThan(0);
    for (const chosen of [...ranked.slice(0, 3), ...split.slice(0, 3)]) {
      const choice = { demand, values, chosen, regionId: 'nor', acquisition: 'rent' } as const;
      const plan = planFromDemand(choice);
      expect(planSchema.safeParse(plan).success).toBe(true);
      expect(brokenReference(plan)).toBeNull();
      const clusters = chosen.fabrics ?? 1;
      expect(plan.clusters).toHaveLength(clusters);
      expect(plan.workloads).toHaveLength(clusters);
      const nodes = plan.clusters.reduce((sum, cluster) => sum + cluster.nodes.value, 0);
      expect(nodes).toBe(chosen.nodes);
      expect(plan.notes).toMatch(clusters === 1 ? /^$/ : /^The demand is split over/);
      const report = evaluate(plan, bundledCatalogue);
      const problems = report.findings.filter(({ level }) => level === 'problem');
      expect(problems, chosen.systemId).toEqual([]);
      const power = report.clusters.reduce((sum, { itPowerKw }) => sum + (itPowerKw.value ?? 0), 0);
      expect(power / chosen.itPowerKw).toBeCloseTo(1, 9);
    }
  });

  it('asks for every number that the search needs, and refuses impossible ones', () => {
    expect(demandFields.inference).toHaveLength(5);
    for (const fields of Object.values(volumeFields)) {
      for (const { whyInvalid } of fields) expect(whyInvalid({ value: -1 })).toMatch(/^Enter /);
    }
    expect(demandFields.training.map(({ key }) => key)).toContain('deadlineDays');
    const deadline = demandFields.training.find(({ key }) => key === 'deadlineDays');
    expect(deadline?.whyInvalid({ value: 0 })).toBe('Enter more than 0 days.');
    expect(deadline?.whyInvalid({ value: 30 })).toBeNull();
    for (const { whyInvalid } of demandFields.inference) {
      expect(whyInvalid({ value: -1 })).toMatch(/^Enter at least/);
    }
  });
});

describe('what relaxing a target saves, in words', () => {
  const relaxation = {
    target: 'Deadline',
    change: '30 → 60 days',
    systemName: 'DGX H100',
    accelerators: 64,
    before: 200,
    after: 100,
    perRun: true,
  };

  it.each([
    ['cost', '$100 on 64 accelerators (DGX H100) instead of $200.'],
    ['power', '100 kW on 64 accelerators (DGX H100) instead of 200 kW.'],
    ['accelerators', '100 accelerators (DGX H100) instead of 200 accelerators.'],
  ] as const)('has the unit of a ranking by %s', (rankedBy, words) => {
    const told = relaxationText(relaxation, rankedBy).replaceAll(/\s/g, ' ');
    expect(told).toBe(`Deadline, 30 → 60 days: 50 % less, ${words}`);
    expect(relaxationText({ ...relaxation, before: null }, rankedBy)).toMatch(
      /\s\(DGX H100\) would meet the demand\.$/,
    );
  });
});
