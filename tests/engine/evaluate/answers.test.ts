import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import {
  inferenceOf,
  laidOut,
  quantity,
  reportOf,
  templatePlan,
  templateRows,
  trainingOf,
  withClusters,
  withService,
} from '../../fixtures/engine-fixture';

const llama = templatePlan('llama-3-405b');
const deepSeek = templatePlan('deepseek-v3');
const fleet = templatePlan('chat-fleet-h200');

describe('the answer of a training job', () => {
  it.each<[string, Plan, string]>([
    ['names every degree', llama, '16,384 GPUs = TP 8 × PP 16 × DP 128'],
    [
      'names context parallelism where there is some',
      laidOut(llama, { contextParallel: 2 }),
      '16,384 GPUs = TP 8 × PP 16 × CP 2 × DP 64',
    ],
    [
      'says over how many GPUs the experts are spread',
      deepSeek,
      '2,048 GPUs = TP 1 × PP 16 × DP 128, experts over 64',
    ],
    [
      'counts only the GPUs that the layout covers',
      withClusters(llama, { nodes: quantity(17) }),
      '128 GPUs = TP 8 × PP 16 × DP 1',
    ],
    [
      'says how many are missing',
      withClusters(llama, { nodes: quantity(4) }),
      'TP 8 × PP 16 needs 128 GPUs and there are 32',
    ],
  ])('%s', (_what, plan, words) => {
    expect(trainingOf(plan).decomposition).toBe(words);
  });

  it('multiplies out to the GPUs it starts with', () => {
    for (const nodes of [16, 32, 100, 2_048]) {
      const plan = withClusters(llama, { nodes: quantity(nodes) });
      const { decomposition } = trainingOf(plan);
      const [total, ...degrees] = [...decomposition.matchAll(/\d[\d,]*/g)].map(([digits]) =>
        Number(digits.replaceAll(',', '')),
      );
      expect(degrees.reduce((product, degree) => product * degree, 1)).toBe(total);
    }
  });
});

describe('the answer of a service', () => {
  it.each([1_000, 20_000, 200_000])('multiplies out for %i users', (users) => {
    const plan = withService(fleet, { concurrentUsers: quantity(users) });
    const report = inferenceOf(plan);
    const [total, replicas, each, degree] = [...report.decomposition.matchAll(/\d[\d,]*/g)].map(
      ([digits]) => Number(digits.replaceAll(',', '')),
    );
    expect(total).toBe((replicas ?? 0) * (each ?? 0));
    expect(total).toBe(report.acceleratorsNeeded.value);
    expect(replicas).toBe(report.replicasNeeded.value);
    expect([each, degree]).toEqual([2, 2]);
  });

  it('of a service without users is no GPU at all', () => {
    const report = inferenceOf(withService(fleet, { concurrentUsers: quantity(0) }));
    expect(report.acceleratorsNeeded.value).toBe(0);
    expect(report.decomposition).toMatch(/^0 GPUs = 0 replicas × /);
    expect(report.usdPerMillionOutputTokens.unavailable).toContain('No requests are sent');
  });

  it('needs users that send something before it can say how many it serves', () => {
    const report = inferenceOf(withService(fleet, { requestsPerUserHour: quantity(0) }));
    expect(report.usersServed.value).toBeNull();
    expect(report.usersServed.unavailable).toBe('Users send no requests.');
  });
});

describe('what limits a workload', () => {
  it.each(templateRows)('is said of every workload of %s', (_id, plan) => {
    for (const { bound } of reportOf(plan).workloads) expect(bound).toMatch(/^[a-z]/);
  });

  it('is the number of GPUs for a job that does not fit on them', () => {
    const plan = withClusters(llama, { nodes: quantity(1) });
    expect(trainingOf(plan).bound).toBe('number of accelerators');
  });

  it('of a batch is the target that is tighter', () => {
    const bounds = (first: number, next: number): string =>
      inferenceOf(
        withService(fleet, {
          timeToFirstTokenTargetMs: quantity(first),
          timePerOutputTokenTargetMs: quantity(next),
        }),
      ).bound;
    expect(bounds(1e6, 25)).toContain('target: time per output token');
    expect(bounds(1e6, 1e6)).toContain('batch limited by what the engine accepts');
    const long = withService(fleet, {
      inputTokens: quantity(100_000),
      timeToFirstTokenTargetMs: quantity(1e9),
      timePerOutputTokenTargetMs: quantity(1e9),
    });
    expect(inferenceOf(long).bound).toContain('batch limited by memory');
  });
});

describe('a CPU', () => {
  const report = inferenceOf(templatePlan('cpu-only-baseline'));

  it('is called a CPU, and serves a small team', () => {
    expect(report.decomposition).toMatch(/^\d+ CPUs? = /);
    expect(report.decomposition).not.toContain('GPU');
    expect(report.isFeasible).toBe(true);
  });

  it('makes far fewer tokens per second than a GPU with the same model', () => {
    const gpu = inferenceOf(
      withClusters(templatePlan('cpu-only-baseline'), { systemId: 'dgx-h100' }),
    );
    const ratio =
      (gpu.tokensPerSecondPerAccelerator.value ?? 0) /
      (report.tokensPerSecondPerAccelerator.value ?? 1);
    // An H100 has four times the memory bandwidth and about twice the arithmetic of one socket with matrix units.
    expect(ratio).toBeGreaterThan(3);
  });
});
