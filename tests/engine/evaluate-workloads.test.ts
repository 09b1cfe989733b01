import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { evaluateWorkloads } from '@engine/evaluate-workloads';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';

describe('workloads evaluated alone', () => {
  it.each(planTemplates.map(({ id, plan }) => [id, plan] as const))(
    'are those of the whole report: %s',
    (_, plan) => {
      const whole = evaluate(plan, bundledCatalogue).workloads;
      expect(whole.length).toBeGreaterThan(0);
      expect(evaluateWorkloads(plan, bundledCatalogue)).toEqual(whole);
    },
  );

  it('are left out where their model is unknown', () => {
    const plan = planTemplates[0]?.plan;
    if (plan === undefined) throw new Error('There are templates.');
    const broken = {
      ...plan,
      workloads: plan.workloads.map((workload) => ({ ...workload, modelId: 'no such model' })),
    };
    expect(evaluateWorkloads(broken, bundledCatalogue)).toEqual([]);
  });
});
