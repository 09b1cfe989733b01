import { describe, expect, it } from 'vitest';
import type { Plan, TaskWorkload } from '@engine/plan';
import { planImageProcessors } from '@engine/service/image-processors';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';

const plain = templatePlan('lab-node-8-h100');
const service: TaskWorkload = {
  kind: 'task',
  task: 'image',
  id: 'images',
  name: 'Images',
  clusterId: plain.clusters[0]?.id ?? '',
  modelId: 'sdxl',
  precision: 'bf16',
  requestsPerDay: quantity(240_000),
  meanLoadFraction: quantity(0.5),
  targetSeconds: quantity(10),
};

function comparisonOf(change: Partial<TaskWorkload> = {}, on: Plan = plain) {
  const workload = { ...service, clusterId: on.clusters[0]?.id ?? '', ...change };
  const plan: Plan = { ...on, workloads: [workload] };
  return planImageProcessors(plan, 'images', 3, catalogue);
}

describe('the images of a service on CPUs and on its accelerators', () => {
  it('are those of an hour at the peak, on a node of each maker and on own numbers', () => {
    const found = comparisonOf();
    expect(found?.images).toBe(20_000);
    expect(found?.answers.map(({ name }) => name)).toEqual([
      '2 × Xeon 6980P',
      '2 × EPYC 9965',
      '2 × NVIDIA Grace',
      '1 × H100 SXM5 80GB',
      '3 × H100 SXM5 80GB',
      '8 × H100 SXM5 80GB',
    ]);
  });

  it('take a GPU less time than a node of CPUs, and several of them a share of it', () => {
    const seconds = comparisonOf()?.answers.map((answer) => answer.seconds.value ?? Number.NaN);
    const [xeon = 0, , , one = 0, three = 0, eight = 0] = seconds ?? [];
    expect(one).toBeLessThan(xeon);
    expect(one / three).toBeCloseTo(3, 1);
    expect(one / eight).toBeCloseTo(8, 1);
    for (const { usd, kilowattHours, reached } of comparisonOf()?.answers ?? []) {
      expect(kilowattHours.value).toBeGreaterThan(0);
      expect(reached.value).toBeGreaterThan(0);
      expect(reached.value).toBeLessThan(1);
      expect(usd.value === null ? usd.unavailable : usd.value).toBeTruthy();
    }
  });

  it('are compared with a node of the usual GPU where the service runs on CPUs', () => {
    const found = comparisonOf({}, templatePlan('cpu-only-baseline'));
    expect(found?.usualGpu).not.toBeNull();
    expect(found?.answers.at(-1)?.kind).toBe('gpu');
  });

  it('are none where nobody asks, and for other services', () => {
    expect(comparisonOf({ requestsPerDay: quantity(0) })).toBeNull();
    expect(comparisonOf({ task: 'embedding', modelId: 'bge-m3' })).toBeNull();
    expect(planImageProcessors(plain, 'nothing', 1, catalogue)).toBeNull();
  });

  it('say why a machine cannot make them', () => {
    const found = comparisonOf({ precision: 'fp4' });
    const told = found?.answers.filter(({ seconds }) => seconds.value === null) ?? [];
    for (const { seconds, layout } of told) {
      expect(layout).toBeNull();
      expect(seconds.unavailable).toMatch(/No arithmetic for FP4|does not fit/);
    }
  });
});
