import { describe, expect, it } from 'vitest';
import type { SimulationChoice } from '@engine/plan';
import {
  plannedLoad,
  simulatePlan,
  simulationSteps,
  usualSimulation,
  type SimulationAnswer,
} from '@engine/service/plan-simulation';
import type { RequestStream } from '@engine/simulation/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { inferenceOf, templatePlan } from '../../fixtures/engine-fixture';

const plan = templatePlan('chat-fleet-h200');
const [service] = plan.workloads;
if (service?.kind !== 'inference') throw new Error('The template has no service.');
const workload = service;
const report = inferenceOf(plan);
const small: SimulationChoice = { ...usualSimulation, requests: 4_000 };

function simulate(choice: SimulationChoice, trace: RequestStream | null = null): SimulationAnswer {
  const request = { plan, workloadId: workload.id, replicas: report.replicasNeeded.value };
  return simulatePlan({ ...request, choice, trace }, catalogue);
}

function summaryOf(answer: SimulationAnswer) {
  if (!answer.isReady) throw new Error(answer.problem);
  return answer.summary;
}

describe('a simulated service of a plan', () => {
  it('answers every request on the replicas that the plan needs', () => {
    const answer = simulate(small);
    const summary = summaryOf(answer);
    expect(answer.isReady && answer.replicas).toBe(report.replicasNeeded.value);
    expect(summary.finished).toBe(4_000);
    expect(summary.rejected).toBe(0);
    expect(summary.timePerOutputToken.p50 * 1e3).toBeGreaterThan(1);
    expect(summary.withinTargets ?? 0).toBeGreaterThan(0.5);
  });

  it('gives the same numbers for the same seed and others for another', () => {
    expect(simulate(small)).toEqual(simulate(small));
    expect(simulate({ ...small, seed: 2 })).not.toEqual(simulate(small));
  });

  it('keeps people waiting longer in bursts and when a node fails', () => {
    const calm = summaryOf(simulate(small)).timeToFirstToken.p99;
    expect(summaryOf(simulate({ ...small, arrivals: 'bursty' })).endToEnd.p99).toBeGreaterThan(0);
    const failed = summaryOf(simulate({ ...small, hasFailedNode: true }));
    expect(failed.timeToFirstToken.p99).toBeGreaterThan(calm);
    expect(failed.restarted).toBeGreaterThan(0);
  });

  it('replays a trace in place of drawn requests', () => {
    const stream = {
      arrival: Float64Array.from([0, 1, 2]),
      input: Int32Array.from([100, 100, 100]),
      output: Int32Array.from([10, 10, 10]),
    };
    const summary = summaryOf(simulate(small, stream));
    expect(summary.finished).toBe(3);
    expect(summary.timeToFirstToken.p99).toBeLessThan(5);
  });

  it('can be watched: shares grow, and the pieces end where the whole does', () => {
    const choice = { ...small, requests: 60_000 };
    const request = { plan, workloadId: workload.id, replicas: 20, choice, trace: null };
    const steps = simulationSteps(request, catalogue);
    const shares: number[] = [];
    let step = steps.next();
    while (step.done !== true) {
      shares.push(step.value().share);
      step = steps.next();
    }
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual(shares.toSorted((first, second) => first - second));
    expect(summaryOf(step.value).finished).toBe(60_000);
  });
});

describe('what cannot be simulated is named', () => {
  it.each([
    ['no replica', 0],
    ['no number of replicas', null],
  ])('%s', (_what, replicas) => {
    const planned = plannedLoad(plan, workload.id, replicas, catalogue, small);
    expect(planned.isReady).toBe(false);
    if (!planned.isReady) expect(planned.problem).toMatch(/no replica to simulate/);
  });

  it('no service', () => {
    const planned = plannedLoad(plan, 'nobody', 3, catalogue, small);
    expect(planned).toEqual({
      isReady: false,
      problem: 'The service cannot be simulated: the checks say what is missing.',
    });
  });

  it('a prompt beyond the context of the model', () => {
    const long = { ...workload, inputTokens: { value: 1e7, origin: 'yours' } as const };
    const request = { workloadId: workload.id, replicas: 3, choice: small, trace: null };
    const answer = simulatePlan({ ...request, plan: { ...plan, workloads: [long] } }, catalogue);
    expect(answer.isReady).toBe(false);
    if (!answer.isReady) expect(answer.problem).toContain('longer than the context');
  });

  it('spreads a day’s peak over its mean', () => {
    const planned = plannedLoad(plan, workload.id, 3, catalogue, { ...small, arrivals: 'daily' });
    if (!planned.isReady) throw new Error(planned.problem);
    const peak = report.peakRequestsPerSecond.value ?? 0;
    expect(planned.load.requestsPerSecond).toBeLessThan(peak);
    expect(planned.load.requestsPerSecond).toBeGreaterThanOrEqual(peak / 2);
  });
});
