import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import {
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
  withService,
  withSites,
  withTraining,
} from '../../fixtures/engine-fixture';

const llama = templatePlan('llama-3-405b');
const fleet = templatePlan('chat-fleet-h200');

/** The value of the figure whose key ends so. */
function valueOf(report: Report, key: string): number {
  const pick = (value: unknown): Figure[] =>
    typeof value !== 'object' || value === null
      ? []
      : 'formula' in value
        ? [value as Figure]
        : Object.values(value).flatMap(pick);
  const found = pick(report).find((figure) => figure.key === key);
  if (!found) throw new Error(`The report has no ${key}.`);
  return found.value ?? Number.NaN;
}

/** [what is changed, from, to, figure, factor by which the figure changes] */
type Row = readonly [what: string, from: Plan, to: Plan, key: string, factor: number];

function tokens(count: number): Plan {
  return withTraining(llama, { tokens: quantity(count) });
}

function nodes(plan: Plan, count: number): Plan {
  return withClusters(plan, { nodes: quantity(count) });
}

function rent(plan: Plan, usd: number): Plan {
  return withClusters(plan, { rentUsdPerAcceleratorHour: quantity(usd) });
}

function price(usd: number): Plan {
  return withClusters(llama, { purchaseUsdPerNode: quantity(usd) });
}

function effective(share: number): Plan {
  return withTraining(llama, { effectiveTimeFraction: quantity(share) });
}

function site(change: Partial<Record<'pue' | 'carbon' | 'electricity', number>>): Plan {
  return withSites(llama, {
    powerUsageEffectiveness: quantity(change.pue ?? 1.1),
    gridGramsCo2PerKwh: quantity(change.carbon ?? 400),
    electricityUsdPerKwh: quantity(change.electricity ?? 0.08),
  });
}

function users(count: number, perHour = 12): Plan {
  return withService(fleet, {
    concurrentUsers: quantity(count),
    requestsPerUserHour: quantity(perHour),
  });
}

function load(share: number): Plan {
  return withService(fleet, { meanLoadFraction: quantity(share) });
}

function use(plan: Plan, share: number): Plan {
  return withCosts(plan, { utilisationFraction: quantity(share) });
}

const network = (gbps: number): Plan =>
  withClusters(llama, { scaleOutGbpsPerAccelerator: quantity(gbps) });

const rows: readonly Row[] = [
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.days', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.trainingFlop', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.acceleratorHours', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.energyMwh', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.carbonTonnes', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.costUsd', 2],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.stepSeconds', 1],
  ['twice the tokens', tokens(5e12), tokens(10e12), 'workload-1.modelFlopsUtilisation', 1],
  ['half the effective time', effective(0.9), effective(0.45), 'workload-1.days', 2],
  ['half the effective time', effective(0.9), effective(0.45), 'workload-1.costUsd', 2],
  ['half the effective time', effective(0.9), effective(0.45), 'workload-1.tokensPerSecond', 1],
  ['twice the rent', rent(llama, 2), rent(llama, 4), 'workload-1.costUsd', 2],
  ['twice the rent', rent(llama, 2), rent(llama, 4), 'cluster-1.rentUsdPerHour', 2],
  ['twice the rent', rent(llama, 2), rent(llama, 4), 'cost.rentUsdTotal', 2],
  ['twice the rent', rent(llama, 2), rent(llama, 4), 'cost.buyUsdTotal', 1],
  ['twice the rent', rent(fleet, 2), rent(fleet, 4), 'workload-1.usdPerMillionOutputTokens', 2],
  ['twice the rent', rent(fleet, 2), rent(fleet, 4), 'workload-1.acceleratorsNeeded', 1],
  ['twice the price', price(2e5), price(4e5), 'cluster-1.purchaseUsd', 2],
  ['twice the price', price(2e5), price(4e5), 'cost.rentUsdTotal', 1],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'cluster-1.accelerators', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'cluster-1.peakPflops', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'cluster-1.memoryTb', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'cluster-1.scaleOutTbps', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'site-1.facilityPowerKw', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'cost.rentUsdTotal', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'workload-1.replicasAvailable', 2],
  ['twice the nodes', nodes(fleet, 3), nodes(fleet, 6), 'workload-1.replicasNeeded', 1],
  ['twice the network', network(200), network(400), 'cluster-1.scaleOutTbps', 2],
  ['twice the carbon', site({ carbon: 200 }), site({ carbon: 400 }), 'workload-1.carbonTonnes', 2],
  ['twice the carbon', site({ carbon: 200 }), site({ carbon: 400 }), 'site-1.energyMwhPerYear', 1],
  ['20 % more PUE', site({ pue: 1.1 }), site({ pue: 1.32 }), 'workload-1.energyMwh', 1.2],
  ['20 % more PUE', site({ pue: 1.1 }), site({ pue: 1.32 }), 'site-1.facilityPowerKw', 1.2],
  ['20 % more PUE', site({ pue: 1.1 }), site({ pue: 1.32 }), 'site-1.itPowerKw', 1],
  ['20 % more PUE', site({ pue: 1.1 }), site({ pue: 1.32 }), 'site-1.carbonTonnesPerYear', 1.2],
  [
    'dearer power',
    site({ electricity: 0.05 }),
    site({ electricity: 0.1 }),
    'site-1.electricityUsdPerYear',
    2,
  ],
  ['dearer power', site({ electricity: 0.05 }), site({ electricity: 0.1 }), 'cost.rentUsdTotal', 1],
  ['half the hours in use', use(llama, 0.8), use(llama, 0.4), 'site-1.energyMwhPerYear', 0.5],
  ['half the hours in use', use(llama, 0.8), use(llama, 0.4), 'cost.rentUsdTotal', 0.5],
  ['half the hours in use', use(llama, 0.8), use(llama, 0.4), 'cost.capitalUsd', 1],
  ['half the hours in use', use(llama, 0.8), use(llama, 0.4), 'cost.breakEvenUtilisation', 1],
  ['half the hours in use', use(llama, 0.8), use(llama, 0.4), 'site-1.itPowerKw', 1],
  ['twice the users', users(10_000), users(20_000), 'workload-1.peakRequestsPerSecond', 2],
  ['twice the users', users(10_000), users(20_000), 'workload-1.timePerOutputTokenMs', 1],
  ['twice the users', users(10_000), users(20_000), 'workload-1.usersServed', 1],
  ['busier users', users(5_000, 12), users(5_000, 24), 'workload-1.peakRequestsPerSecond', 2],
  ['half the mean load', load(0.8), load(0.4), 'workload-1.usdPerMillionOutputTokens', 2],
  ['half the mean load', load(0.8), load(0.4), 'workload-1.acceleratorsNeeded', 1],
];

describe('a figure changes in proportion', () => {
  const named = rows.map(([what, from, to, key, factor]) => [what, key, factor, from, to] as const);

  it.each(named)('%s: %s is %d times as large', (_what, key, factor, from, to) => {
    const ratio = valueOf(reportOf(to), key) / valueOf(reportOf(from), key);
    expect(ratio, key).toBeCloseTo(factor, 9);
  });
});

describe('a figure never moves the wrong way', () => {
  const steps = [1, 2, 4, 8, 16];

  function along(plans: readonly Plan[], key: string): number[] {
    return plans.map((plan) => valueOf(reportOf(plan), key));
  }

  function expectRising(values: readonly number[]): void {
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values).toEqual(values.toSorted((first, second) => first - second));
  }

  it('a longer answer never needs fewer accelerators, up to the rounding to whole requests in flight', () => {
    const plans = steps.map((step) => withService(fleet, { outputTokens: quantity(64 * step) }));
    const needed = along(plans, 'workload-1.acceleratorsNeeded');
    // A replica holds few short requests at once, and a fraction of one cannot be used: that may cost one replica more.
    const replica =
      fleet.workloads[0]?.kind === 'inference' ? fleet.workloads[0].tensorParallel : 0;
    needed
      .slice(1)
      .forEach((value, index) =>
        expect(value).toBeGreaterThanOrEqual((needed[index] ?? 0) - replica),
      );
  });

  it('more users never need fewer accelerators', () => {
    const plans = steps.map((step) => users(3_000 * step));
    expectRising(along(plans, 'workload-1.acceleratorsNeeded'));
  });

  it('a looser target never needs more accelerators', () => {
    const plans = steps.map((step) =>
      withService(fleet, { timePerOutputTokenTargetMs: quantity(20 * step) }),
    );
    expectRising(along(plans, 'workload-1.acceleratorsNeeded').toReversed());
  });

  it('a faster network never makes a training step slower', () => {
    const plans = steps.map((step) => network(50 * step));
    expectRising(along(plans, 'workload-1.stepSeconds').toReversed());
  });

  it('more nodes never make a run longer, nor cheaper in accelerator-hours', () => {
    const plans = [256, 512, 1_024, 2_048].map((count) => nodes(llama, count));
    expectRising(along(plans, 'workload-1.days').toReversed());
    expectRising(along(plans, 'workload-1.acceleratorHours'));
  });

  it('a longer horizon never costs less, bought or rented', () => {
    const plans = steps.map((step) => withCosts(llama, { horizonYears: quantity(step) }));
    expectRising(along(plans, 'cost.rentUsdTotal'));
    expectRising(along(plans, 'cost.buyUsdTotal'));
  });
});
