import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { modelSourcesOf } from '@engine/tasks/model-name';
import { systemById } from '@engine/sizing/stand-in-system';

/** Every figure of a report, in reading order. */
export function figuresOf(report: Report): Figure[] {
  const groups: readonly object[] = [
    ...report.clusters,
    ...report.facilities,
    ...report.workloads,
    report.cost,
    costDetails(report),
    ...report.sites.flatMap((site) => [site, site.powerChain, ...site.capFits]),
  ];
  return [...report.headline, ...groups.flatMap((group) => Object.values(group).filter(isFigure))];
}

/** Figures of the cost report that stand in lists. */
function costDetails({ cost }: Report): readonly Figure[] {
  return [
    ...cost.options.flatMap(({ totalUsd, usdPerAcceleratorHour }) => [
      totalUsd,
      usdPerAcceleratorHour,
    ]),
    ...cost.workloads.flatMap(({ figures }) => figures),
    ...cost.inCurrency,
  ];
}

/** A formula with every figure that it gives: workloads of a kind share their formulas. */
export interface Method {
  readonly label: string;
  readonly formula: string;
  readonly leavesOut: string;
  readonly figures: readonly Figure[];
}

export function methodsOf(report: Report, more: readonly Figure[] = []): Method[] {
  const methods = new Map<string, Method>();
  for (const figure of [...uniqueFigures(report), ...more]) {
    const { formula, leavesOut } = figure;
    const label = seriesLabel(figure);
    if (formula === '') continue;
    const key = `${label} ${formula}`;
    const others = methods.get(key)?.figures ?? [];
    methods.set(key, { label, formula, leavesOut, figures: [...others, figure] });
  }
  return [...methods.values()];
}

/** Figures of later years are told apart by what is put in for the years. */
function seriesLabel({ label }: Figure): string {
  return label.replace(/, year \d+$/, '');
}

/** The headline repeats figures of the parts, sometimes under a longer label: each is explained once. */
function uniqueFigures(report: Report): Figure[] {
  const headline = new Set(report.headline);
  const byKey = new Map<string, Figure>();
  for (const figure of figuresOf(report)) {
    if (!byKey.has(figure.key) || !headline.has(figure)) byKey.set(figure.key, figure);
  }
  return [...byKey.values()];
}

/** Ids of the sources that the report's numbers rest on, in alphabetical order of their titles. */
export function sourcesOf(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  more: readonly Figure[] = [],
): string[] {
  const ids = new Set<string>();
  for (const figure of [...figuresOf(report), ...more]) {
    for (const source of figure.sources) ids.add(source);
    for (const source of figure.inputs.flatMap((input) => input.sources)) ids.add(source);
  }
  for (const { bill } of report.facilities) {
    for (const source of bill.flatMap((line) => line.sources)) ids.add(source);
  }
  for (const source of partSources(plan, catalogue)) ids.add(source);
  const title = (id: string) => catalogue.sources.get(id)?.title ?? id;
  return [...ids].sort((one, other) => title(one).localeCompare(title(other), 'en'));
}

/** Sources of the parts, models and regions that the plan names. */
function partSources(plan: Plan, catalogue: Catalogue): string[] {
  const systems = plan.clusters.flatMap(({ systemId }) => systemById(catalogue, systemId) ?? []);
  const accelerators = systems.flatMap(
    ({ acceleratorId }) => catalogue.accelerators.get(acceleratorId) ?? [],
  );
  const regions = plan.sites.flatMap(({ regionId }) => catalogue.regions.get(regionId) ?? []);
  const models = plan.workloads.flatMap((workload) => modelSourcesOf(workload, catalogue));
  const facts = [...systems, ...accelerators, ...regions].flatMap((row) =>
    Object.values(row).filter(isSourced),
  );
  return [...models, ...facts.map(({ source }) => source)];
}

function isFigure(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && 'formula' in value && 'inputs' in value;
}

function isSourced(value: unknown): value is { readonly source: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string'
  );
}
