import { describe, expect, it } from 'vitest';
import type { InferenceWorkload, Plan, TrainingWorkload } from '@engine/plan';
import type { InferenceDemand, SizedCluster, TrainingDemand } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster, createInference, createPlan, createTraining } from '@shared/plan/create';
import { inferenceOf, quantity, reportOf, trainingOf } from '../../fixtures/engine-fixture';

/** What the search promises must be what the plan made of it reports. */

const chat: InferenceDemand = {
  kind: 'inference',
  modelId: 'llama-3.1-70b',
  concurrentUsers: 5_000,
  requestsPerUserHour: 12,
  inputTokens: 1_024,
  outputTokens: 256,
  timeToFirstTokenTargetMs: 1_000,
  timePerOutputTokenTargetMs: 50,
  weightPrecision: null,
};

const run: TrainingDemand = {
  kind: 'training',
  modelId: 'llama-3.1-8b',
  tokens: 2e11,
  sequenceLength: 8_192,
  globalBatchSequences: 512,
  deadlineDays: 30,
  precision: 'bf16',
};

function planOn(answer: SizedCluster): Omit<Plan, 'workloads'> {
  const plan = createPlan(catalogue, 'A plan', 'site-1');
  const nodes = quantity(answer.nodes);
  const cluster = createCluster(catalogue, answer.systemId, 'site-1', 'cluster-1', nodes);
  return { ...plan, clusters: [cluster] };
}

function servicePlan(answer: SizedCluster): Plan {
  const plan = planOn(answer);
  const [cluster] = plan.clusters;
  const { solution } = answer;
  if (!cluster || solution.kind !== 'inference') throw new Error('This is no service.');
  const service: InferenceWorkload = {
    ...createInference(catalogue, chat.modelId, cluster, 'workload-1'),
    weightPrecision: solution.weightPrecision,
    keyValuePrecision: solution.keyValuePrecision,
    tensorParallel: solution.tensorParallel,
    pipelineParallel: solution.pipelineParallel,
    attentionDataParallel: solution.attentionDataParallel,
    concurrentUsers: quantity(chat.concurrentUsers),
    requestsPerUserHour: quantity(chat.requestsPerUserHour),
    inputTokens: quantity(chat.inputTokens),
    outputTokens: quantity(chat.outputTokens),
    timeToFirstTokenTargetMs: quantity(chat.timeToFirstTokenTargetMs),
    timePerOutputTokenTargetMs: quantity(chat.timePerOutputTokenTargetMs),
  };
  return { ...plan, workloads: [service] };
}

function trainingPlan(answer: SizedCluster): Plan {
  const plan = planOn(answer);
  const [cluster] = plan.clusters;
  const { solution } = answer;
  if (!cluster || solution.kind !== 'training') throw new Error('This is no training run.');
  const job: TrainingWorkload = {
    ...createTraining(catalogue, run.modelId, cluster, 'workload-1'),
    precision: run.precision,
    layout: solution.layout,
    tokens: quantity(run.tokens),
    sequenceLength: quantity(run.sequenceLength),
    globalBatchSequences: quantity(run.globalBatchSequences),
  };
  return { ...plan, workloads: [job] };
}

function problems(plan: Plan): string[] {
  return reportOf(plan)
    .findings.filter(({ level }) => level === 'problem')
    .map(({ code }) => code);
}

const services = sizeDemand(chat, catalogue).ranked.map((row) => [row.systemId, row] as const);
const runs = sizeDemand(run, catalogue).ranked.map((row) => [row.systemId, row] as const);

describe.each(services)('the service sized on %s', (_id, answer) => {
  const plan = servicePlan(answer);
  const report = inferenceOf(plan);
  const { solution } = answer;
  if (solution.kind !== 'inference') throw new Error('This is no service.');

  it('is a plan without problems', () => {
    expect(problems(plan)).toEqual([]);
    expect(report.isFeasible).toBe(true);
  });

  it('has the times, the batch and the replicas that the search named', () => {
    expect(report.timeToFirstTokenMs.value).toBeCloseTo(solution.timeToFirstTokenMs, 6);
    expect(report.timePerOutputTokenMs.value).toBeCloseTo(solution.timePerOutputTokenMs, 6);
    expect(report.operatingBatch.value).toBe(solution.batch);
    expect(report.replicasNeeded.value).toBe(solution.replicas);
  });

  it('fits into its nodes, and not into one node less', () => {
    const needed = report.acceleratorsNeeded.value ?? Number.NaN;
    const perNode = answer.accelerators / answer.nodes;
    expect(needed).toBeLessThanOrEqual(answer.accelerators);
    expect(needed).toBeGreaterThan(answer.accelerators - perNode);
  });

  it('draws the power that the search named', () => {
    expect(reportOf(plan).clusters[0]?.itPowerKw.value).toBeCloseTo(answer.itPowerKw, 9);
  });
});

describe.each(runs)('the training run sized on %s', (_id, answer) => {
  const plan = trainingPlan(answer);
  const { solution } = answer;
  if (solution.kind !== 'training') throw new Error('This is no training run.');

  it('is a plan without problems that meets the deadline', () => {
    expect(problems(plan)).toEqual([]);
    expect(trainingOf(plan).days.value).toBeLessThanOrEqual(run.deadlineDays);
  });

  it('takes the step and the days that the search named', () => {
    const report = trainingOf(plan);
    expect((report.stepSeconds.value ?? 0) / solution.stepSeconds).toBeCloseTo(1, 9);
    expect((report.days.value ?? 0) / solution.days).toBeCloseTo(1, 9);
    expect(report.dataParallel).toBe(solution.dataParallel);
  });

  it('costs its hours: the total is the price of an hour for as long as it takes', () => {
    const hours = 24 * solution.days;
    expect((answer.usdTotal ?? 0) / ((answer.usdPerHour ?? 0) * hours)).toBeCloseTo(1, 9);
  });
});
