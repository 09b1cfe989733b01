import { describe, expect, it } from 'vitest';
import type { InferenceWorkload } from '@engine/plan';
import { planServingLaunch } from '@engine/launch/serving';
import { simulatePlan, usualSimulation } from '@engine/service/plan-simulation';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');
const together = inferenceOf(base);

function pooled(busy: number, changes: Partial<InferenceWorkload> = {}) {
  const plan = withService(base, { promptPoolBusyFraction: quantity(busy), ...changes });
  return { plan, report: inferenceOf(plan) };
}

describe('a service whose prompts have replicas of their own', () => {
  const { plan, report } = pooled(0.6);
  const [all, prompts] = [report.replicasNeeded.value ?? 0, report.promptReplicas.value ?? 0];

  it('says in words how many replicas do what', () => {
    expect(prompts).toBeGreaterThan(0);
    expect(report.decomposition).toContain(
      `${all} replicas (${all - prompts} for answers, ${prompts} for prompts)`,
    );
    expect(together.decomposition).not.toContain('for prompts');
  });

  it('needs whole replicas of both pools at every hour, as many at the peak as the headline says', () => {
    const day = report.dailyLoad.map(({ replicasNeeded }) => replicasNeeded ?? 0);
    expect(Math.max(...day)).toBe(all);
    expect(Math.min(...day)).toBeGreaterThanOrEqual(2);
    const always = 24 * (report.acceleratorsNeeded.value ?? 0);
    expect(report.autoscaledHours.value).toBeLessThanOrEqual(always);
    expect(report.autoscaledHours.value).toBeGreaterThanOrEqual((always / all) * Math.min(...day));
  });

  it('has a transfer in its first token, and no prompts in the others', () => {
    expect(report.cacheTransferMs.value).toBeGreaterThan(0);
    expect(report.timeToFirstTokenMs.formula).toContain('t_transfer');
    const sum = (inputs: readonly { symbol: string; value: number }[]) =>
      inputs
        .filter(({ symbol }) => /^t_(request|users|prefill|line|transfer)$/.test(symbol))
        .reduce((total, { value }) => total + value, 0);
    expect(sum(report.timeToFirstTokenMs.inputs)).toBeCloseTo(
      report.timeToFirstTokenMs.value ?? 0,
      6,
    );
    expect(report.decodeParts.find(({ key }) => key === 'prefill')?.value).toBe(0);
    expect(together.cacheTransferMs.value).toBeNull();
    expect(together.promptReplicas.unavailable).toBe('Prompts and answers share replicas.');
  });

  it('is bound by its prompts where they are long, and by its link where that is slow', () => {
    const long = { inputTokens: quantity(30_000), outputTokens: quantity(20) };
    const late = { timeToFirstTokenTargetMs: quantity(1e6) };
    expect(pooled(0.6, { ...long, ...late }).report.bound).toContain(
      'prompt processing in its own pool',
    );
    const slow = pooled(0.6, { ...long, ...late }).plan;
    const clusters = slow.clusters.map((row) => ({
      ...row,
      scaleOutGbpsPerAccelerator: quantity(1),
    }));
    expect(inferenceOf({ ...slow, clusters }).bound).toContain('sending the caches of prompts');
  });

  it('charges prompts for their pool: as much of the cost as of the replicas, but for the last of each', () => {
    const input = (report.usdPerMillionInputTokens.value ?? 0) * 1_024;
    const output = (report.usdPerMillionGeneratedTokens.value ?? 0) * 256;
    const share = input / (input + output);
    expect(share).toBeGreaterThan((prompts - 1) / all);
    expect(share).toBeLessThan((prompts + 1) / all);
  });

  it('says that the launch commands do not set up the pools', () => {
    for (const { cannot } of planServingLaunch(plan, report, catalogue)) {
      expect(cannot.at(-1)).toContain('a connector that moves the cache');
    }
  });

  it('is simulated in the same two pools', () => {
    const answer = simulatePlan(
      {
        plan,
        workloadId: report.workloadId,
        replicas: all,
        promptReplicas: prompts,
        choice: { ...usualSimulation, requests: 20_000 },
        trace: null,
      },
      catalogue,
    );
    if (!answer.isReady) throw new Error(answer.problem);
    expect(answer.replicas).toBe(all);
    expect(answer.summary.finished).toBe(20_000);
    expect(answer.summary.withinTargets).toBeGreaterThan(0.95);
  });
});
