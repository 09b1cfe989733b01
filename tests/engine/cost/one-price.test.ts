import { describe, expect, it } from 'vitest';
import { usualSearch, planSearch } from '@engine/search/plan-search';
import { trainingDetail } from '@engine/training/training-detail';
import type { Acquisition, Plan } from '@engine/plan';
import type { Figure, Report, WorkloadReport } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  quantity,
  reportOf,
  templateRows,
  withClusters,
  withCosts,
} from '../../fixtures/engine-fixture';

const ways: readonly Acquisition[] = ['rent', 'buy', 'build', 'hybrid'];

/** Both prices are there, whatever the catalogue knows. */
function priced(plan: Plan): Plan {
  return withClusters(plan, {
    rentUsdPerAcceleratorHour: quantity(2.3),
    purchaseUsdPerNode: quantity(310_000),
  });
}

/** Rent with all that comes with it. */
function dearlyRented(plan: Plan): Plan {
  return withClusters(
    withCosts(priced(plan), {
      rentSupportFraction: quantity(0.05),
      rentGoodputFraction: quantity(0.96),
      rentChangePerYear: quantity(-0.1),
    }),
    { rentTerm: 'reserved 1 year', rentStorageTb: quantity(500) },
  );
}

const rows = templateRows.flatMap(([id, plan]) =>
  ways.flatMap((acquisition) => [
    [id, acquisition, 'plain', withCosts(priced(plan), { acquisition })] as const,
    [id, acquisition, 'with all parts', withCosts(dearlyRented(plan), { acquisition })] as const,
  ]),
);

/** What a workload costs in its own report, in the measure of the table of costs. */
function ownFigure(report: WorkloadReport): Figure {
  switch (report.kind) {
    case 'training':
      return report.costUsd;
    case 'inference':
      return report.usdPerMillionOutputTokens;
    case 'task':
      return report.usdPerMonth;
  }
}

function equal(one: number | null | undefined, other: number | null | undefined): void {
  if (other === null || other === undefined) expect(one ?? null).toBeNull();
  else expect((one ?? Number.NaN) / other).toBeCloseTo(1, 9);
}

function hourOf({ cost }: Report, acquisition: Acquisition): number {
  return cost.options.find(({ kind }) => kind === acquisition)?.usdPerAcceleratorHour.value ?? 0;
}

describe.each(rows)('%s, %s, %s', (_id, acquisition, _parts, plan) => {
  const report = reportOf(plan);

  it('says one price of every workload, in its report and in the table of costs', () => {
    for (const workload of report.workloads) {
      const units = report.cost.workloads.find(
        ({ workloadId }) => workloadId === workload.workloadId,
      );
      const unit = units?.figures.find(({ key }) => key.endsWith(`.${acquisition}`));
      expect(unit).toBeDefined();
      equal(ownFigure(workload).value, unit?.value);
    }
  });

  it('costs a run the hours of the way that the plan takes, in its sensitivity and its search too', () => {
    for (const run of report.workloads) {
      if (run.kind !== 'training') continue;
      if (plan.clusters.length === 1) {
        equal(run.costUsd.value, (run.acceleratorHours.value ?? 0) * hourOf(report, acquisition));
      }
      const detail = trainingDetail(plan, run.workloadId, catalogue);
      equal(detail?.sensitivity()?.planned.usd, run.costUsd.value);
      const size = planSearch(plan, run.workloadId, catalogue, usualSearch)?.options.sizes?.[0];
      const hours = (run.acceleratorHours.value ?? 0) / (size?.accelerators ?? 0);
      equal((size?.usdPerHour ?? 0) * hours, run.costUsd.value);
    }
  });
});
