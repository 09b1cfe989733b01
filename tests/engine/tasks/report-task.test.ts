import { describe, expect, it } from 'vitest';
import type { TaskKind, TaskWorkload } from '@engine/plan';
import { figuresIn, quantity } from '../../fixtures/engine-fixture';
import { taskKinds, taskPlan, taskReportOf, wholeReportOf } from '../../fixtures/task-fixture';

function reportOf(task: TaskKind, changes: Partial<TaskWorkload> = {}, nodes = 4) {
  return taskReportOf(taskPlan(task, { changes, nodes }));
}

function codesOf(task: TaskKind, changes: Partial<TaskWorkload>, systemId = 'dgx-h100') {
  return wholeReportOf(taskPlan(task, { changes, systemId })).findings.map(
    ({ code, field }) => `${code} ${field ?? ''}`,
  );
}

describe.each(taskKinds)('a service of the kind %s', (task) => {
  it('is sized, priced and explained', () => {
    const report = reportOf(task);
    expect(report.isFeasible).toBe(true);
    expect(report.decomposition).toMatch(/^(1 GPU|\d+ GPUs, each) with a copy of the model and /);
    for (const figure of figuresIn(report)) {
      if (figure.key.endsWith('predictionError')) continue;
      expect(figure.value, figure.label).not.toBeNull();
      expect(figure.value, figure.label).toBeGreaterThan(0);
      expect(figure.inputs.length, figure.label).toBeGreaterThan(0);
    }
  });

  it('adds its parts up to the time of a batch', () => {
    const { batchParts, batchSeconds } = reportOf(task);
    const sum = batchParts.reduce((total, { value }) => total + value, 0);
    expect(sum / (batchSeconds.value ?? 0)).toBeCloseTo(1, 9);
  });

  it('costs what its accelerators cost', () => {
    const { usdPerUnit, usdPerMonth, requestsPerDayServed } = reportOf(task);
    const workload = taskPlan(task).workloads[0];
    if (workload?.kind !== 'task') throw new Error('It is one.');
    const units = { image: 1, video: 1, embedding: 512 / 1e6, speech: 60 / 3600 }[task];
    const perMonth = workload.requestsPerDay.value * (365 / 12) * units;
    expect(((usdPerUnit.value ?? 0) * perMonth) / (usdPerMonth.value ?? 1)).toBeCloseTo(1, 2);
    expect(requestsPerDayServed.value ?? 0).toBeGreaterThan(workload.requestsPerDay.value);
  });

  it('needs more for more, and says so on the field when there is not enough', () => {
    const usual = reportOf(task).acceleratorsNeeded.value ?? 0;
    const many = reportOf(task, { requestsPerDay: quantity(1e11) });
    expect(many.acceleratorsNeeded.value ?? 0).toBeGreaterThan(usual);
    expect(many.isFeasible).toBe(false);
    expect(codesOf(task, { requestsPerDay: quantity(1e11) })).toContain(
      'task.capacity requestsPerDay',
    );
  });

  it('names a target that one request alone does not meet, with one that is met', () => {
    const plan = taskPlan(task, { changes: { targetSeconds: quantity(1e-4) } });
    const found = wholeReportOf(plan).findings.find(({ code }) => code === 'task.target');
    expect(found?.field).toBe('targetSeconds');
    const mended = reportOf(task, { targetSeconds: quantity(found?.fix?.value ?? 0) }, 100);
    expect(mended.slowestSeconds.value).not.toBeNull();
    expect(taskReportOf(plan).usdPerUnit.value).toBeNull();
    expect(taskReportOf(plan).usdPerUnit.unavailable).toContain('within the target');
  });

  it('takes a measured rate and tells its own error', () => {
    const patient = { targetSeconds: quantity(1_000) };
    const modelled = reportOf(task, patient).requestsPerSecondPerAccelerator.value ?? 0;
    const changes = { ...patient, measuredRequestsPerSecond: quantity(modelled / 2) };
    const report = reportOf(task, changes);
    expect(report.requestsPerSecondPerAccelerator.value).toBeCloseTo(modelled / 2, 6);
    expect(report.predictionError.value).toBeCloseTo(1, 6);
    expect(codesOf(task, changes)).toContain('task.measured measuredRequestsPerSecond');
  });

  it('has no answer, and no cost, where nobody asks', () => {
    const report = reportOf(task, { requestsPerDay: quantity(0) });
    expect(report.acceleratorsNeeded.value).toBe(0);
    expect(report.usdPerUnit.value).toBeNull();
    expect(report.headroom.unavailable).toBe('Nobody uses the service.');
  });

  it('names a model that is not of its kind', () => {
    expect(codesOf(task, { modelId: 'llama-3.1-70b' })).toContain('plan.unknown.modelId modelId');
  });
});

describe('images', () => {
  it('take longer with more steps and more pixels', () => {
    const work = (changes: Partial<TaskWorkload>) =>
      reportOf('image', changes).tflopPerRequest.value ?? 0;
    expect(work({ imageSteps: quantity(60) })).toBeGreaterThan(
      1.5 * work({ imageSteps: quantity(30) }),
    );
    expect(work({ imageEdge: quantity(2048) })).toBeGreaterThan(
      4 * work({ imageEdge: quantity(1024) }),
    );
  });

  it('carry the range that published rates lie in', () => {
    const { low, high, value } = reportOf('image').requestsPerSecondPerAccelerator;
    expect(low).toBeLessThan(value ?? 0);
    expect(high).toBeGreaterThan(value ?? 0);
  });
});

describe('problems of the model and the part', () => {
  it('a text longer than the model reads', () => {
    const changes = { textTokens: quantity(8192) };
    expect(codesOf('embedding', changes)).toContain('task.textTooLong textTokens');
    const longer = taskPlan('embedding', { modelId: 'bge-m3', changes });
    expect(wholeReportOf(longer).findings.map(({ code }) => code)).not.toContain(
      'task.textTooLong',
    );
  });

  it('a model larger than the memory', () => {
    const plan = taskPlan('embedding', {
      modelId: 'qwen3-embedding-8b',
      changes: { precision: 'fp64' },
    });
    const found = wholeReportOf({
      ...plan,
      partOverrides: [],
    }).findings.map(({ code }) => code);
    expect(found.some((code) => code.startsWith('task.'))).toBe(true);
  });
});

describe('a plan with several kinds of work', () => {
  it('counts them in its headline, its sharing and its costs', () => {
    const images = taskPlan('image');
    const [picture] = images.workloads;
    const [speech] = taskPlan('speech').workloads;
    if (!picture || !speech) throw new Error('They are there.');
    const plan = { ...images, workloads: [picture, { ...speech, id: 'speech' }] };
    const report = wholeReportOf(plan);
    expect(report.workloads.map(({ workloadId }) => workloadId)).toEqual(['service', 'speech']);
    expect(report.headline.map(({ key }) => key)).toContain('speech.acceleratorsNeeded');
    expect(report.cost.workloads.map(({ workloadId }) => workloadId)).toEqual([
      'service',
      'speech',
    ]);
    const wanted = report.workloads.reduce(
      (sum, one) => sum + (one.kind === 'task' ? (one.acceleratorsNeeded.value ?? 0) : 0),
      0,
    );
    const { quarters } = report.timeline;
    expect(quarters[0]?.demand).toBeGreaterThanOrEqual(wanted);
  });
});
