import { figure, figureInput } from './explain';
import type { ClusterReport, CostReport, Figure, SiteReport, WorkloadReport } from './report';

interface Parts {
  readonly clusters: readonly ClusterReport[];
  readonly sites: readonly SiteReport[];
  readonly workloads: readonly WorkloadReport[];
  readonly cost: CostReport;
  /** names of the workloads by id */
  readonly names: ReadonlyMap<string, string>;
}

function sum(key: string, label: string, unit: string, parts: readonly Figure[]): Figure {
  return figure({
    key,
    label,
    value: parts.reduce((total, part) => total + (part.value ?? Number.NaN), 0),
    unit,
    formula: 'Σ xᵢ',
    inputs: parts.map((part, index) => figureInput(`x${String(index + 1)}`, part)),
    unavailable: 'One of the parts cannot be computed.',
  });
}

function firstAnswers(report: WorkloadReport): Figure[] {
  switch (report.kind) {
    case 'training':
      return [report.days, report.modelFlopsUtilisation];
    case 'inference':
      return [
        report.acceleratorsNeeded,
        report.timePerOutputTokenMs,
        report.usdPerMillionOutputTokens,
      ];
    case 'task':
      return [report.acceleratorsNeeded, report.slowestSeconds, report.usdPerUnit];
  }
}

/** The figures of a workload that answer its question first; `name` is put before them where there are several. */
function answersOf(report: WorkloadReport, name: string | null): Figure[] {
  const answers = firstAnswers(report);
  if (name === null) return answers;
  return answers.map((answer) => ({ ...answer, label: `${name}: ${answer.label}` }));
}

/** The handful of figures that stand for the whole plan: its size, what its first workloads get, its power and its cost. */
export function headlineFigures({ clusters, sites, workloads, cost, names }: Parts): Figure[] {
  const accelerators = sum(
    'plan.accelerators',
    'Accelerators',
    'accelerators',
    clusters.map((report) => report.accelerators),
  );
  const power = sum(
    'plan.facilityPowerKw',
    'Facility power under load',
    'kW',
    sites.map((report) => report.facilityPowerKw),
  );
  const answers = workloads
    .slice(0, 2)
    .flatMap((report) =>
      answersOf(report, workloads.length > 1 ? (names.get(report.workloadId) ?? null) : null),
    );
  return [accelerators, ...answers, power, cost.chosenUsdTotal];
}
