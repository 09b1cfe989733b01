import { describe, expect, test } from 'vitest';
import { runService } from '@engine/simulation/run-service';
import { prepareService, type ServiceLoad } from '@engine/simulation/service-load';
import { steadyLoad } from '@engine/simulation/steady-load';
import { stepSeconds, tabulated } from '@engine/simulation/step-table';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, modelOf, systemOf } from '../../fixtures/engine-fixture';
import { plainLoad } from './plain-load';

const chat: ServiceLoad = {
  model: modelOf('llama-3.1-70b'),
  accelerator: acceleratorOf('h100-sxm'),
  system: systemOf('dgx-h100'),
  software: 'current',
  tensorParallel: 4,
  weightPrecision: 'fp8',
  keyValuePrecision: 'fp8',
  replicas: 4,
  ...plainLoad,
  requestsPerSecond: 8,
  input: { kind: 'lognormal', mean: 1000, variation: 0.8 },
  output: { kind: 'lognormal', mean: 250, variation: 0.8 },
  targets: { timeToFirstTokenSeconds: 1, timePerOutputTokenSeconds: 0.05 },
};

function ready(load: ServiceLoad) {
  const prepared = prepareService(load, catalogue);
  if (!prepared.isReady) throw new Error(prepared.problem);
  return prepared;
}

function problemOf(changes: Partial<ServiceLoad>): string {
  const prepared = prepareService({ ...chat, ...changes }, catalogue);
  if (prepared.isReady) throw new Error('Nothing is wrong with it.');
  return prepared.problem;
}

describe('a service that cannot be', () => {
  test.each([
    [
      'zero lengths',
      { input: { kind: 'fixed', tokens: 0 } },
      'The input length must be above zero',
    ],
    ['no rate', { requestsPerSecond: 0 }, 'The request rate must be above zero'],
    [
      'a context beyond the model’s',
      { input: { kind: 'fixed', tokens: 200_000 } },
      'longer than the context of Llama 3.1 70B',
    ],
    ['heads that do not divide', { tensorParallel: 3 }, 'does not divide 64 attention heads'],
    ['too little memory', { tensorParallel: 1, weightPrecision: 'bf16' }, 'Tensor parallel 2 fits'],
    [
      'a model that fits nowhere',
      {
        model: modelOf('llama-3.1-405b'),
        accelerator: acceleratorOf('l40s'),
        system: null,
        tensorParallel: 1,
      },
      'Choose narrower weights, a smaller model',
    ],
    [
      'an outage of replicas that are not there',
      { outages: [{ at: 0, seconds: 1, firstReplica: 2, replicas: 4 }] },
      'replicas 2 to 5; there are 4',
    ],
  ] as const)('with %s is refused with what would help', (_name, changes, sentence) => {
    expect(problemOf(changes as Partial<ServiceLoad>)).toContain(sentence);
  });
});

describe('the analytic answer and the simulation', { timeout: 60_000 }, () => {
  test.each([2, 8, 24])('agree at %d requests per second', (requestsPerSecond) => {
    const load = { ...chat, requestsPerSecond };
    const prepared = ready(load);
    const { summary } = runService(load, prepared, { requests: 8000, seed: 2 });
    const steady = steadyLoad(prepared.serving, load, requestsPerSecond / load.replicas);
    expect(steady.isSaturated).toBe(false);
    const perToken = summary.timePerOutputToken.mean / steady.timePerOutputToken;
    expect(perToken).toBeGreaterThan(0.75);
    expect(perToken).toBeLessThan(1.3);
    const first = summary.timeToFirstToken.mean / steady.timeToFirstToken.mean;
    expect(first).toBeGreaterThan(0.5);
    expect(first).toBeLessThan(2);
  });

  test('both see more than can be served', () => {
    const load = { ...chat, requestsPerSecond: 500, queueLimit: 50 };
    const prepared = ready(load);
    const steady = steadyLoad(prepared.serving, load, load.requestsPerSecond / load.replicas);
    expect(steady.isSaturated).toBe(true);
    expect(steady.timeToFirstToken.p99).toBe(Infinity);
    const { summary } = runService(load, prepared, { requests: 8000, seed: 2 });
    expect(summary.rejected).toBeGreaterThan(1000);
    expect(summary.withinTargets).toBeLessThan(0.5);
  });

  test('more load never makes an answer faster', () => {
    const { serving } = ready(chat);
    const times = [0.5, 1, 2, 4, 8].map((rate) => steadyLoad(serving, chat, rate));
    const perToken = times.map((time) => time.timePerOutputToken);
    expect(perToken).toEqual(perToken.toSorted((one, other) => one - other));
  });
});

describe('step times in a table', () => {
  const { serving } = ready(chat);
  const table = tabulated(serving);

  test.each([
    [1, 300],
    [17, 1234],
    [64, 5000],
    [200, 20_000],
  ])('%d requests at context %d are within a percent of the physics', (batch, context) => {
    const decode = stepSeconds(serving, { batch, context, prompts: 0, promptTokens: 0 });
    expect(table.decode(batch, context) / decode).toBeCloseTo(1, 2);
    const mixed = stepSeconds(serving, { batch, context, prompts: 1, promptTokens: 900 });
    expect(table.mixed(batch, context, 900) / mixed).toBeCloseTo(1, 2);
    expect(mixed).toBeGreaterThan(decode);
  });

  test.each([
    [1, 700],
    [3, 4000],
  ])('%d prompts of together %d tokens too', (prompts, promptTokens) => {
    const alone = stepSeconds(serving, { batch: 0, context: 0, prompts, promptTokens });
    expect(table.prefill(prompts, promptTokens) / alone).toBeCloseTo(1, 2);
  });
});
