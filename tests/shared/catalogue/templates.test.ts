import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { canonicalPlan } from '@shared/plan/canonical';
import type { Plan, Quantity } from '@engine/plan';

const folder = resolve(import.meta.dirname, '../../../resources/templates');

function quantitiesIn(value: unknown): Quantity[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('origin' in value) return [value as Quantity];
  return Object.values(value).flatMap(quantitiesIn);
}

function planOf(id: string): Plan {
  const found = planTemplates.find((template) => template.id === id);
  if (!found) throw new Error(`no template ${id}`);
  return found.plan;
}

it('lists every file of the templates folder', () => {
  const files = readdirSync(folder).map((name) => name.replace('.clusterplan', ''));
  expect(planTemplates.map((template) => template.id).toSorted()).toEqual(files.toSorted());
});

describe.each(planTemplates.map((template) => [template.id, template] as const))(
  'the template %s',
  (id, { plan }) => {
    it('is stored in canonical form', () => {
      const text = readFileSync(resolve(folder, `${id}.clusterplan`), 'utf8');
      expect(text).toBe(canonicalPlan(plan));
    });

    it('evaluates without problems and answers every headline', () => {
      const report = evaluate(plan, bundledCatalogue);
      expect(report.findings.filter((found) => found.level === 'problem')).toEqual([]);
      expect(report.workloads).toHaveLength(plan.workloads.length);
      expect(report.workloads.every((workload) => workload.isFeasible)).toBe(true);
    });

    it('says of every number where it comes from', () => {
      const silent = quantitiesIn(plan).filter((quantity) => !quantity.note);
      expect(silent).toEqual([]);
    });
  },
);

describe('published runs', () => {
  it('Llama 3 405B takes the GPU-hours of its model card within 15 %', () => {
    const [report] = evaluate(planOf('llama-3-405b'), bundledCatalogue).workloads;
    if (report?.kind !== 'training') throw new Error('no training report');
    // 30.84 million GPU-hours: https://github.com/meta-llama/llama-models, MODEL_CARD.md of Llama 3.1.
    const hours = report.acceleratorHours.value ?? Number.NaN;
    expect(Math.abs(hours / 30.84e6 - 1)).toBeLessThan(0.15);
    expect(report.decomposition).toBe('16,384 GPUs = TP 8 × PP 16 × DP 128');
    expect(report.trainingFlop.value).toBeGreaterThan(3.8e25);
  });

  /** Llama team 2024, The Llama 3 herd of models, https://arxiv.org/abs/2407.21783, table 4: nodes, length, context-parallel ranks, TFLOP/s. */
  it.each([
    [1024, 8192, 1, 430],
    [2048, 8192, 1, 400],
    [2048, 131_072, 16, 380],
  ])(
    'Llama 3 405B on %i nodes with %i tokens reaches the rate of its report within 10 %%',
    (nodes, length, contextParallel, published) => {
      const plan = planOf('llama-3-405b');
      const [cluster] = plan.clusters;
      const [workload] = plan.workloads;
      if (!cluster || workload?.kind !== 'training') throw new Error('no training');
      const changed: Plan = {
        ...plan,
        clusters: [{ ...cluster, nodes: { ...cluster.nodes, value: nodes } }],
        workloads: [
          {
            ...workload,
            sequenceLength: { ...workload.sequenceLength, value: length },
            globalBatchSequences: { ...workload.globalBatchSequences, value: 2 ** 24 / length },
            layout: { ...workload.layout, contextParallel },
          },
        ],
      };
      const [report] = evaluate(changed, bundledCatalogue).workloads;
      if (report?.kind !== 'training') throw new Error('no training report');
      const rate = report.tflopsPerAccelerator.value ?? Number.NaN;
      expect(Math.abs(rate / published - 1)).toBeLessThan(0.1);
    },
  );

  it('DeepSeek-V3 takes its 2.664 million GPU-hours within 15 %', () => {
    const [report] = evaluate(planOf('deepseek-v3'), bundledCatalogue).workloads;
    if (report?.kind !== 'training') throw new Error('no training report');
    // DeepSeek-V3 technical report, table 1: https://arxiv.org/abs/2412.19437.
    const hours = report.acceleratorHours.value ?? Number.NaN;
    expect(Math.abs(hours / 2.664e6 - 1)).toBeLessThan(0.15);
    expect(report.parameters.value).toBeCloseTo(671e9, -9.5);
  });
});
