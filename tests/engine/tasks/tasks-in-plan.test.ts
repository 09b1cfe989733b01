import { describe, expect, it } from 'vitest';
import { resolvePlan } from '@engine/checks/resolve';
import { evaluateEach, evaluateWorkloads } from '@engine/evaluate-workloads';
import { finiteWorkload } from '@engine/finite';
import type { Plan, Workload } from '@engine/plan';
import { modelNameOf, modelSourcesOf } from '@engine/tasks/model-name';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { templatePlan } from '../../fixtures/engine-fixture';
import { taskKinds, taskPlan, taskReportOf, wholeReportOf } from '../../fixtures/task-fixture';

function only(plan: Plan): Workload {
  const [workload] = plan.workloads;
  if (workload === undefined) throw new Error('The plan has a workload.');
  return workload;
}

describe('resolving a plan', () => {
  it.each(taskKinds)('finds the model and the cluster of a service of the kind %s', (task) => {
    const { tasks, workloads, findings } = resolvePlan(taskPlan(task), catalogue);
    expect(findings).toEqual([]);
    expect(workloads).toEqual([]);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      workload: { id: 'service', task },
      model: { task },
      on: { system: { id: 'dgx-h100' }, accelerator: { id: 'h100-sxm' } },
    });
  });

  it('keeps services of both kinds apart', () => {
    const chat = templatePlan('chat-fleet-h200');
    const [cluster] = chat.clusters;
    const image = { ...only(taskPlan('image')), clusterId: cluster?.id ?? '' };
    const { tasks, workloads } = resolvePlan(
      { ...chat, workloads: [...chat.workloads, image] },
      catalogue,
    );
    expect(workloads.map(({ workload }) => workload.kind)).toEqual(['inference']);
    expect(tasks.map(({ workload }) => workload.kind)).toEqual(['task']);
  });

  it('names a cluster that is not there, and computes nothing', () => {
    const plan = taskPlan('image');
    const lost = { ...plan, workloads: [{ ...only(plan), clusterId: 'gone' }] };
    const { tasks, findings } = resolvePlan(lost, catalogue);
    expect(tasks).toEqual([]);
    expect(findings.map(({ code, subjectId }) => [code, subjectId])).toEqual([
      ['plan.unknown.clusterId', 'service'],
    ]);
    expect(evaluateWorkloads(lost, catalogue)).toEqual([]);
  });

  it('names a model that is not there, and computes nothing', () => {
    const plan = taskPlan('speech');
    const lost = { ...plan, workloads: [{ ...only(plan), modelId: 'gone' }] };
    const { tasks, findings } = resolvePlan(lost, catalogue);
    expect(tasks).toEqual([]);
    expect(findings.map(({ code, field }) => [code, field])).toEqual([
      ['plan.unknown.modelId', 'modelId'],
    ]);
    expect(wholeReportOf(lost).workloads).toEqual([]);
  });
});

describe('evaluating every workload', () => {
  it('goes in the order of the plan, whatever the kinds', () => {
    const chat = templatePlan('chat-fleet-h200');
    const clusterId = chat.clusters[0]?.id ?? '';
    const [image, speech] = [only(taskPlan('image')), only(taskPlan('speech'))];
    const plan = {
      ...chat,
      workloads: [
        { ...image, id: 'image', clusterId },
        ...chat.workloads,
        { ...speech, id: 'speech', clusterId },
      ],
    };
    const evaluated = evaluateEach(plan, resolvePlan(plan, catalogue), catalogue);
    expect(evaluated.map(({ report }) => report.kind)).toEqual(['task', 'inference', 'task']);
    expect(evaluated.map(({ report }) => report.workloadId)).toEqual(
      plan.workloads.map(({ id }) => id),
    );
  });

  it('gives what the whole report gives', () => {
    const plan = taskPlan('embedding');
    expect(evaluateWorkloads(plan, catalogue)).toEqual(wholeReportOf(plan).workloads);
  });
});

describe('plain numbers of a service that are not finite', () => {
  const report = taskReportOf(taskPlan('image'));

  it('leave the parts of a batch out together', () => {
    const batchParts = report.batchParts.map((part, index) =>
      index === 0 ? { ...part, value: Number.NaN } : part,
    );
    expect(finiteWorkload({ ...report, batchParts })).toMatchObject({ batchParts: [] });
    expect(finiteWorkload(report)).toEqual(report);
  });

  it('leave out the hours that they belong to', () => {
    const dailyLoad = report.dailyLoad.map((point) =>
      point.hour === 3 ? { ...point, requestsPerSecond: Infinity } : point,
    );
    const kept = finiteWorkload({ ...report, dailyLoad });
    if (kept.kind !== 'task') throw new Error('It is one.');
    expect(kept.dailyLoad).toHaveLength(report.dailyLoad.length - 1);
    expect(kept.dailyLoad.map(({ hour }) => hour)).not.toContain(3);
  });
});

describe('the day of a service', () => {
  it.each(taskKinds)('of the kind %s peaks at what is needed at the peak', (task) => {
    const report = taskReportOf(taskPlan(task, { nodes: 4 }));
    const peak = Math.max(...report.dailyLoad.map(({ requestsPerSecond }) => requestsPerSecond));
    expect(peak / (report.peakRequestsPerSecond.value ?? 1)).toBeCloseTo(1, 9);
    const most = Math.max(...report.dailyLoad.map(({ replicasNeeded }) => replicasNeeded ?? 0));
    expect(most).toBe(report.acceleratorsNeeded.value);
  });
});

describe('the name of a model', () => {
  it.each([
    ['image', 'Stable Diffusion XL 1.0'],
    ['embedding', 'BGE large en v1.5'],
    ['speech', 'Whisper large v3'],
  ] as const)('of a service of the kind %s is that of the catalogue', (task, name) => {
    const workload = only(taskPlan(task));
    expect(modelNameOf(workload, catalogue)).toBe(name);
    expect(modelNameOf({ ...workload, modelId: 'gone' }, catalogue)).toBe('gone');
  });

  it('comes with its sources', () => {
    expect(modelSourcesOf(only(taskPlan('image')), catalogue)).toEqual(['diffusers-architectures']);
    expect(modelSourcesOf(only(taskPlan('embedding')), catalogue)).toEqual([
      'model-bge-large-en-v1.5',
    ]);
    expect(modelSourcesOf(only(taskPlan('speech')), catalogue)).toEqual(['radford-2022']);
    expect(modelSourcesOf({ ...only(taskPlan('speech')), modelId: 'gone' }, catalogue)).toEqual([]);
  });

  it('of a language model is that of the catalogue', () => {
    const chat = only(templatePlan('chat-fleet-h200'));
    expect(modelNameOf(chat, catalogue)).toBe(catalogue.models.get(chat.modelId)?.name);
    expect(modelSourcesOf(chat, catalogue)).toHaveLength(1);
    expect(modelSourcesOf({ ...chat, modelId: 'gone' }, catalogue)).toEqual([]);
  });
});
