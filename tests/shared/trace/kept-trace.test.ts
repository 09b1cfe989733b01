import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import { simulatePlan, usualSimulation } from '@engine/service/plan-simulation';
import type { RequestStream } from '@engine/simulation/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { parsePlanText } from '@shared/plan/parse';
import { keptTrace, largestKeptTrace, requestsOf } from '@shared/trace/kept-trace';
import { readTrace } from '@shared/trace/read-trace';
import { templatePlan, withService } from '../../fixtures/engine-fixture';

function streamOf(requests: number): RequestStream {
  return {
    arrival: Float64Array.from({ length: requests }, (_, index) => index / 8),
    input: new Int32Array(requests).fill(120),
    output: new Int32Array(requests).fill(40),
  };
}

function reopened(plan: Plan): Plan {
  const read = parsePlanText(JSON.stringify(plan), 'plan.clusterplan');
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

describe('a trace that a plan keeps', () => {
  it('is the trace that was read, to the last digit', () => {
    const row = fc.tuple(
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 200_000 }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        let time = 1.7e9;
        const lines = rows.map(([gap, input, output]) => `${(time += gap)},${input},${output}`);
        const read = readTrace(lines.join('\n'));
        if (!read.isTrace) throw new Error(read.problem);
        const kept = keptTrace('trace.csv', read.stream);
        if (kept === null) throw new Error('It is short enough.');
        expect(requestsOf(kept)).toEqual(read.stream);
      }),
    );
  });

  it('gives the same simulation when the plan is opened again', () => {
    const base = templatePlan('chat-fleet-h200');
    const stream = streamOf(500);
    const simulation = { ...usualSimulation, trace: keptTrace('trace.csv', stream) };
    const [service] = reopened(withService(base, { simulation })).workloads;
    if (service?.kind !== 'inference') throw new Error('It is a service.');
    const choice = service.simulation;
    if (!choice?.trace) throw new Error('The plan has lost its trace.');
    const request = { plan: base, workloadId: service.id, replicas: 2, choice };
    expect(simulatePlan({ ...request, trace: requestsOf(choice.trace) }, catalogue)).toEqual(
      simulatePlan({ ...request, trace: stream }, catalogue),
    );
  });

  it('is none beyond the requests that a plan keeps', () => {
    expect(keptTrace('long.csv', streamOf(largestKeptTrace))).not.toBeNull();
    expect(keptTrace('long.csv', streamOf(largestKeptTrace + 1))).toBeNull();
  });

  it.each([
    ['what is no trace', 'rose,red', /rows: line 1: .* names no columns/],
    ['times that fall', '5,10,10\n4,10,10', /rows: line 2: The time is before/],
    [
      'more requests than a plan keeps',
      Array.from({ length: largestKeptTrace + 1 }, (_, index) => `${index},9,9`).join('\n'),
      /rows: expected at most 20000 requests, found 20001/,
    ],
  ])('is refused in a file with %s, by name', (_what, rows, problem) => {
    const simulation = { ...usualSimulation, trace: { name: 'trace.csv', rows } };
    const plan = withService(templatePlan('chat-fleet-h200'), { simulation });
    const read = parsePlanText(JSON.stringify(plan), 'plan.clusterplan');
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).toMatch(problem);
  });

  it('fails its node halfway through the trace', () => {
    const base = templatePlan('chat-fleet-h200');
    const [service] = base.workloads;
    const choice = { ...usualSimulation, hasFailedNode: true };
    const request = { plan: base, workloadId: service?.id ?? '', replicas: 2, choice };
    const answer = simulatePlan({ ...request, trace: streamOf(4_000) }, catalogue);
    expect(answer.isReady && answer.summary.restarted).toBeGreaterThan(0);
  });
});
