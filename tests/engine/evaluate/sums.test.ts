import { describe, expect, it } from 'vitest';
import type { Figure, Part, Report } from '@engine/report';
import {
  joined,
  quantity,
  reportOf,
  templatePlan,
  templateRows,
  withClusters,
  withCosts,
} from '../../fixtures/engine-fixture';

const rows = [
  ...templateRows,
  ['two trainings', joined(templatePlan('llama-3-405b'), templatePlan('deepseek-v3'))] as const,
  [
    'a job and a fleet',
    joined(templatePlan('lab-node-8-h100'), templatePlan('chat-fleet-h200')),
  ] as const,
  ['a bought fleet', withCosts(templatePlan('chat-fleet-h200'), { acquisition: 'buy' })] as const,
];

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.value, 0);
}

function added(figures: readonly Figure[]): number {
  return figures.reduce((sum, figure) => sum + (figure.value ?? Number.NaN), 0);
}

/** Equal but for the rounding of a sum. */
function expectEqual(actual: number | null | undefined, expected: number | null | undefined): void {
  const difference = Math.abs((actual ?? 0) - (expected ?? 0));
  expect(difference).toBeLessThanOrEqual(1e-9 * Math.max(1e-9, Math.abs(expected ?? 0)));
}

function headline(report: Report, key: string): number | null | undefined {
  return report.headline.find((figure) => figure.key === key)?.value;
}

describe.each(rows)('in %s', (_name, plan) => {
  const report = reportOf(plan);

  it('the headline is the sum of what the clusters and sites report', () => {
    expectEqual(
      headline(report, 'plan.accelerators'),
      added(report.clusters.map(({ accelerators }) => accelerators)),
    );
    expectEqual(
      headline(report, 'plan.facilityPowerKw'),
      added(report.sites.map(({ facilityPowerKw }) => facilityPowerKw)),
    );
    expect(headline(report, 'cost.chosenUsdTotal')).toBe(report.cost.chosenUsdTotal.value);
  });

  it('the total as planned is the rented or the bought one', () => {
    const { chosenUsdTotal, buyUsdTotal, rentUsdTotal } = report.cost;
    const chosen = plan.costs.acquisition === 'buy' ? buyUsdTotal : rentUsdTotal;
    expect(chosenUsdTotal.value).toBe(chosen.value);
    expect(chosenUsdTotal.formula).toBe(chosen.formula);
  });

  it('the power of the sites is that of their clusters', () => {
    expectEqual(
      added(report.sites.map(({ itPowerKw }) => itPowerKw)),
      added(report.clusters.map(({ itPowerKw }) => itPowerKw)),
    );
  });

  it('the electricity of the sites is in the operating cost', () => {
    const { operatingUsdPerYear } = report.cost;
    if (operatingUsdPerYear.value === null) return;
    const electricity = operatingUsdPerYear.inputs.find(({ symbol }) => symbol === 'electricity');
    expectEqual(
      electricity?.value,
      added(report.sites.map(({ electricityUsdPerYear }) => electricityUsdPerYear)),
    );
  });

  it('the parts of both totals add up to them', () => {
    const { buyParts, rentParts, buyUsdTotal, rentUsdTotal } = report.cost;
    if (buyUsdTotal.value !== null) expectEqual(total(buyParts), buyUsdTotal.value);
    if (rentUsdTotal.value !== null) expectEqual(total(rentParts), rentUsdTotal.value);
    expect(buyParts.length > 0).toBe(buyUsdTotal.value !== null);
    expect(rentParts.length > 0).toBe(rentUsdTotal.value !== null);
  });

  it('the cash flow ends at both totals', () => {
    const { cashFlow, buyUsdTotal, rentUsdTotal } = report.cost;
    const last = cashFlow.at(-1);
    if (!last) return;
    expectEqual(last.buyUsd, buyUsdTotal.value);
    expectEqual(last.rentUsd, rentUsdTotal.value);
    expect(last.month).toBe(Math.max(1, Math.round(12 * plan.costs.horizonYears.value)));
  });

  const answered = report.workloads.filter((workload) => workload.kind !== 'task');

  it.each(answered.map((workload) => [workload.workloadId, workload] as const))(
    'the parts of %s add up to its memory and its time',
    (_id, workload) => {
      expectEqual(total(workload.memoryParts), workload.memoryGbPerAccelerator.value);
      const [parts, whole] =
        workload.kind === 'training'
          ? [workload.stepParts, workload.stepSeconds]
          : [workload.decodeParts, workload.timePerOutputTokenMs];
      expectEqual(total(parts), whole.value);
      const everyPart = [...workload.memoryParts, ...parts];
      expect(everyPart.filter((part) => part.value < 0)).toEqual([]);
    },
  );

  it.each(answered.map((workload) => [workload.workloadId, workload.lossStages] as const))(
    'the loss diagram of %s falls from 1 and accounts for all the money',
    (id, stages) => {
      expect(stages.at(0)?.remaining).toBe(1);
      for (const [index, stage] of stages.slice(1).entries()) {
        expect(stage.remaining, `${id} ${stage.key}`).toBeLessThanOrEqual(
          stages[index]?.remaining ?? 0,
        );
        expect(stage.usdLostPerHour).toBeGreaterThanOrEqual(0);
        expect(stage.why).toMatch(/\.$/);
      }
      const lost = stages.reduce((sum, stage) => sum + stage.usdLostPerHour, 0);
      const first = stages.find((stage) => stage.usdLostPerHour > 0);
      if (!first) return;
      const before = stages[stages.indexOf(first) - 1]?.remaining ?? 1;
      const perHour = first.usdLostPerHour / (before - first.remaining);
      expectEqual(lost, (1 - (stages.at(-1)?.remaining ?? 0)) * perHour);
    },
  );
});

it('the headline has no value where one of its parts has none', () => {
  const plan = withClusters(templatePlan('chat-fleet-h200'), {
    rentUsdPerAcceleratorHour: quantity(0),
  });
  const report = reportOf(plan);
  const chosen = report.headline.find(({ key }) => key === 'cost.chosenUsdTotal');
  expect(chosen?.value).toBeNull();
  expect(chosen?.unavailable).toContain('has no rent');
});
