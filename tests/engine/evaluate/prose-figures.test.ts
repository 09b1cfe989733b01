import { describe, expect, it } from 'vitest';
import { countParameters } from '@engine/model/parameters';
import type { Plan, TrainingWorkload } from '@engine/plan';
import type { Figure, FigureInput } from '@engine/report';
import {
  inferenceOf,
  modelOf,
  quantity,
  reportOf,
  templatePlan,
  templateRows,
  trainingOf,
  withTraining,
} from '../../fixtures/engine-fixture';

/** The figures whose formula is prose: recomputed here from what the words mean. */

function inputOf(figure: Figure, symbol: string): FigureInput {
  const found = figure.inputs.find((input) => input.symbol === symbol);
  if (!found) throw new Error(`${figure.key} has no ${symbol}.`);
  return found;
}

function jobOf(plan: Plan): TrainingWorkload {
  const found = plan.workloads.find((workload) => workload.kind === 'training');
  if (found?.kind !== 'training') throw new Error('The plan trains nothing.');
  return found;
}

const trainingRows = templateRows.filter(([, plan]) => plan.workloads[0]?.kind === 'training');
const serviceRows = templateRows.filter(([, plan]) => plan.workloads[0]?.kind === 'inference');

describe.each(trainingRows)('the training job of %s', (_id, plan) => {
  const report = trainingOf(plan);
  const { architecture } = modelOf(jobOf(plan).modelId);
  const counted = countParameters(architecture);

  it('counts embedding, attention, feed-forward and norms of every layer', () => {
    const { layers, hidden } = architecture;
    const feedForward =
      counted.denseLayers * counted.denseFeedForward +
      counted.expertLayers * counted.expertFeedForward;
    const attention = layers * (counted.attentionPerLayer + counted.normsPerLayer);
    expect(report.parameters.value).toBe(counted.embedding + attention + feedForward + hidden);
    expect(inputOf(report.parameters, 'E').value).toBe(counted.embedding);
    expect(inputOf(report.parameters, 'L').value).toBe(layers);
  });

  it('leaves out of the active parameters the experts that a token does not visit', () => {
    const experts = architecture.mixtureOfExperts;
    const perExpert = experts ? counted.routedExperts / experts.experts : 0;
    const idle = experts ? experts.experts - experts.expertsPerToken : 0;
    const active = counted.total - counted.expertLayers * idle * perExpert;
    expect(report.activeParameters.value).toBe(active);
  });

  it('uses every accelerator that its degrees cover', () => {
    const { tensorParallel, pipelineParallel, contextParallel } = jobOf(plan).layout;
    const used = inputOf(report.stepSeconds, 'G').value;
    const perReplica = tensorParallel * pipelineParallel * contextParallel;
    expect(used).toBe(perReplica * (report.dataParallel ?? 0));
    const held = reportOf(plan).clusters[0]?.accelerators.value ?? 0;
    expect(used).toBeLessThanOrEqual(held);
  });

  it('needs no more memory than its accelerator has', () => {
    const limit = inputOf(report.memoryGbPerAccelerator, 'M_max').value;
    expect(report.memoryGbPerAccelerator.value).toBeLessThanOrEqual(limit);
  });

  it('takes the measured step time as it is, and still shows the modelled one', () => {
    const measured = trainingOf(withTraining(plan, { measuredStepSeconds: quantity(3) }));
    expect(measured.stepSeconds.value).toBe(3);
    expect(inputOf(measured.stepSeconds, 't').value).toBe(3);
    expect(inputOf(measured.stepSeconds, 't_model').value).toBe(report.stepSeconds.value);
    expect(measured.stepSeconds.label).toContain('measured');
  });
});

describe.each(serviceRows)('the service of %s', (_id, plan) => {
  const report = inferenceOf(plan);

  it('sends the requests of all users in an hour', () => {
    const users = inputOf(report.peakRequestsPerSecond, 'users').value;
    const [, each = Number.NaN] = report.peakRequestsPerSecond.inputs.map((input) => input.value);
    expect(report.peakRequestsPerSecond.value).toBeCloseTo((users * each) / 3600, 9);
  });

  it('serves at least its own users when it has the replicas that the peak needs', () => {
    const users = inputOf(report.peakRequestsPerSecond, 'users').value;
    const isEnough = (report.replicasAvailable.value ?? 0) >= (report.replicasNeeded.value ?? 0);
    expect(isEnough).toBe(true);
    expect(report.usersServed.value).toBeGreaterThanOrEqual(users);
  });

  it('holds no more requests at once than fit into memory', () => {
    const batch = report.operatingBatch.value ?? Number.NaN;
    expect(batch).toBeGreaterThanOrEqual(1);
    expect(batch).toBeLessThanOrEqual(report.maximumBatch.value ?? 0);
    expect(Number.isInteger(batch)).toBe(true);
  });

  it('meets both targets at its operating point', () => {
    const first = inputOf(report.operatingBatch, 't_first').value;
    const next = inputOf(report.operatingBatch, 't_token').value;
    expect(report.timeToFirstTokenMs.value).toBeLessThanOrEqual(first);
    expect(report.timePerOutputTokenMs.value).toBeLessThanOrEqual(next);
  });
});

it.each(templateRows)('the break-even month of %s is read off the cash flow', (_id, plan) => {
  const { breakEvenMonth, cashFlow } = reportOf(plan).cost;
  const cheaper = cashFlow.filter(({ month, buyUsd, rentUsd }) => month > 0 && buyUsd <= rentUsd);
  expect(breakEvenMonth.value).toBe(cheaper[0]?.month ?? null);
});

it('a wrong model shows in the counted parameters, not only in its name', () => {
  const plan = templatePlan('llama-3-405b');
  const smaller = trainingOf(withTraining(plan, { modelId: 'llama-3.1-8b' }));
  expect(trainingOf(plan).parameters.value).toBeGreaterThan(smaller.parameters.value ?? 0);
});
