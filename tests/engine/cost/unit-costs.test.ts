import { describe, expect, it } from 'vitest';
import { unitCosts } from '@engine/cost/unit-costs';
import { costPlan, type CostedPlan } from '@engine/cost/totals';
import { figure } from '@engine/explain';
import type { InferenceReport, TrainingReport, Figure } from '@engine/report';
import type { InferenceWorkload, Workload } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { inferenceOf, quantity, templatePlan, trainingOf } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, costedPlan, plainInputs, type CostInputs } from './costed';

function known(key: string, value: number | null, unavailable = 'It is not known.'): Figure {
  return figure({ key, label: key, value, unit: '1', formula: key, unavailable });
}

function workloadOf<Kind extends Workload['kind']>(template: string, kind: Kind) {
  const found = templatePlan(template).workloads.find((workload) => workload.kind === kind);
  if (found === undefined) throw new Error(`There is no ${kind} in ${template}.`);
  return { ...found, clusterId: 'cluster-1' } as Extract<Workload, { kind: Kind }>;
}

const run = workloadOf('llama-3-405b', 'training');
const service: InferenceWorkload = {
  ...workloadOf('chat-million-gb300', 'inference'),
  outputTokens: quantity(200),
  meanLoadFraction: quantity(0.5),
};
const trained = trainingOf(templatePlan('llama-3-405b'));
const served = inferenceOf(templatePlan('chat-million-gb300'));

function runCosts(cost: CostedPlan, change: Partial<TrainingReport> = {}): readonly Figure[] {
  const report = { ...trained, acceleratorHours: known('hours', 1_000), ...change };
  return unitCosts(cost, [{ workload: run, report }])[0]?.figures ?? [];
}

function serviceCosts(cost: CostedPlan, change: Partial<InferenceReport> = {}): readonly Figure[] {
  const report = {
    ...served,
    acceleratorsNeeded: known('needed', 10),
    peakRequestsPerSecond: known('peak', 5),
    ...change,
  };
  return unitCosts(cost, [{ workload: service, report }])[0]?.figures ?? [];
}

function reserved(change: Partial<CostInputs> = {}): CostedPlan {
  const inputs = { ...plainInputs, ...change };
  const entry = clusterOf(inputs);
  const cluster = { ...entry.cluster, rentTerm: 'reserved 1 year' as const };
  return costPlan([{ ...entry, cluster }], assumptionsOf(inputs), bundledCatalogue);
}

const accelerators = 80;
const hours = 3 * 8_760;
/** what three years of the ten nodes cost when bought, by hand as in totals.test.ts */
const boughtUsd = 3_606_195.6;
const builtUsd = boughtUsd - 3 * 105_240 + 87.7 * 6_100 * (3 / 15);

function near(figures: readonly Figure[], expected: readonly number[]): void {
  expect(figures).toHaveLength(expected.length);
  for (const [index, usd] of expected.entries()) {
    expect((figures[index]?.value ?? 0) / usd, figures[index]?.key).toBeCloseTo(1, 9);
  }
}

describe('a run of a thousand accelerator-hours', () => {
  it('costs its share of the hours in use, rented, bought, built and mixed', () => {
    const used = accelerators * hours * 0.8;
    const cost = costedPlan();
    near(runCosts(cost), [
      2_000,
      (1_000 * boughtUsd) / used,
      (1_000 * builtUsd) / used,
      (1_000 * cost.totals.hybrid.value) / used,
    ]);
  });

  it('bears the idle hours of reserved capacity', () => {
    expect(runCosts(reserved())[0]?.value).toBeCloseTo(2_000 / 0.8, 6);
    expect(runCosts(reserved({ use: 0.25 }))[0]?.value).toBeCloseTo(8_000, 6);
  });

  it('costs the rent at any discount rate: payments and hours are discounted alike', () => {
    for (const rate of [0, 0.08, 0.5]) {
      expect(runCosts(costedPlan({ rate }))[0]?.value).toBeCloseTo(2_000, 6);
    }
  });

  it('carries the range of prices, not only the middle', () => {
    const rent = { ...quantity(100), low: 80, high: 150 };
    const bought = runCosts(costedPlan({}, { colocationUsdPerKwMonth: rent }))[1];
    const perUsd = (1_000 * 3 * 12 * 87.7) / (accelerators * hours * 0.8);
    expect((bought?.value ?? 0) - (bought?.low ?? 0)).toBeCloseTo(20 * perUsd, 6);
    expect((bought?.high ?? 0) - (bought?.value ?? 0)).toBeCloseTo(50 * perUsd, 6);
  });

  it('that has no time says why, in every way', () => {
    const figures = runCosts(costedPlan(), {
      acceleratorHours: known('hours', null, 'It does not fit.'),
    });
    expect(figures.map(({ value, unavailable }) => [value, unavailable])).toEqual(
      Array(4).fill([null, 'It does not fit.']),
    );
  });

  it('has no cost in the ways that lack a price', () => {
    const unpriced = runCosts(costedPlan({ price: 0 }));
    expect(unpriced.map(({ value }) => value === null)).toEqual([false, true, true, true]);
    expect(unpriced[1]?.unavailable).toContain('has no price');
    expect(runCosts(costedPlan({ rent: 0 })).map(({ value }) => value === null)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});

describe('a million output tokens of a service on ten accelerators', () => {
  // 5 requests/s at the peak · 200 tokens · half the peak on average · 3600 s = 1.8 million tokens an hour.
  const hourly = 10 / 1.8;

  it('cost ten accelerators kept at hand around the clock', () => {
    const all = accelerators * hours;
    const cost = costedPlan();
    near(serviceCosts(cost), [
      2 * hourly,
      (boughtUsd / all) * hourly,
      (builtUsd / all) * hourly,
      (cost.totals.hybrid.value / all) * hourly,
    ]);
  });

  it('cost the same on demand and reserved at one price, as no hour is idle', () => {
    expect(serviceCosts(reserved())[0]?.value).toBeCloseTo(2 * hourly, 9);
  });

  it.each<[string, Partial<InferenceReport>]>([
    ['no request arrives', { peakRequestsPerSecond: known('peak', 0) }],
    ['the number of accelerators is unknown', { acceleratorsNeeded: known('needed', null) }],
  ])('have no cost where %s', (_what, change) => {
    for (const { value, unavailable, low } of serviceCosts(costedPlan(), change)) {
      expect([value, low]).toEqual([null, undefined]);
      expect(unavailable).toContain('needs no accelerators');
    }
  });
});

describe('unit costs', () => {
  it('are listed by workload, in order, under keys that name workload and way', () => {
    const found = unitCosts(costedPlan(), [
      { workload: service, report: served },
      { workload: run, report: trained },
    ]);
    expect(found.map(({ workloadId }) => workloadId)).toEqual([service.id, run.id]);
    expect(found[1]?.figures.map(({ key }) => key)).toEqual(
      ['rent', 'buy', 'build', 'hybrid'].map((way) => `${run.id}.runUsd.${way}`),
    );
  });

  it('are unknown, not NaN, on a cluster that does not exist', () => {
    const lost = { ...run, clusterId: 'nowhere' };
    const report = { ...trained, acceleratorHours: known('hours', 1_000) };
    const figures = unitCosts(costedPlan(), [{ workload: lost, report }])[0]?.figures ?? [];
    expect(figures.map(({ value, low }) => [value, low])).toEqual(Array(4).fill([null, undefined]));
  });

  it('refuse a run that comes with the report of a service', () => {
    expect(() => unitCosts(costedPlan(), [{ workload: run, report: served }])).toThrow(TypeError);
  });
});
