import { describe, expect, it } from 'vitest';
import {
  adapterRankKey,
  degreesOf,
  degreesText,
  replicaAccelerators,
  workloadLayout,
} from '@engine/inference/workload-layout';
import { layoutProblems } from '@engine/inference/layout-findings';
import type { InferenceWorkload, Plan } from '@engine/plan';
import { planFront } from '@engine/service/throughput-front';
import { simulatePlan, usualSimulation } from '@engine/service/plan-simulation';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  architectureOf,
  inferenceOf,
  quantity,
  reportOf,
  templatePlan,
  withService,
} from '../../fixtures/engine-fixture';

const { assumptions } = catalogue;
const chat = templatePlan('chat-fleet-h200');
const found = chat.workloads[0];
if (found?.kind !== 'inference') throw new Error('The template has a service.');
const usual: InferenceWorkload = found;

function service(changes: Partial<InferenceWorkload>): InferenceWorkload {
  return { ...usual, ...changes };
}

function planWith(changes: Partial<InferenceWorkload>): Plan {
  return withService(chat, changes);
}

describe('the degrees of a replica', () => {
  it('are those of a plan that says nothing: tensor parallel alone', () => {
    expect(degreesOf(service({ tensorParallel: 4 }))).toEqual({
      tensorParallel: 4,
      pipelineParallel: 1,
      attentionDataParallel: 1,
      expertParallel: 1,
    });
  });

  it('spread experts over all accelerators where attention runs in groups', () => {
    const degrees = degreesOf(service({ tensorParallel: 16, attentionDataParallel: 8 }));
    expect(degrees.expertParallel).toBe(16);
  });

  it.each([
    [{ tensorParallel: 8 }, 8, 'TP 8'],
    [{ tensorParallel: 8, pipelineParallel: 2 }, 16, 'TP 8 × PP 2'],
    [{ tensorParallel: 8, expertParallel: 4 }, 8, 'TP 8, EP 4'],
    [{ tensorParallel: 16, attentionDataParallel: 16 }, 16, 'TP 16, DP attention 16, EP 16'],
  ])('%o are %d accelerators, in words %s', (degrees, accelerators, text) => {
    expect(replicaAccelerators(service(degrees))).toBe(accelerators);
    expect(degreesText(service(degrees))).toBe(text);
  });
});

describe('adapters beside the model', () => {
  it('have the rank of the catalogue where the plan says none', () => {
    const { adapters } = workloadLayout(service({ adapterCount: quantity(10) }), assumptions);
    expect(adapters).toEqual({ count: 10, rank: assumptions[adapterRankKey]?.value });
    const own = service({ adapterCount: quantity(10), adapterRank: quantity(64) });
    expect(workloadLayout(own, assumptions).adapters).toEqual({ count: 10, rank: 64 });
  });

  it('take memory from the cache and time from every token', () => {
    const [without, beside] = [{}, { adapterCount: quantity(20), adapterRank: quantity(16) }].map(
      (changes) => inferenceOf(planWith(changes)),
    );
    expect(beside?.maximumBatch.value ?? 0).toBeLessThan(without?.maximumBatch.value ?? 0);
    expect(beside?.replicasNeeded.value ?? 0).toBeGreaterThanOrEqual(
      without?.replicasNeeded.value ?? 0,
    );
  });
});

describe('a replica of several stages', () => {
  const plan = planWith({ pipelineParallel: 2 });
  const report = inferenceOf(plan);

  it('is counted with all of its accelerators', () => {
    const perReplica = 2 * usual.tensorParallel;
    expect(report.decomposition).toContain(
      `× ${perReplica} GPUs (TP ${usual.tensorParallel} × PP 2)`,
    );
    expect(report.acceleratorsNeeded.value).toBe((report.replicasNeeded.value ?? 0) * perReplica);
    expect(report.tokensPerSecondPerAccelerator.value).toBeCloseTo(
      (report.tokensPerSecondPerReplica.value ?? 0) / perReplica,
      6,
    );
  });

  it('holds half of the weights on each accelerator', () => {
    const weightsOf = (of: typeof report): number =>
      of.memoryParts.find(({ key }) => key === 'weights')?.value ?? Number.NaN;
    expect(weightsOf(report) / weightsOf(inferenceOf(chat))).toBeCloseTo(0.5, 6);
  });

  it('is drawn in the curve and simulated as it is planned', () => {
    const front = planFront(plan, usual.id, catalogue);
    expect(front?.planned.length).toBeGreaterThan(3);
    const operating = front?.planned.find(({ batch }) => batch === report.operatingBatch.value);
    expect(operating?.tokensPerSecondPerAccelerator).toBeCloseTo(
      report.tokensPerSecondPerAccelerator.value ?? 0,
      6,
    );
    const answer = simulatePlan(
      {
        plan,
        workloadId: usual.id,
        replicas: report.replicasNeeded.value,
        choice: { ...usualSimulation, requests: 500 },
        trace: null,
      },
      catalogue,
    );
    expect(answer.isReady).toBe(true);
  });
});

describe('degrees that do not go together', () => {
  const dense = architectureOf('llama-3.1-70b');
  const experts = architectureOf('deepseek-v3');

  it.each([
    ['more stages than layers', dense, { pipelineParallel: 200 }, 'pipelineParallel', dense.layers],
    [
      'groups that do not divide the ranks',
      experts,
      { tensorParallel: 16, attentionDataParallel: 6 },
      'attentionDataParallel',
      4,
    ],
    ['experts of a dense model', dense, { expertParallel: 4 }, 'expertParallel', 1],
    [
      'experts on fewer accelerators than attention in groups',
      experts,
      { tensorParallel: 16, attentionDataParallel: 16, expertParallel: 4 },
      'expertParallel',
      16,
    ],
    [
      'experts on a number that does not divide the ranks',
      experts,
      { tensorParallel: 16, expertParallel: 6 },
      'expertParallel',
      4,
    ],
  ])(
    '%s are a problem of the field, with a degree that fits',
    (_what, model, changes, field, value) => {
      const [problem, ...others] = layoutProblems(service(changes), model);
      expect(others).toEqual([]);
      expect(problem).toMatchObject({ level: 'problem', field, fix: { value } });
      const mended = service({ ...changes, [field]: value });
      expect(layoutProblems(mended, model)).toEqual([]);
    },
  );

  it.each([
    [dense, { tensorParallel: 8, pipelineParallel: 10 }],
    [experts, { tensorParallel: 16, attentionDataParallel: 16 }],
    [experts, { tensorParallel: 16, attentionDataParallel: 4, expertParallel: 16 }],
    [experts, { tensorParallel: 8, expertParallel: 8 }],
  ])('others are none', (model, changes) => {
    expect(layoutProblems(service(changes), model)).toEqual([]);
  });

  it('are told in the report, which has no number that is not finite', () => {
    const report = reportOf(planWith({ tensorParallel: 8, attentionDataParallel: 3 }));
    const codes = report.findings.map(({ code }) => code);
    expect(codes).toContain('inference.attentionDataParallel');
    expect(JSON.stringify(report)).not.toContain('NaN');
  });
});
