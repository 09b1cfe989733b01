import { describe, expect, it } from 'vitest';
import type { TaskKind } from '@engine/plan';
import type { Finding } from '@engine/report';
import { quantity } from '../../fixtures/engine-fixture';
import {
  taskPlan,
  taskReportOf,
  wholeReportOf,
  type TaskChoice,
} from '../../fixtures/task-fixture';

function findingsOf(task: TaskKind, choice: TaskChoice = {}): Finding[] {
  return wholeReportOf(taskPlan(task, choice)).findings.filter(({ code }) =>
    code.startsWith('task.'),
  );
}

function onlyOf(task: TaskKind, choice: TaskChoice): Finding {
  const [first, ...others] = findingsOf(task, choice);
  if (first === undefined || others.length > 0) throw new Error('There is one finding.');
  return first;
}

describe('a service without a problem', () => {
  it.each(['image', 'embedding', 'speech'] as const)('%s has no finding', (task) => {
    expect(findingsOf(task, { nodes: 4 })).toEqual([]);
  });
});

describe('a text that is longer than the model reads', () => {
  const finding = onlyOf('embedding', { changes: { textTokens: quantity(2_000) } });

  it('is a problem of the field, told with both numbers', () => {
    expect(finding).toMatchObject({
      level: 'problem',
      code: 'task.textTooLong',
      subjectId: 'service',
      field: 'textTokens',
      title: 'BGE large en v1.5 reads at most 512 tokens',
    });
    expect(finding.cause).toContain('2,000 tokens');
  });

  it('is mended by the longest text that it reads', () => {
    expect(finding.fix).toEqual({ label: 'Use 512 tokens', value: 512 });
    expect(findingsOf('embedding', { changes: { textTokens: quantity(512) } })).toEqual([]);
  });

  it('is none for a model that reads as much', () => {
    const choice = { modelId: 'bge-m3', changes: { textTokens: quantity(2_000) } };
    expect(findingsOf('embedding', choice)).toEqual([]);
  });
});

describe('a model that does not fit', () => {
  const finding = onlyOf('image', {
    modelId: 'flux.1-dev',
    changes: { precision: 'fp64' },
  });

  it('is a problem of the number format, told with both sizes', () => {
    expect(finding).toMatchObject({ level: 'problem', code: 'task.memory', field: 'precision' });
    expect(finding.title).toBe('FLUX.1 dev does not fit on one H100 SXM5 80GB');
    expect(finding.cause).toMatch(/^Its weights take 9\d\.?\d* GB and 80 GB can be used\.$/);
    expect(finding.fix).toBeNull();
  });

  it('leaves every figure that follows without a value and with the reason', () => {
    const report = taskReportOf(
      taskPlan('image', {
        modelId: 'flux.1-dev',
        changes: { precision: 'fp64' },
      }),
    );
    expect(report.isFeasible).toBe(false);
    expect(report.decomposition).toBe('The model does not fit into the memory of one accelerator.');
    expect(report.bound).toBe('');
    for (const figure of [
      report.acceleratorsNeeded,
      report.slowestSeconds,
      report.usdPerUnit,
      report.kilowattHoursPerUnit,
      report.requestsPerDayServed,
    ]) {
      expect(figure.value, figure.label).toBeNull();
      expect(figure.unavailable, figure.label).toContain('does not fit');
    }
  });
});

describe('a target that one request alone does not meet', () => {
  const finding = onlyOf('speech', { changes: { targetSeconds: quantity(0.01) } });

  it('is a problem of the target, told with the time of one', () => {
    expect(finding).toMatchObject({
      level: 'problem',
      code: 'task.target',
      field: 'targetSeconds',
      title: 'The target of 0.01 s cannot be met',
    });
    expect(finding.cause).toMatch(/^One recording by itself takes [\d.]+ s\.$/);
  });

  it('is mended by a time that is met', () => {
    const value = finding.fix?.value ?? 0;
    expect(value).toBeGreaterThan(0.01);
    const mended = findingsOf('speech', { nodes: 9, changes: { targetSeconds: quantity(value) } });
    expect(mended.map(({ code }) => code)).not.toContain('task.target');
  });
});

describe('more demand than the cluster can answer', () => {
  const changes = { requestsPerDay: quantity(1e9) };
  const finding = onlyOf('image', { changes });

  it('is a problem of the demand that says how many nodes it takes', () => {
    expect(finding).toMatchObject({
      level: 'problem',
      code: 'task.capacity',
      field: 'requestsPerDay',
    });
    expect(finding.cause).toMatch(/^The peak takes [\d,]+ and DGX H100 has 8\.$/);
    const nodes = Number(/ ([\d,]+) nodes/.exec(finding.advice)?.[1]?.replaceAll(',', ''));
    const needed = taskReportOf(taskPlan('image', { changes })).acceleratorsNeeded.value ?? 0;
    expect(nodes / (needed / 8)).toBeCloseTo(1, 1);
  });
});

describe('a measured rate', () => {
  it.each([
    [0.5, /^The model is \d+(\.\d)?% above the measured rate$/],
    [2, /^The model is \d+(\.\d)?% below the measured rate$/],
  ])('of %d times the modelled one is a note that tells the error', (factor, title) => {
    const patient = { targetSeconds: quantity(1_000) };
    const modelled = taskReportOf(taskPlan('image', { changes: patient }));
    const rate = (modelled.requestsPerSecondPerAccelerator.value ?? 0) * factor;
    const changes = { ...patient, measuredRequestsPerSecond: quantity(rate) };
    const found = onlyOf('image', { changes, nodes: 9 });
    expect(found).toMatchObject({
      level: 'note',
      code: 'task.measured',
      field: 'measuredRequestsPerSecond',
    });
    expect(found.title).toMatch(title);
  });
});
